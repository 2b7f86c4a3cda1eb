package io.github.persona4j.testing.internal.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import org.junit.jupiter.api.Test;

class JsonPointerTest {
  private static final JsonElement TREE =
      JsonParser.parseString("{\"a\":{\"b/c\":[1,null],\"~\":2,\"\":3}}");

  private static String find(String pointer) {
    return String.valueOf(JsonPointer.find(TREE, pointer));
  }

  @Test
  void pointer_findsItsValue() {
    assertThat(JsonPointer.find(TREE, "")).isSameAs(TREE);
    assertThat(find("/a/b~1c/0")).isEqualTo("1");
    assertThat(JsonPointer.find(TREE, "/a/b~1c/1")).isNotNull();
    assertThat(find("/a/~0")).isEqualTo("2");
    assertThat(find("/a/")).isEqualTo("3");
  }

  @Test
  void pointerToNothing_findsNull() {
    for (String pointer :
        new String[] {"/b", "/a/b", "/a/b~1c/2", "/a/b~1c/-", "/a/b~1c/00", "/a/~0/x"}) {
      assertThat(JsonPointer.find(TREE, pointer)).isNull();
    }
  }

  @Test
  void otherText_isRejected() {
    assertThatIllegalArgumentException().isThrownBy(() -> JsonPointer.find(TREE, "a"));
  }
}
