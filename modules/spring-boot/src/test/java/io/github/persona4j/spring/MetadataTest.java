package io.github.persona4j.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.github.persona4j.PersonaClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** Compares what editors show with what is bound. */
class MetadataTest {
  /** Properties that only conditions read. */
  private static final Set<String> SWITCHES =
      Set.of(
          "management.health.persona.enabled",
          "persona.client.enabled",
          "persona.metrics.enabled",
          "persona.observation.enabled",
          "persona.tracing.enabled",
          "persona.webhook.enabled");

  private final JsonObject metadata = metadata();

  private static JsonObject metadata() {
    try (InputStream file =
        PersonaProperties.class.getResourceAsStream(
            "/META-INF/spring-configuration-metadata.json")) {
      return new Gson()
          .fromJson(
              new InputStreamReader(Objects.requireNonNull(file), StandardCharsets.UTF_8),
              JsonObject.class);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private Map<String, JsonObject> described() {
    Map<String, JsonObject> described = new TreeMap<>();
    for (JsonElement each : metadata.getAsJsonArray("properties")) {
      JsonObject property = each.getAsJsonObject();
      assertThat(described.put(property.get("name").getAsString(), property)).isNull();
    }
    return described;
  }

  private static Map<String, RecordComponent> bound() {
    Map<String, RecordComponent> bound = new TreeMap<>();
    collect("persona", PersonaProperties.class, bound);
    return bound;
  }

  private static void collect(String prefix, Class<?> type, Map<String, RecordComponent> bound) {
    for (RecordComponent component : type.getRecordComponents()) {
      String name = component.getName().replaceAll("(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
      if (component.getType().isRecord()) {
        collect(prefix + "." + name, component.getType(), bound);
      } else {
        bound.put(prefix + "." + name, component);
      }
    }
  }

  @Test
  void everyProperty_isDescribedWithItsType() {
    Map<String, String> types = new TreeMap<>();
    bound().forEach((name, component) -> types.put(name, boxed(component)));
    SWITCHES.forEach(name -> types.put(name, "java.lang.Boolean"));
    Map<String, String> describedTypes = new TreeMap<>();
    described().forEach((name, each) -> describedTypes.put(name, each.get("type").getAsString()));

    assertThat(describedTypes).isEqualTo(types).hasSizeGreaterThan(25);
    assertThat(described().values())
        .allSatisfy(
            each ->
                assertThat(each.get("description").getAsString())
                    .endsWith(".")
                    .hasSize(each.get("description").getAsString().strip().length()));
  }

  private static String boxed(RecordComponent component) {
    return component.getGenericType() == boolean.class
        ? "java.lang.Boolean"
        : component.getGenericType().getTypeName();
  }

  @Test
  void everyDefaultThatIsBound_isDescribed() throws Exception {
    Map<String, JsonObject> described = described();
    for (Class<?> type : Set.of(PersonaProperties.class, PersonaProperties.Health.class)) {
      for (var parameter : type.getDeclaredConstructors()[0].getParameters()) {
        DefaultValue value = parameter.getAnnotation(DefaultValue.class);
        if (value != null && value.value().length > 0) {
          String name =
              bound().entrySet().stream()
                  .filter(each -> each.getValue().getName().equals(parameter.getName()))
                  .map(Map.Entry::getKey)
                  .collect(Collectors.joining());
          assertThat(Objects.requireNonNull(described.get(name)).get("defaultValue"))
              .as(name)
              .isEqualTo(new JsonPrimitive(value.value()[0]));
        }
      }
    }
    assertThat(Objects.requireNonNull(described.get("persona.base-url")).get("defaultValue"))
        .isEqualTo(new JsonPrimitive(PersonaClient.DEFAULT_BASE_URL));
    assertThat(Objects.requireNonNull(described.get("persona.api-version")).get("defaultValue"))
        .isEqualTo(new JsonPrimitive(PersonaClient.DEFAULT_API_VERSION));
  }
}
