package io.github.persona4j.json;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.persona4j.json.MalformedJsonException.Reason;
import io.github.persona4j.mini.api.PetsApi;
import io.github.persona4j.mini.model.Check;
import io.github.persona4j.mini.model.DogAttributes;
import io.github.persona4j.mini.model.ModelTypes;
import io.github.persona4j.mini.model.Pet;
import io.github.persona4j.mini.model.PetPage;
import io.github.persona4j.mini.model.PetResponse;
import io.github.persona4j.request.JsonConverterFactory;
import io.github.persona4j.request.RequestOptions;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Function;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import retrofit2.Retrofit;

/** An invalid document fails with a reason and a path, without a value. */
class MalformedJsonTest {
  private static final JsonConverterFactory FACTORY = JsonConverterFactory.create(ModelTypes.ALL);
  private static final String SAMPLE =
      """
      {"data":{"type":"pet/dog","id":"dog_s3cret","attributes":{"weight":-70131.5e1,"legs":4,\
      "trained":true,"homepage":"Zo\u00eb \\u00eb \\" \ud83d\ude00","created-at":null,\
      "nicknames":["s3cret"],"free":{"a":[{},false]}}},"included":[{"id":"1","type":"owner"}]}\
      """;

  private static MalformedJsonException failure(JsonType<?> type, String json) {
    MalformedJsonException error =
        catchThrowableOfType(MalformedJsonException.class, () -> type.fromJson(json, false));
    assertThat(error).as(json).isNotNull().hasNoCause();
    assertThat(error.getMessage()).doesNotContain("s3cret", "70131");
    return error;
  }

