package io.github.persona4j.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.persona4j.contract.Description.Node;
import io.github.persona4j.json.JsonModel;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Required nullable properties in responses, which may be null but not absent. {@link NullProperty}
 * covers requests.
 */
class RequiredNullableTest {
  /**
   * A required nullable property.
   *
   * @param others the object with its other required properties
   */
  record Property(String model, String name, ObjectNode others) {
    ObjectNode withNull() {
      return others.deepCopy().set(name, NullNode.getInstance());
    }

    @Override
    public String toString() {
      return model + "." + name;
    }
  }

  static List<Property> properties() {
    List<Property> found = new ArrayList<>();
    Contract.ourDescription().schemas().forEach((model, schema) -> addIn(model, schema, found));
    return found;
  }

  private static void addIn(String model, Node schema, List<Property> found) {
    Map<String, Node> properties = Schemas.properties(schema);
    ObjectNode all = JsonNodeFactory.instance.objectNode();
    List<String> nullable = new ArrayList<>();
    for (String name : Schemas.required(schema)) {
      Node property = properties.get(name);
      boolean mayBeNull = Schemas.isNullable(property);
      if (mayBeNull) {
        nullable.add(name);
      }
      all.set(name, mayBeNull ? NullNode.getInstance() : sample(property));
    }
    for (String name : nullable) {
      found.add(new Property(model, name, all.deepCopy().without(List.of(name))));
    }
  }

  private static JsonNode sample(@Nullable Node property) {
    JsonNodeFactory json = JsonNodeFactory.instance;
    String type = property == null ? "" : property.json().path("type").asText();
    return switch (type) {
      case "string" -> json.textNode("x");
      case "integer", "number" -> json.numberNode(1);
      case "boolean" -> json.booleanNode(true);
      case "array" -> json.arrayNode();
      default -> json.objectNode();
    };
  }

  @Test
  void descriptionOfTheApi_hasTheKnownProperties() {
    assertThat(properties())
        .extracting(Property::toString)
        .contains("CreateRelayRequest.encryption-key-pem", "TranslationValue.value");
  }

  @ParameterizedTest
  @MethodSource("properties")
  void nullOrAbsent_isReadAsNull(Property property) throws Exception {
    for (ObjectNode json : List.of(property.withNull(), property.others())) {
      JsonModel read = Builders.read(property.model(), json.toString());

      assertThat(accessor(read.getClass(), property.name()).invoke(read)).isNull();
      assertThat(Json.differences(json, Json.parse(read.toJson()))).isEmpty();
    }
  }

  private static Method accessor(Class<?> type, String property) {
    String plain = property.replace("-", "").replace("_", "").toLowerCase(Locale.ROOT);
    return Arrays.stream(type.getDeclaredMethods())
        .filter(method -> method.getName().toLowerCase(Locale.ROOT).equals(plain))
        .filter(method -> method.getParameterCount() == 0 && !method.isSynthetic())
        .findFirst()
        .orElseThrow(() -> new AssertionError(type + " has no " + property));
  }
}
