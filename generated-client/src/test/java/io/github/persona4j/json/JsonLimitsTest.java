package io.github.persona4j.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.gson.stream.JsonReader;
import io.github.persona4j.json.Examples.Example;
import io.github.persona4j.json.MalformedJsonException.Reason;
import io.github.persona4j.mini.api.PetsApi;
import io.github.persona4j.mini.model.Check;
import io.github.persona4j.mini.model.ModelTypes;
import io.github.persona4j.mini.model.PetPage;
import io.github.persona4j.request.JsonConverterFactory;
import io.github.persona4j.request.RequestOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okio.Buffer;
import okio.GzipSink;
import okio.Okio;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import retrofit2.Retrofit;

/** Limits are validated when they are set, and applied. */
class JsonLimitsTest {
  private static final long MIB = 1024 * 1024;

  private static MalformedJsonException failure(JsonType<?> type, String json, JsonLimits limits) {
    MalformedJsonException streamed =
        catchThrowableOfType(
            MalformedJsonException.class,
            () -> type.read(new ByteArrayInputStream(json.getBytes(UTF_8)), false, limits));
    assertThat(streamed).isNotNull();
    return streamed;
  }

  @Test
  void standard_allowsAnyResponse() {
    JsonLimits standard = JsonLimits.standard();

    assertThat(standard.maxResponseBytes()).isEqualTo(64 * MIB);
    assertThat(standard.maxDecodedBytes())
        .isEqualTo(Math.min(1024 * MIB, Runtime.getRuntime().maxMemory() / 4));
    assertThat(standard)
        .hasToString(
            "JsonLimits{maxResponseBytes=67108864, maxDecodedBytes="
                + standard.maxDecodedBytes()
                + "}");
  }

  /** A document of the maximum length at the maximum standard limit, both divided by 64. */
  @Test
  void realJson_ofMaximumLength_isWithinTheStandard() {
    JsonLimits limits = JsonLimits.standard().withMaxDecodedBytes(1024 * MIB / 64);
    for (Example example : Examples.all()) {
      if (isRequest(example)) {
        continue;
      }
      int count = (int) (MIB / example.json().length());
      String json = "[" + String.join(",", Collections.nCopies(count, example.json())) + "]";

      assertThat(JsonType.list(example.type()).fromJson(json, true, limits)).hasSize(count);
    }
  }

  private static boolean isRequest(Example example) {
    return example.type() instanceof ModelType<?> model && model.name().endsWith("Request");
  }

