package io.github.persona4j.testing.internal.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import org.junit.jupiter.api.Test;

class PrettyJsonTest {
  @Test
  void tree_isWrittenOnALineForEachValue() {
    JsonElement tree =
        JsonParser.parseString("{\"a\":[1,{\"b\":null}],\"\\\"c\":{},\"d\":[],\"e\":\"\\n\"}");

    assertThat(PrettyJson.of(tree))
        .isEqualTo(
            """
            {
              "a": [
                1,
                {
                  "b": null
                }
              ],
              "\\"c": {},
              "d": [],
              "e": "\\n"
            }\
            """);
    assertThat(JsonParser.parseString(PrettyJson.of(tree))).isEqualTo(tree);
  }
}
