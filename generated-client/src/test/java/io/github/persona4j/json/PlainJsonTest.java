package io.github.persona4j.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which values are taken as they stand; what comes of the others is the matter of the tokens. */
class PlainJsonTest {
  private static final int DEPTH = 4;

  private static int end(String json, int limit) {
    return new PlainJson().end(json.getBytes(UTF_8), 0, limit, DEPTH);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "{\"\":\"\"}",
        "{\"a\":1,\"b\":-0.50,\"ab\":[true,false,null,\"x y\"],\"c\":{\"a\":{}}}",
        "[0,10,-1,[[[]]]]"
      })
  void plainValue_endsWhereItEnds(String json) {
    assertThat(end(json + "]", json.length() + 1)).isEqualTo(json.length());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{ }",
        "{\"a\": 1}",
        "{\"a\":1 }",
        "[1, 2]",
        "[\"\\n\"]",
        "{\"\\u0061\":1}",
        "[\"\u00e9\"]",
        "[1e2]",
        "[[[[[]]]]]",
        "{\"a\":1,\"b\":2,\"a\":3}",
        "{\"a\":[],\"a\":[]}"
      })
  void valueThatHasToBeLookedAt_isLeft(String json) {
    assertThat(end(json, json.length())).isNegative();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[1,]",
        "[,1]",
        "[1 2]",
        "{,}",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{1:2}",
        "[01]",
        "[-]",
        "[1.]",
        "[.1]",
        "[+1]",
        "[tru]",
        "[nulll]",
        "[1}",
        "{\"a\":1]",
        "[\u0000]",
        "[\"\u0001\"]"
      })
  void whatIsNotJson_isLeft(String text) {
    assertThat(end(text, text.length())).isNegative();
  }

  static Stream<Integer> lengths() {
    return IntStream.range(0, TEXT.length()).boxed();
  }

  private static final String TEXT = "{\"a\":[12,true,null,false,\"x\",-1.5],\"b\":{\"c\":\"d\"}}";

  @ParameterizedTest
  @MethodSource("lengths")
  void valueThatIsNotAllAtHand_isLeft(int length) {
    assertThat(end(TEXT, length)).isNegative();
  }

  @Test
  void sameNameInDifferentObjects_isPlain() {
    String json = "[{\"a\":{\"a\":1}},{\"a\":2}]";

    assertThat(end(json, json.length())).isEqualTo(json.length());
  }

  @Test
  void namesOfOneHash_areTwoNames() {
    String json = "{\"Aa\":1,\"BB\":2}"; // for 31 * a + b they are one

    assertThat(end(json, json.length())).isEqualTo(json.length());
  }

  @Test
  void objectOfManyNames_isLeft() {
    StringBuilder json = new StringBuilder("{\"n0\":0");
    IntStream.range(1, 100).forEach(i -> json.append(",\"n" + i + "\":" + i));
    json.append('}');

    assertThat(end(json.toString(), json.length())).isNegative();
  }
}
