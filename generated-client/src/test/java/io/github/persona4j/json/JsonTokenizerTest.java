package io.github.persona4j.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/**
 * Compares our tokenizer with that of Gson: both accept the same documents with the same result.
 */
class JsonTokenizerTest {
  private static final int DOCUMENTS = Fuzz.times(20_000);
  private static final String DUPLICATE_KEY = "duplicate key";

  /** Returns what our tokenizer reads from a stream, as JSON; null if it is not JSON. */
  private static @Nullable String ours(InputStream source) throws IOException {
    try {
      JsonInput in = JsonInput.of(source, false, JsonLimits.standard());
      Object slot = JsonType.ANY.read(in);
      in.expectEnd();
      return slot instanceof JsonValue value ? value.json() : "null";
    } catch (MalformedJsonException e) {
      return e.reason() == MalformedJsonException.Reason.DUPLICATE_KEY ? DUPLICATE_KEY : null;
    }
  }

  /** Reads a document that is completely buffered, in which plain values are copied unchanged. */
  private static @Nullable String readBuffered(byte[] bytes) throws IOException {
    return ours(new ByteArrayInputStream(bytes));
  }

  private static boolean isJson(byte[] bytes) {
    try {
      String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      // RFC 8259 allows escaped unpaired surrogates; Gson does not.
      String paired = text.replaceAll("\\\\u[dD][89a-fA-F]", "\\\\u00");
      JsonReader reader = new JsonReader(new StringReader(paired));
      reader.setStrictness(Strictness.STRICT);
      return !text.isBlank() // Gson reads an empty document as null
          && JsonParser.parseReader(reader) != null
          && reader.peek() == JsonToken.END_DOCUMENT
          && !text.startsWith("\ufeff");
    } catch (IOException | JsonParseException e) {
      return false;
    }
  }

  @Test
  void anyJson_readInSmallChunks_isWhatGsonReads() throws IOException {
    Random random = new Random(1);
    RandomJson documents = new RandomJson(2, Set.of());
    for (int i = 0; i < DOCUMENTS; i++) {
      String json = documents.any();
      String read = ours(new ChunkedInputStream(json.getBytes(UTF_8), random));

      assertThat(read).as(json).isNotNull();
      assertThat(readBuffered(json.getBytes(UTF_8))).as(json).isEqualTo(read);
      assertThat(Trees.of(read)).as(json).isEqualTo(Trees.of(json));
    }
  }

  static boolean gsonHasAStrictMode() {
    try {
      return Class.forName("com.google.gson.Strictness").isEnum();
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  @Test
  @EnabledIf(value = "gsonHasAStrictMode", disabledReason = "Gson before 2.11 has no strict mode")
  void jsonWithOneByteChanged_read_isRejectedIfGsonRejectsIt() throws IOException {
    Random random = new Random(3);
    RandomJson documents = new RandomJson(4, Set.of());
    int rejected = 0;
    for (int i = 0; i < DOCUMENTS; i++) {
      byte[] bytes = documents.any().getBytes(UTF_8);
      int place = random.nextInt(bytes.length);
      bytes[place] =
          (byte)
              (random.nextBoolean()
                  ? random.nextInt(256)
                  : "\"\\{}[]:,0-e".charAt(random.nextInt(11)));

      String read = ours(new ChunkedInputStream(bytes, random));

      // Gson accepts duplicate keys; ours stops at one.
      if (!DUPLICATE_KEY.equals(read)) {
        assertThat(read != null).as(new String(bytes, UTF_8)).isEqualTo(isJson(bytes));
      }
      assertThat(readBuffered(bytes)).as(new String(bytes, UTF_8)).isEqualTo(read);
      rejected += read == null ? 1 : 0;
    }
    assertThat(rejected).isBetween(DOCUMENTS / 10, DOCUMENTS * 9 / 10);
  }
}
