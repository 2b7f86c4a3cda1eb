package io.github.persona4j.testing.internal.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonParserTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        " \t\r\n{ \"a\" : [ 1 , -0 , 1.50 , 1e5 , 2E-3 , 0.1 ] , \"b\" : { } }\n",
        "{\"\":\"\",\"a\":null,\"b\":true,\"c\":false}",
        "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\uD83D\\uDE00 é😀\u007f\u2028\"",
        "\"\\ud83d\"",
        "12345678901234567890123456789012345678901234567890.5",
        "true",
        "null",
        "\"text\"",
        "{\"a\":1,\"a\":2}",
        "[[[[[[[[[[[[1]]]]]]]]]]]]"
      })
  void json_isReadAsGsonReadsIt(String json) {
    assertThat(StrictJsonParser.parse(json)).isEqualTo(JsonParser.parseString(json));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "}",
        "[",
        "[1",
        "[1,",
        "[1,]",
        "[,1]",
        "[1 2]",
        "[1;2]",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\":1,}",
        "{\"a\"=1}",
        "{\"a\":1;\"b\":2}",
        "{a:1}",
        "{'a':1}",
        "{1:1}",
        "{\"a\":1",
        "{} {}",
        "{}x",
        "{}\0",
        "\0",
        "{}\uffff",
        "\ufeff{}",
        "\u00a0{}",
        "\f{}",
        ")]}'\n{}",
        "/* */{}",
        "{}//",
        "#\n{}",
        "TRUE",
        "True",
        "nul",
        "nulll",
        "undefined",
        "NaN",
        "Infinity",
        "-",
        "+1",
        "01",
        "-01",
        ".5",
        "1.",
        "1e",
        "1e+",
        "0x1",
        "1f",
        "'a'",
        "\"",
        "\"a",
        "\"\\\"",
        "\"\\",
        "\"\\'\"",
        "\"\\\n\"",
        "\"\\x\"",
        "\"\\u12\"",
        "\"\\u123g\"",
        "\"\\u+123\"",
        "\"a\nb\"",
        "\"a\tb\"",
        "\"a\0b\"",
        "\"a\u001fb\""
      })
  void anythingElse_isRejected(String json) {
    assertThatThrownBy(() -> StrictJsonParser.parse(json))
        .isExactlyInstanceOf(JsonParseException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.50", "-0", "-0.0", "1E+5", "9007199254740993", "1e99999999999"})
  void number_keepsItsDigits(String number) {
    assertThat(StrictJsonParser.parse(number)).hasToString(number);
  }

  @Test
  void number_hasAMaximumLength() {
    assertThat(StrictJsonParser.parse("1".repeat(1000)).getAsJsonPrimitive().isNumber()).isTrue();
    assertThatThrownBy(() -> StrictJsonParser.parse("1".repeat(1001)))
        .isExactlyInstanceOf(JsonParseException.class);
  }

  @Test
  void depth_isLimitedAndNeverOverflowsTheStack() {
    JsonElement deep = StrictJsonParser.parse("[".repeat(255) + "]".repeat(255));
    assertThat(deep.toString()).hasSize(510);
    for (int depth : new int[] {256, 1_000_000}) {
      for (String opening : new String[] {"[", "{\"a\":"}) {
        assertThatThrownBy(() -> StrictJsonParser.parse(opening.repeat(depth)))
            .isExactlyInstanceOf(JsonParseException.class);
      }
    }
  }

  @Test
  void message_containsNoPartOfTheDocument() {
    assertThatThrownBy(() -> StrictJsonParser.parse("{\"name\":\"Maren\" oops}"))
        .hasMessage("Malformed JSON at character 16");
  }
}
