package io.github.persona4j.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.persona4j.model.Event;
import io.github.persona4j.model.Inquiry;
import io.github.persona4j.model.InquiryStatus;
import io.github.persona4j.model.ModelTypes;
import io.github.persona4j.model.Verification;
import io.github.persona4j.resource.Identified;
import io.github.persona4j.resource.ToOne;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonCodecTest {
  private static <T> JsonCodec<T> codec(Class<T> type) {
    return Objects.requireNonNull(JsonCodec.of(type, ModelTypes.ALL));
  }

  private static <T> T read(String json, Class<T> type) throws IOException {
    JsonCodec.Reading<T> reading = codec(type).reading();
    JsonCodec.copy(json, reading);
    return reading.value();
  }

  @Test
  void everyExample_isReadFromTheTokensThatItIsWrittenAs() throws IOException {
    for (Examples.Example example : Examples.all()) {
      Object body = example.type().fromJson(example.json(), false);
      JsonCodec.Reading<?> reading = codec(body.getClass()).reading();
      JsonCodec.write(body, reading);
      assertThat((Object) reading.value()).isEqualTo(body);
    }
  }

  @Test
  void classes_areOfTheApiOrNot() {
    for (Class<?> type : List.of(Inquiry.class, Verification.class, Verification.Unknown.class)) {
      assertThat(codec(type).isReadable()).isTrue();
    }
    for (Class<?> type : List.of(InquiryStatus.class, JsonValue.class, FieldValues.class)) {
      assertThat(codec(type).isReadable()).isTrue();
    }
    for (Class<?> type : List.of(ToOne.class, JsonObject.class, OpenValue.class)) {
      assertThat(codec(type).isReadable()).isFalse();
      assertThatThrownBy(() -> codec(type).reading())
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining(type.getName());
    }
    for (Class<?> type :
        List.of(
            String.class,
            Identified.class,
            InquiryStatus.Known.class,
            Inquiry.Builder.class,
            ModelTypes.class)) {
      assertThat(JsonCodec.<Object>of(cast(type), ModelTypes.ALL)).isNull();
    }
  }

  @SuppressWarnings("unchecked") // any class
  private static Class<Object> cast(Class<?> type) {
    return (Class<Object>) type;
  }

  @Test
  void valueOfAnotherClass_isNotWritten() {
    assertThatThrownBy(() -> JsonCodec.write("s3cret", codec(Inquiry.class).reading()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("value of java.lang.String is not a value of the API");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-", "01", "1.", ".5", "+1", "0x1", "1_0", "NaN", "1,2", "1 ", "１"})
  void numberThatIsNotOfJson_isRefused(String digits) {
    assertThat(JsonCodec.isNumber(digits)).isFalse();
    assertThatThrownBy(() -> codec(JsonValue.class).reading().number(digits))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("digits must be a number as in JSON");
  }

  private static @Nullable Number number(String digits) {
    return JsonCodec.toNumber(digits);
  }

  @Test
  void number_hasTheSmallestTypeWithAllDigits() {
    assertThat(number("-2147483648")).isEqualTo(Integer.MIN_VALUE);
    assertThat(number("2147483648")).isEqualTo(2147483648L);
    assertThat(number("-9223372036854775808")).isEqualTo(Long.MIN_VALUE);
    assertThat(number("9223372036854775808")).isEqualTo(new BigInteger("9223372036854775808"));
    assertThat(number("1.50")).isEqualTo(new BigDecimal("1.50"));
    assertThat(number("1e3")).isEqualTo(new BigDecimal("1e3"));
    assertThat(number("-0")).isEqualTo(-0.0);
    assertThat(number("-0.00")).isEqualTo(-0.0);
    assertThat(number("0")).isEqualTo(0);
    assertThat(number("1e2147483649")).isNull(); // Java 17 refuses 1e2147483648, too
    assertThat(number("7".repeat(1_000))).isEqualTo(new BigInteger("7".repeat(1_000)));
    assertThat(number("7".repeat(1_001))).isNull();
  }

  @Test
  void onlyAnUnpairedSurrogate_needsAnEscape() {
    assertThat(JsonCodec.escapedSurrogates("a\"\ud83d\ude00")).isNull();
    assertThat(JsonCodec.escapedSurrogates("a\"\ud83d")).isEqualTo("a\\\"\\ud83d");
    assertThat(JsonCodec.escapedSurrogates("\ude00b")).isEqualTo("\\ude00b");
  }

  @Test
  void documentOfAResource_isReadAsTheResource() throws IOException {
    String event = "{\"type\":\"event\",\"id\":\"evt_1\"}";

    assertThat(read("{\"data\":" + event + "}", Event.class)).isEqualTo(Event.fromJson(event));
    assertThatThrownBy(() -> read("{\"data\":{\"type\":\"s3cret\"}}", Event.class))
        .isInstanceOf(MalformedJsonException.class)
        .hasMessageContaining("$.data.type")
        .hasMessageContaining("(event expected)")
        .hasMessageNotContaining("s3cret");
  }

  @Test
  void tooDeepValue_isRefused() {
    JsonCodec.Reading<JsonValue> reading = codec(JsonValue.class).reading();
    for (int i = 0; i < JsonInput.MAX_DEPTH; i++) {
      reading.beginArray();
    }
    assertThatThrownBy(reading::beginArray)
        .isInstanceOf(MalformedJsonException.class)
        .hasMessageContaining("nested too deeply");
  }

  @Test
  void merge_keepsWhatTheUpdateDoesNotHave() {
    Inquiry before = Inquiry.fromJson("{\"id\":\"1\",\"a\":1,\"b\":null}");
    Inquiry update = Inquiry.fromJson("{\"id\":null,\"a\":null,\"c\":2}");

    assertThat(codec(Inquiry.class).merge(before, update).toJson())
        .isEqualTo("{\"id\":null,\"b\":null,\"a\":null,\"c\":2}");
  }
}
