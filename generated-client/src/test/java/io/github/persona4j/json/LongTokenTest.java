package io.github.persona4j.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.persona4j.mini.model.Check;
import io.github.persona4j.mini.model.DogAttributes;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Long tokens are read in linear time, in chunks of any size. */
class LongTokenTest {
  private static final int LENGTH = 12 * 1024 * 1024;
  private static final int PIECE = 100;

  // Quadratic time would be 20 seconds or more; linear time is a fraction of a second.
  private static final long SECONDS = 5;

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  /** A stream that returns small chunks. */
  private static final class Chunks extends FilterInputStream {
    Chunks(byte[] bytes) {
      super(new ByteArrayInputStream(bytes));
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      return super.read(buffer, offset, Math.min(length, PIECE));
    }
  }

  /** A document with a part that is repeated until it is long. */
  private record Token(String name, JsonType<?> type, String start, String part, String end) {
    byte[] json() {
      return (start + part.repeat(LENGTH / part.length()) + end).getBytes(UTF_8);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static List<Token> tokens() {
    return List.of(
        new Token("string", Check.TYPE, "{\"name\":\"", "x", "\"}"),
        new Token("string with an escape", Check.TYPE, "{\"name\":\"\\n", "x", "\"}"),
        new Token("string of escapes", Check.TYPE, "{\"name\":\"", "\\n", "\"}"),
        new Token("string beyond ASCII", Check.TYPE, "{\"name\":\"", "\u00e9", "\"}"),
        new Token("unknown string", Check.TYPE, "{\"x\":\"", "x", "\"}"),
        new Token("unknown list of strings", Check.TYPE, "{\"x\":[", "\"x\",", "1]}"),
        new Token("string in an unknown list", Check.TYPE, "{\"x\":[\"", "x", "\"]}"),
        new Token("spaces in an unknown list", Check.TYPE, "{\"x\":[", " ", "1]}"),
        new Token("unknown name", Check.TYPE, "{\"", "x", "\":1}"),
        new Token("name of a map", DogAttributes.TYPE, "{\"scores\":{\"", "x", "\":1}}"),
        new Token("number", JsonType.ANY, "", "1", ""),
        new Token("unknown number", Check.TYPE, "{\"x\":", "1", "}"),
        new Token("integer", DogAttributes.TYPE, "{\"legs\":", "1", "}"),
        new Token("decimal", DogAttributes.TYPE, "{\"weight\":0.", "1", "}"),
        new Token("spaces before", Check.TYPE, "", " ", "{}"),
        new Token("spaces within", Check.TYPE, "{\"name\":", "\n", "null}"),
        new Token("trailing white space", Check.TYPE, "{}", "\t", ""),
        new Token("many short strings", JsonType.list(JsonType.STRING), "[", "\"x\",", "\"\"]"));
  }

  @ParameterizedTest
  @MethodSource("tokens")
  void longToken_inSmallChunks_takesLinearTime(Token token) throws IOException {
    byte[] json = token.json();
    JsonLimits limits = JsonLimits.standard().withMaxDecodedBytes(Long.MAX_VALUE);

    long before = THREADS.getCurrentThreadCpuTime(); // independent of other processes
    Object value = token.type.read(new Chunks(json), false, limits);
    long nanos = THREADS.getCurrentThreadCpuTime() - before;

    assertThat(value.equals(token.type.read(new ByteArrayInputStream(json), false, limits)))
        .isTrue();
    assertThat(nanos).isLessThan(SECONDS * 1_000_000_000L);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2047, 2048, 2049, 8191, 8192, 8193, 16383, 16384, 16385, 100_000})
  void tokenOfAnyLength_inAnyChunks_isReadCompletely(int length) throws IOException {
    String value = "a".repeat(length - 1) + "\u00e9";
    byte[] json =
        ("{\"x\":[1,\""
                + value
                + "\"],\"name\":\""
                + value
                + "\",\""
                + value
                + "\":"
                + "1".repeat(length)
                + "}")
            .getBytes(UTF_8);

    for (int piece : new int[] {1, 7, 2048, 8192, json.length}) {
      Check check =
          Check.TYPE.read(
              new ByteArrayInputStream(json) {
                @Override
                public int read(byte[] buffer, int offset, int most) {
                  return super.read(buffer, offset, Math.min(most, piece));
                }
              },
              false);

      assertThat(check.name()).isEqualTo(value);
      assertThat(Objects.requireNonNull(check.property("x")).asList().get(1).asString())
          .isEqualTo(value);
      assertThat(Objects.requireNonNull(check.property(value)).json()).hasSize(length);
    }
  }

  @Test
  void numberOfManyDigits_isNotParsed() {
    String digits = "7".repeat(800_000);
    JsonValue number = JsonValue.ofJson(digits);
    DogAttributes dog =
        DogAttributes.fromJson("{\"weight\":" + digits + ",\"legs\":" + digits + "}");

    for (String one : List.of(digits, "-" + digits, "0." + digits, "1e" + digits)) {
      JsonValue value = JsonValue.ofJson(one);
      assertThatThrownBy(value::asDecimal).isInstanceOf(UnexpectedTypeException.class);
      assertThatThrownBy(value::asLong).isInstanceOf(UnexpectedTypeException.class);
    }
    assertThatThrownBy(number::asLong)
        .hasMessage("$ is described as a number but is a number of too many digits");
    assertThatThrownBy(dog::weight).isInstanceOf(UnexpectedTypeException.class);
    assertThatThrownBy(dog::legs).isInstanceOf(UnexpectedTypeException.class);
    assertThatThrownBy(() -> field(digits).asNumber()).isInstanceOf(UnexpectedTypeException.class);
    assertThatThrownBy(() -> field(digits).asLong()).isInstanceOf(UnexpectedTypeException.class);
    assertThat(number.json()).isEqualTo(digits);
  }

  private static FieldValue field(String number) {
    return FieldValue.of("f", JsonValue.ofJson("{\"value\":" + number + "}"));
  }

  @Test
  void numberOfThousandDigits_isParsed() {
    String digits = "7".repeat(1000);

    assertThat(JsonValue.ofJson(digits).asDecimal()).isEqualTo(new BigDecimal(digits));
    assertThat(field(digits).asNumber()).isEqualTo(new BigDecimal(digits));
    assertThat(JsonValue.of(new BigDecimal(digits)).asDecimal()).isEqualTo(digits);
    assertThatThrownBy(() -> JsonValue.ofJson(digits + "7").asDecimal())
        .isInstanceOf(UnexpectedTypeException.class);
    assertThatThrownBy(() -> JsonValue.ofJson("1e1000000000").asLong())
        .isInstanceOf(ArithmeticException.class);
  }

  @Test
  void numberThatIsTooLongToParse_isRejectedBySetters() {
    for (BigDecimal number :
        List.of(
            new BigDecimal("7".repeat(1001)),
            new BigDecimal(BigInteger.ONE.shiftLeft(50_000_000)))) {
      assertThatThrownBy(() -> JsonValue.of(number))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("number must have at most 1000 characters");
      assertThatThrownBy(() -> DogAttributes.builder().weight(number))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(JsonValue.of(new BigDecimal("1e400")).asDecimal())
        .isEqualTo(new BigDecimal("1e400"));
  }
}