  private static Reason reasonOf(byte[] bytes) {
    MalformedJsonException error =
        catchThrowableOfType(
            MalformedJsonException.class,
            () -> RetrofitCodec.decode(FACTORY, PetsApi.class, "retrieve", bytes));
    assertThat(error).isNotNull();
    assertThat(error.getMessage()).doesNotContain("s3cret", "70131");
    return error.reason();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"legs\":1,\"legs\":2}|$.legs",
        "{\"legs\":null,\"legs\":null}|$.legs",
        "{\"legs\":\"s3cret\",\"l\\u0065gs\":2}|$.legs",
        "{\"x\":1,\"x\":1}|$.x",
        "{\"x\":null,\"legs\":1,\"x\":1}|$.x",
        "{\"free\":{\"a\":{\"b\":1,\"b\":2}}}|$.free.*.*",
        "{\"x\":[{\"b\":1,\"b\":2}]}|$.x[0].*",
        "{\"scores\":{\"a\":1,\"a\":2}}|$.scores.*",
        "{\"scores\":{\"a\":null,\"a\":null}}|$.scores.*",
        "{\"checks-by-name\":{\"a\":{\"name\":\"x\",\"name\":\"x\"}}}|$.checks-by-name.*.name",
        "{\"legs\":{\"b\":1,\"b\":2}}|$.legs.*"
      })
  void propertyTwice_decoded_fails(String json, String path) {
    MalformedJsonException error = failure(DogAttributes.TYPE, json);

    assertThat(error.reason()).isEqualTo(Reason.DUPLICATE_KEY);
    assertThat(error.path()).isEqualTo(path);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"type\":\"pet/dog\",\"id\":\"s3cret\",\"type\":\"pet/cat\"}|$.type",
        "{\"id\":\"s3cret\",\"type\":\"pet/dog\",\"type\":\"pet/dog\"}|$.type",
        "{\"type\":7,\"type\":\"pet/dog\"}|$.type",
        "{\"type\":\"new\",\"type\":\"new\"}|$.type",
        "{\"type\":\"new\",\"id\":1,\"id\":1}|$.id",
        "{\"type\":\"pet/dog\",\"id\":\"1\",\"id\":\"1\"}|$.id"
      })
  void tagOfAUnionTwice_decoded_fails(String json, String path) {
    MalformedJsonException error = failure(Pet.TYPE, json);

    assertThat(error.reason()).isEqualTo(Reason.DUPLICATE_KEY);
    assertThat(error.path()).isEqualTo(path);
  }

  private static void checkDepth(JsonType<?> type, int most, Function<Integer, String> nested) {
    assertThat(type.fromJson(nested.apply(most), false)).isNotNull();
    for (int levels : new int[] {most + 1, 5_000, 1_000_000}) {
      assertThat(failure(type, nested.apply(levels)).reason()).isEqualTo(Reason.TOO_DEEP);
    }
  }

  @Test
  void models_nestedDeeperThan100_fail() {
    assertThat(JsonInput.MAX_MODEL_DEPTH).isEqualTo(100);
    checkDepth(
        Check.TYPE,
        100,
        levels -> "{\"child\":".repeat(levels - 1) + "{}" + "}".repeat(levels - 1));
    checkDepth(
        Check.TYPE,
        99,
        levels -> "{\"children\":[".repeat(levels / 2) + "{}" + "]}".repeat(levels / 2));
    // Also values that are buffered and read again.
    checkDepth(
        JsonType.list(Check.TYPE),
        100,
        levels -> "[" + "{\"child\":".repeat(levels - 2) + "{}" + "}".repeat(levels - 2) + "]");
    assertThat(failure(Check.TYPE, "{\"child\":".repeat(101)).getMessage())
        .endsWith(": nested too deeply (more than 100 levels)");
  }

  @Test
  void rawValues_nestedDeeperThan512_fail() {
    assertThat(JsonInput.MAX_DEPTH).isEqualTo(512);
    checkDepth(JsonType.ANY, 512, levels -> "[".repeat(levels) + "]".repeat(levels));
    checkDepth(
        JsonType.ANY, 512, levels -> "{\"a\":".repeat(levels - 1) + "{}" + "}".repeat(levels - 1));
    checkDepth(DogAttributes.TYPE, 511, levels -> "{\"x\":" + nestedLists(levels) + "}");
    checkDepth(DogAttributes.TYPE, 511, levels -> "{\"table\":" + nestedLists(levels) + "}");
    checkDepth(Pet.TYPE, 511, levels -> "{\"type\":\"pet/dog\",\"x\":" + nestedLists(levels) + "}");
    checkDepth(Pet.TYPE, 511, levels -> "{\"x\":" + nestedLists(levels) + ",\"type\":\"pet/dog\"}");
    checkDepth(Pet.TYPE, 511, levels -> "{\"type\":\"new\",\"x\":" + nestedLists(levels) + "}");
  }

  private static String nestedLists(int levels) {
    return "[".repeat(levels) + "]".repeat(levels);
  }

  @Test
  void truncatedAnywhere_decoded_fails() {
    byte[] bytes = SAMPLE.getBytes(UTF_8);
    assertThat(PetResponse.fromJson(SAMPLE).data().id()).isEqualTo("dog_s3cret");
    for (int length = 0; length < bytes.length; length++) {
      assertThat(reasonOf(Arrays.copyOf(bytes, length)))
          .as(new String(bytes, 0, length, UTF_8))
          .isEqualTo(Reason.TRUNCATED);
    }
  }

  @Test
  void byteOrderMark_beforeTheDocument_fails() {
    assertThat(reasonOf(("\ufeff" + SAMPLE).getBytes(UTF_8))).isEqualTo(Reason.BYTE_ORDER_MARK);
    assertThat(failure(Check.TYPE, "\ufeff{}").path()).isEqualTo("$");
    assertThat(reasonOf(SAMPLE.getBytes(UTF_16))).isEqualTo(Reason.BYTE_ORDER_MARK);
    byte[] littleEndian = {(byte) 0xff, (byte) 0xfe, '{', 0, '}', 0};
    assertThat(reasonOf(littleEndian)).isEqualTo(Reason.BYTE_ORDER_MARK);
    // Within a string it is a regular character.
    assertThat(Check.fromJson("{\"name\":\"\ufeff\"}").name()).isEqualTo("\ufeff");
  }

  @Test
  void bytesThatAreNotUtf8_decoded_fail() {
    byte[] latin =
        SAMPLE.replace("\ud83d\ude00", "").getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
    assertThat(reasonOf(latin)).isEqualTo(Reason.INVALID_UTF8);
    // An encoded unpaired surrogate is not UTF-8 either.
    byte[] half = {'{', '"', 'x', '"', ':', '"', (byte) 0xed, (byte) 0xa0, (byte) 0xbd, '"', '}'};
    assertThat(reasonOf(half)).isEqualTo(Reason.INVALID_UTF8);
    assertThat(failure(Check.TYPE, "{\"x\":\"\ud83d\"}").reason()).isEqualTo(Reason.INVALID_UTF8);
    // The replacement character for malformed bytes is allowed in a string.
    assertThat(Check.fromJson("{\"name\":\"\ufffd\"}").name()).isEqualTo("\ufffd");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``|TRUNCATED",
        "` `|TRUNCATED",
        "{} x|SYNTAX",
        "{}{}|SYNTAX",
        "{},|SYNTAX",
        "{\"a\":1,}|SYNTAX",
        "{\"a\" 1}|SYNTAX",
        "{\"a\"=1}|SYNTAX",
        "{a:1}|SYNTAX",
        "{'a':1}|SYNTAX",
        "{\"a\":[1,]}|SYNTAX",
        "{\"a\":[1;2]}|SYNTAX",
        "{\"a\":01}|SYNTAX",
        "{\"a\":+1}|SYNTAX",
        "{\"a\":1.}|SYNTAX",
        "{\"a\":.5}|SYNTAX",
        "{\"a\":0x1}|SYNTAX",
        "{\"a\":NaN}|SYNTAX",
        "{\"a\":Infinity}|SYNTAX",
        "{\"a\":s3cret}|SYNTAX",
        "{\"a\":truth}|SYNTAX",
        "{\"a\":\"\\x41\"}|SYNTAX",
        "{\"a\":\"\\u12g4\"}|SYNTAX",
        "{\"legs\":\"\\xs3cret\"}|SYNTAX",
        "{\"a\":1}/*c*/|SYNTAX",
        "//c|SYNTAX",
        ")]}'|SYNTAX",
        "<html>s3cret</html>|SYNTAX",
        "{\"a\":70131|TRUNCATED",
        "{\"a\":\"s3cret|TRUNCATED",
        "{\"a\":\"\\|TRUNCATED",
        "{\"a\":\"\\u00|TRUNCATED",
        "{\"a\":nul|TRUNCATED",
        "{\"a\":-|TRUNCATED"
      })
  void invalidDocument_decoded_failsWithItsReason(String json, Reason reason) {
    assertThat(failure(DogAttributes.TYPE, json).reason()).isEqualTo(reason);
  }

  @Test
  void numberOfThousandDigits_decoded_keepsItsDigits() {
    String digits = "7".repeat(1000);
    assertThat(DogAttributes.fromJson("{\"weight\":" + digits + "}").weight())
        .isEqualTo(new java.math.BigDecimal(digits));
    // A longer one does not affect other values, but is not parsed, which takes quadratic time.
    String more = "{\"weight\":" + digits.repeat(10) + ",\"legs\":4}";
    DogAttributes dog = DogAttributes.fromJson(more);
    assertThat(dog.legs()).isEqualTo(4);
    assertThat(dog.toJson()).isEqualTo(more);
    assertThat(JsonValue.ofJson(more)).isEqualTo(JsonValue.ofJson(more + " "));
    assertThatThrownBy(dog::weight).isInstanceOf(UnexpectedTypeException.class);
  }

  /** A stream that fails at its end. */
  private static final class Failing extends FilterInputStream {
    private final IOException failure;

    Failing(String json, IOException failure) {
      super(new ByteArrayInputStream(json.getBytes(UTF_8)));
      this.failure = failure;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int count = super.read(buffer, offset, Math.min(length, 3));
      if (count < 0) {
        throw failure;
      }
      return count;
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "{\"legs\":", "{\"legs\":4", "{\"x\":{\"y\":\"s", "{}"})
  void failingSource_read_throwsItsException(String json) {
    for (IOException failure :
        new IOException[] {
          new IOException("broken"),
          new EOFException("broken"),
          new com.google.gson.stream.MalformedJsonException("broken")
        }) {
      assertThatThrownBy(() -> DogAttributes.TYPE.read(new Failing(json, failure), false))
          .isSameAs(failure);
    }
  }

  @Test
  void connectionLost_withinTheResponse_isAnIoException() throws Exception {
    try (MockWebServer server = new MockWebServer()) {
      server.start();
      PetsApi pets =
          new Retrofit.Builder()
              .baseUrl(server.url("/"))
              .addConverterFactory(FACTORY)
              .build()
              .create(PetsApi.class);
      String page = "{\"data\":[" + "{\"type\":\"new\"},".repeat(10_000) + "{}]}";
      server.enqueue(new MockResponse.Builder().body(page).build());
      server.enqueue(
          new MockResponse.Builder()
              .body(page)
              .onResponseBody(new SocketEffect.CloseSocket())
              .build());
      server.enqueue(new MockResponse.Builder().body("").build());

      PetPage response =
          pets.list(PetsApi.ListQuery.none(), RequestOptions.none()).execute().body();
      assertThat(Objects.requireNonNull(response).items()).hasSize(10_001);
      assertThatThrownBy(() -> pets.list(PetsApi.ListQuery.none(), RequestOptions.none()).execute())
          .isInstanceOf(IOException.class);
      assertThatThrownBy(() -> pets.list(PetsApi.ListQuery.none(), RequestOptions.none()).execute())
          .isInstanceOf(MalformedJsonException.class)
          .extracting(e -> ((MalformedJsonException) e).reason())
          .isEqualTo(Reason.TRUNCATED);
    }
  }
}
