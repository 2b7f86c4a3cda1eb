package io.github.persona4j.testing.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class CompactContentTest {
  private static final List<String> TEXTS =
      List.of("", "a", "status", "\"", "\\", "\\\"", "{", "}", "[,]", ":", "é", "𝄞", "\n", "a\tb");

  private final Random random = new Random(17);

  @RepeatedTest(20)
  void members_areThoseOfTheTree() {
    for (int i = 0; i < 50; i++) {
      JsonObject tree = object(3);
      String text = tree.toString();
      for (String name : TEXTS) {
        // A name with an escape is not found; names of the API have none.
        if (name.matches("[a-z]*|é|𝄞|[\\[,\\]{}:]+")) {
          assertThat(CompactContent.member(text, name)).as(text).isEqualTo(tree.get(name));
        }
      }
    }
  }

  private JsonObject object(int depth) {
    JsonObject object = new JsonObject();
    for (int i = random.nextInt(5); i > 0; i--) {
      object.add(text(), value(depth - 1));
    }
    return object;
  }

  private String text() {
    return TEXTS.get(random.nextInt(TEXTS.size()));
  }

  private JsonElement value(int depth) {
    return switch (random.nextInt(depth > 0 ? 7 : 5)) {
      case 0 -> JsonNull.INSTANCE;
      case 1 -> new JsonPrimitive(random.nextBoolean());
      case 2 -> new JsonPrimitive(random.nextInt());
      case 3, 4 -> new JsonPrimitive(text());
      case 5 -> object(depth);
      default -> {
        JsonArray array = new JsonArray();
        for (int i = random.nextInt(4); i > 0; i--) {
          array.add(value(depth - 1));
        }
        yield array;
      }
    };
  }

  @Test
  void compactObject_equalsTheOriginal() {
    JsonObject attributes = object(3);
    JsonObject relationships = object(2);
    StoredObject object =
        StoredObject.of("inquiry", "inq_1", Instant.EPOCH, attributes, relationships);
    JsonObject before = object.json();

    object.compact();

    assertThat(object.json()).isEqualTo(before);
    assertThat(object)
        .isEqualTo(StoredObject.of("inquiry", "inq_1", Instant.EPOCH, attributes, relationships));
    assertThat(object.with("status", "x").text("status")).isEqualTo("x");
  }
}
