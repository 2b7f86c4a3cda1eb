package io.github.persona4j.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.persona4j.json.JsonObject;
import io.github.persona4j.json.JsonValue;
import io.github.persona4j.model.Account;
import io.github.persona4j.model.FieldDefaultValue;
import io.github.persona4j.model.InquiryResponse;
import io.github.persona4j.model.Resource;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The check finds every accessor whose result differs from the JSON, at all depths. */
class AccessorCheckTest {
  private static final String RIGHT =
      """
      {"text": "a", "whole": 5, "number": 2.50, "flag": true, "date": "2026-01-14",
       "date-time": "2026-01-14T09:31:07+01:00", "list": ["a", null], "map": {"k": 1},
       "raw": {"x": [1]}, "inner": {"text": "b"}}
      """;

  @Test
  void correctAccessors_haveNoDifferencesAndAreCounted() {
    assertThat(check(RIGHT, RIGHT).differences()).isEmpty();
    // Ten accessors, the names of all properties, and those of the additional ones.
    assertThat(check("{}", "{}").compared()).isEqualTo(12);
    // And the property by name, as a raw value and as a string.
    assertThat(check("{\"text\": \"a\"}", "{\"text\": \"a\"}").compared()).isEqualTo(14);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "text | 'b' | $.text: the accessor is a, the JSON has \"b\"",
        "text | null | $.text: the accessor is a, the JSON has null",
        "whole | 6 | $.whole: the accessor is 5, the JSON has 6",
        "number | 2.51 | $.number: the accessor is 2.50, the JSON has 2.51",
        "flag | false | $.flag: the accessor is true, the JSON has false",
        "date | '2026-01-15' | $.date: the accessor is 2026-01-14, the JSON has \"2026-01-15\"",
        "date-time | '2026-01-14T09:31:07Z' | $.date-time: the accessor is 2026-01-14T09:31:07+01:00",
        "list | ['a'] | $.list: the accessor has 2 items",
        "list | ['a', 'b'] | $.list[1]: the accessor is null, the JSON has \"b\"",
        "map | {'k': 2} | $.map.k: the accessor is 1, the JSON has 2",
        "map | {'l': 1} | $.map: the accessor has the keys [k]",
        "raw | {'x': [2]} | $.raw: the accessor is {\"x\":[1]}",
        "inner | {'text': 'c'} | $.inner.text: the accessor is b, the JSON has \"c\"",
        "inner | {} | $.inner.text: the accessor is b, the JSON has nothing",
        "added | 1 | $.additionalProperties(added): the accessor is null, the JSON has 1",
      })
  void accessorWithAnotherValue_isReportedWithItsPath(
      String property, String json, String difference) {
    String value = json.replace('\'', '"');
    Map<String, JsonNode> changed = new LinkedHashMap<>();
    Json.parse(RIGHT).properties().forEach(each -> changed.put(each.getKey(), each.getValue()));
    changed.put(property, Json.parse(value));

    assertThat(check(RIGHT, Json.YAML.valueToTree(changed).toString()).differences())
        .anySatisfy(line -> assertThat(line).startsWith(difference));
  }

  @Test
  void nullInsteadOfAValue_andValueInsteadOfNull_areReported() {
    assertThat(check("{}", "{\"text\": \"a\"}").differences())
        .contains("$.text: the accessor is null, the JSON has \"a\"");
    assertThat(check("{\"text\": \"a\"}", "{}").differences())
        .contains("$.text: the accessor is a, the JSON has nothing");
  }

  @Test
  void accessorThatThrows_isReportedUnlessTheJsonHasAnotherType() {
    Account withoutId = Account.fromJson("{\"type\": \"account\"}");
    assertThat(AccessorCheck.of(withoutId, Json.parse(withoutId.toJson())).differences())
        .anySatisfy(line -> assertThat(line).startsWith("$.id: the accessor throws "));

    String other =
        """
        {"data": {"type": "inquiry", "id": "inq_1",
                  "attributes": {"note": 5, "created-at": "soon", "tags": ["a", 1]}}}
        """;
    assertThat(AccessorCheck.of(InquiryResponse.fromJson(other), Json.parse(other)).differences())
        .isEmpty();
    assertThat(AccessorCheck.of(new Broken(), Json.parse("{\"text\": 5}")).differences())
        .anySatisfy(line -> assertThat(line).startsWith("$.text: the accessor throws java.lang."));
  }

  @Test
  void unionsFieldsAndUnknownTypes_areChecked() {
    String json =
        """
        {"data": {"type": "inquiry", "id": "inq_1", "attributes": {
            "status": "fresh", "behaviors": {"a": [1, null]},
            "fields": {"name-first": {"type": "string", "value": "Anna"},
                       "own": {"type": "array", "value": [{"type": "integer", "value": 4}]}}}},
         "included": [{"type": "widget", "id": "w_1", "attributes": {"a": 1}}]}
        """;
    assertThat(AccessorCheck.of(InquiryResponse.fromJson(json), Json.parse(json)).differences())
        .isEmpty();

    String changed = json.replace("Anna", "Berta").replace("w_1", "w_2").replace("4", "5");
    assertThat(AccessorCheck.of(InquiryResponse.fromJson(json), Json.parse(changed)).differences())
        .anySatisfy(line -> assertThat(line).contains("fields.getString(name-first)", "Berta"))
        .anySatisfy(line -> assertThat(line).contains("fields.name-first.value", "Berta"))
        .anySatisfy(line -> assertThat(line).contains("field(own).asArray[0].asLong", "5"))
        .anySatisfy(line -> assertThat(line).contains("$.included[0].id: ", "w_2"));
  }

  @Test
  void shapesOfAValue_returnIt_andOthersReturnNull() {
    FieldDefaultValue date = FieldDefaultValue.TYPE.fromJson("\"2026-01-14\"", true);

    assertThat(AccessorCheck.of(date, Json.parse("\"2026-01-14\"")).differences()).isEmpty();
    assertThat(AccessorCheck.of(date, Json.parse("5")).differences())
        .anySatisfy(line -> assertThat(line).contains("the JSON has 5"));
  }

  @Test
  void classThatCannotBeCompared_isReported() {
    Resource other =
        new Resource() {
          @Override
          public String type() {
            return "";
          }

          @Override
          public String id() {
            return "";
          }

          @Override
          public String toJson() {
            return "{}";
          }
        };

    assertThat(AccessorCheck.of(other, Json.parse("{}")).differences())
        .anySatisfy(line -> assertThat(line).contains("which cannot be compared"));
  }

  private static AccessorCheck check(String object, String json) {
    return AccessorCheck.of(new Thing(Json.parse(object)), Json.parse(json));
  }

  /** A model whose accessors read JSON, to be compared with other JSON. */
  public static final class Thing implements JsonObject {
    private final JsonNode json;

    Thing(JsonNode json) {
      this.json = json;
    }

    public @Nullable String text() {
      return json.path("text").textValue();
    }

    public @Nullable Long whole() {
      return json.has("whole") ? json.path("whole").longValue() : null;
    }

    public @Nullable BigDecimal number() {
      return json.has("number") ? new BigDecimal("2.50") : null;
    }

    public @Nullable Boolean flag() {
      return json.has("flag") ? json.path("flag").booleanValue() : null;
    }

    public @Nullable LocalDate date() {
      return json.has("date") ? LocalDate.parse(json.path("date").textValue()) : null;
    }

    public @Nullable OffsetDateTime dateTime() {
      return json.has("date-time")
          ? OffsetDateTime.parse(json.path("date-time").textValue())
          : null;
    }

    public @Nullable List<@Nullable String> list() {
      return json.has("list") ? Arrays.asList("a", null) : null;
    }

    public @Nullable Map<String, Long> map() {
      return json.has("map") ? Map.of("k", 1L) : null;
    }

    public @Nullable JsonValue raw() {
      return json.has("raw") ? JsonValue.ofJson(json.path("raw").toString()) : null;
    }

    public @Nullable Thing inner() {
      return json.has("inner") ? new Thing(json.path("inner")) : null;
    }

    @Override
    public Map<String, JsonValue> additionalProperties() {
      return Map.of();
    }

    @Override
    public Set<String> propertyNames() {
      Set<String> names = new LinkedHashSet<>();
      json.fieldNames().forEachRemaining(names::add);
      return names;
    }

    @Override
    public @Nullable JsonValue property(String name) {
      return json.has(name) ? JsonValue.ofJson(json.path(name).toString()) : null;
    }

    @Override
    public String toJson() {
      return json.toString();
    }
  }

  /** A model whose accessor throws an unexpected exception. */
  public static final class Broken implements JsonObject {
    public String text() {
      return List.<String>of().get(0);
    }

    @Override
    public Map<String, JsonValue> additionalProperties() {
      return Map.of();
    }

    @Override
    public Set<String> propertyNames() {
      return Set.of("text");
    }

    @Override
    public JsonValue property(String name) {
      return JsonValue.of(5);
    }

    @Override
    public String toJson() {
      return "{\"text\":5}";
    }
  }
}