  @Test
  void limits_setSeparately_keepTheOther() {
    JsonLimits limits = JsonLimits.standard().withMaxResponseBytes(1).withMaxDecodedBytes(2);

    assertThat(limits.maxResponseBytes()).isEqualTo(1);
    assertThat(limits.maxDecodedBytes()).isEqualTo(2);
    assertThat(limits.withMaxResponseBytes(512 * MIB).maxDecodedBytes()).isEqualTo(2);
    assertThat(limits.withMaxDecodedBytes(Long.MAX_VALUE).maxResponseBytes()).isEqualTo(1);
    assertThat(JsonLimits.standard().maxResponseBytes()).isEqualTo(64 * MIB);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, Long.MIN_VALUE})
  void limit_belowOne_isRejected(long bytes) {
    assertThatThrownBy(() -> JsonLimits.standard().withMaxResponseBytes(bytes))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("maxResponseBytes must be from 1 byte to 512 MiB");
    assertThatThrownBy(() -> JsonLimits.standard().withMaxDecodedBytes(bytes))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("maxDecodedBytes must be 1 byte or more");
  }

  @Test
  void responseBytes_aboveTheMaximumOfAnArray_areRejected() {
    assertThatThrownBy(() -> JsonLimits.standard().withMaxResponseBytes(512 * MIB + 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("maxResponseBytes must be from 1 byte to 512 MiB");
  }

  @Test
  void nullLimits_areRejected() {
    assertThatNullPointerException()
        .isThrownBy(() -> JsonConverterFactory.create(ModelTypes.ALL, nothing()))
        .withMessage("limits");
  }

  @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"}) // as a caller without the checker
  private static <T> T nothing() {
    return null;
  }

  @Test
  void document_atTheLimit_isRead() throws IOException {
    String json = "{\"name\":\"\u00e9\"}  ";
    byte[] bytes = json.getBytes(UTF_8);
    JsonLimits limits = JsonLimits.standard().withMaxResponseBytes(bytes.length);

    assertThat(Check.TYPE.read(new ByteArrayInputStream(bytes), false, limits).name())
        .isEqualTo("\u00e9");
    MalformedJsonException error =
        failure(Check.TYPE, json, limits.withMaxResponseBytes(bytes.length - 1));
    assertThat(error.reason()).isEqualTo(Reason.TOO_LONG);
    assertThat(error.getMessage())
        .isEqualTo("Malformed JSON at $: the document is too long (maxResponseBytes is 14)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "{\"name\":\"x\"", "[\"", "{\"x\":[1,", "{\"", "1"})
  void endlessDocument_isTooLong(String start) {
    byte[] first = start.getBytes(UTF_8);
    InputStream endless =
        new InputStream() {
          private long read;

          @Override
          public int read() {
            return read < first.length ? first[(int) read++] : ' ';
          }

          @Override
          public int read(byte[] buffer, int offset, int length) {
            if (read < first.length) {
              buffer[offset] = (byte) read();
              return 1;
            }
            Arrays.fill(buffer, offset, offset + length, (byte) ' ');
            return length;
          }
        };
    assertThatThrownBy(() -> JsonType.ANY.read(endless, false))
        .isInstanceOf(MalformedJsonException.class)
        .hasMessageEndingWith(": the document is too long (maxResponseBytes is 67108864)");
  }

  @Test
  void values_beyondTheLimit_nameThePathAndTheLimit() {
    String json = "{\"children\":[" + "{},".repeat(100) + "{}]}";
    MalformedJsonException error =
        failure(Check.TYPE, json, JsonLimits.standard().withMaxDecodedBytes(1000));

    assertThat(error.reason()).isEqualTo(Reason.TOO_LARGE);
    assertThat(error.getMessage())
        .matches(
            "Malformed JSON at \\$\\.children\\[\\d+]: decoding takes too much memory"
                + " \\(maxDecodedBytes is 1000\\)");
    assertThat(error.path()).matches("\\$\\.children\\[\\d+]");
    assertThatThrownBy(
            () -> Check.TYPE.fromJson(json, false, JsonLimits.standard().withMaxDecodedBytes(1000)))
        .hasMessage(error.getMessage());
  }

  @Test
  void valueOfSeveralShapes_beyondTheLimit_isNotReadAsAnotherShape() {
    String strings = "[" + "\"x\",".repeat(100) + "\"x\"]";
    JsonType<?> type =
        Objects.requireNonNull(io.github.persona4j.model.ModelTypes.ALL.find("FieldDefaultValue"));
    long fits = 0;
    for (long bytes = 1000; bytes < 100_000; bytes += 500) {
      JsonLimits limits = JsonLimits.standard().withMaxDecodedBytes(bytes);
      try {
        // A list of strings is one of its shapes.
        assertThat(type.fromJson(strings, false, limits)).isNotNull();
        fits++;
      } catch (MalformedJsonException e) {
        assertThat(e.reason()).isEqualTo(Reason.TOO_LARGE);
      }
    }
    assertThat(fits).isBetween(1L, 190L);
  }

  @Test
  void converter_withLimits_appliesThemAfterDecompression() throws Exception {
    String page = "{\"data\":[" + "{\"type\":\"new\"},".repeat(10_000) + "{}]}";
    JsonLimits standard = JsonLimits.standard();
    try (MockWebServer server = new MockWebServer()) {
      server.start();
      for (int i = 0; i < 4; i++) {
        Buffer packed = new Buffer();
        try (okio.BufferedSink sink = Okio.buffer(new GzipSink(packed))) {
          sink.writeUtf8(page);
        }
        assertThat(packed.size()).isLessThan(1000);
        server.enqueue(
            new MockResponse.Builder().setHeader("Content-Encoding", "gzip").body(packed).build());
      }

      assertThatThrownBy(() -> list(server, standard.withMaxResponseBytes(page.length() - 1)))
          .isInstanceOf(MalformedJsonException.class)
          .hasMessageContaining("maxResponseBytes");
      assertThatThrownBy(() -> list(server, standard.withMaxDecodedBytes(MIB)))
          .isInstanceOf(MalformedJsonException.class)
          .hasMessageContaining("maxDecodedBytes");
      assertThat(list(server, standard.withMaxResponseBytes(page.length())).items())
          .hasSize(10_001);
      assertThat(list(server, standard).items()).hasSize(10_001);
    }
  }

  private static PetPage list(MockWebServer server, JsonLimits limits) throws IOException {
    PetsApi pets =
        new Retrofit.Builder()
            .baseUrl(server.url("/"))
            .addConverterFactory(JsonConverterFactory.create(ModelTypes.ALL, limits))
            .build()
            .create(PetsApi.class);
    return Objects.requireNonNull(
        pets.list(PetsApi.ListQuery.none(), RequestOptions.none()).execute().body());
  }

  @Test
  void gsonReader_endlessValue_isTooLong() {
    JsonReader reader =
        new JsonReader(new StringReader("[" + "\"xxxxxxxxxxxxxxxx\",".repeat(4_000_000)));

    assertThatThrownBy(() -> JsonType.ANY.typeAdapter().read(reader))
        .isInstanceOf(MalformedJsonException.class)
        .hasMessageEndingWith("the document is too long (maxResponseBytes is 67108864)");
  }

  @Test
  void rawValues_ofADecodedDocument_areNotLimitedAgain() {
    // The charge for reading the document includes opening its raw values.
    long more = 4 * JsonLimits.standard().maxDecodedBytes();
    String text = "x".repeat(100_000);
    Check check =
        Check.TYPE.fromJson(
            "{\"x\":{\"a\":[\"" + text + "\"],\"b\":\"" + text + "\"}}",
            false,
            JsonLimits.standard().withMaxDecodedBytes(more));
    JsonValue raw = Objects.requireNonNull(check.property("x"));

    assertThat(raw.asMap()).containsOnlyKeys("a", "b");
    assertThat(Objects.requireNonNull(raw.asMap().get("b")).asString()).isEqualTo(text);
    assertThat(Objects.requireNonNull(raw.asMap().get("a")).asList())
        .isEqualTo(List.of(JsonValue.of(text)));
  }
}
