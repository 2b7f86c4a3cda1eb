package io.github.persona4j.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Finds the end of plain values and leaves all others to the tokenizer. */
class PlainJsonScannerTest {
  private static final int DEPTH = 4;

  private static int end(String json, int limit) {
    return new PlainJsonScanner().end(json.getBytes(UTF_8), 0, limit, DEPTH);
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
  void plainValue_isFoundToItsEnd(String json) {
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
  void valueThatNeedsDecoding_isNotPlain(String json) {
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
  void invalidJson_isNotPlain(String text) {
    assertThat(end(text, text.length())).isNegative();
  }

  static Stream<Integer> lengths() {
    return IntStream.range(0, TEXT.length()).boxed();
  }

  private static final String TEXT = "{\"a\":[12,true,null,false,\"x\",-1.5],\"b\":{\"c\":\"d\"}}";

  @ParameterizedTest
  @MethodSource("lengths")
  void partlyBufferedValue_isNotPlain(int length) {
    assertThat(end(TEXT, length)).isNegative();
  }

  @Test
  void sameNameInDifferentObjects_isPlain() {
    String json = "[{\"a\":{\"a\":1}},{\"a\":2}]";

    assertThat(end(json, json.length())).isEqualTo(json.length());
  }

  @Test
  void namesWithTheSameHash_areDistinct() {
    String json = "{\"Aa\":1,\"BB\":2}"; // with equal hash codes

    assertThat(end(json, json.length())).isEqualTo(json.length());
  }

  @Test
  void objectWithManyNames_isNotPlain() {
    StringBuilder json = new StringBuilder("{\"n0\":0");
    IntStream.range(1, 100).forEach(i -> json.append(",\"n" + i + "\":" + i));
    json.append('}');

    assertThat(end(json.toString(), json.length())).isNegative();
  }
}
