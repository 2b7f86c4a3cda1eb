package io.github.persona4j.testing.internal.drift;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.persona4j.testing.internal.json.Inflection;
import io.github.persona4j.testing.internal.json.Json;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DriftTest {
  private final Drift drift =
      new Drift(0, (type, name) -> name.equals("status") || name.equals("capture-methods"));

  private static JsonObject report(int number) {
    return Json.resource(
        "report/watchlist",
        "rep_" + number,
        Json.object("status", "ready", "name", "n", "capture-methods", List.of("auto")),
        Json.object("inquiry", Json.toOne("inquiry", null)));
  }

  private JsonObject applied(JsonObject document, Inflection inflection) {
    return JsonParser.parseString(drift.apply(document.toString(), inflection)).getAsJsonObject();
  }

  @Test
  void everyResource_hasAnUnknownAttributeAndRelationship() {
    JsonObject document =
        applied(Json.object("data", report(1), "included", List.of(report(2))), Inflection.KEBAB);

    assertThat(document.has("drift-member")).isTrue();
    JsonObject data = document.getAsJsonObject("data");
    assertThat(data.getAsJsonObject("attributes").keySet())
        .containsExactly("status", "name", "capture-methods", "drift-attribute");
    assertThat(data.getAsJsonObject("relationships").keySet())
        .containsExactly("inquiry", "drift-relationship");
    JsonArray included = document.getAsJsonArray("included");
    assertThat(included).hasSize(2);
    assertThat(included.get(1).getAsJsonObject().get("type").getAsString())
        .isEqualTo("drift-resource");
  }

  @Test
  void aboutEveryThirdResource_hasUnknownValuesAndAnUnknownType() {
    List<JsonObject> reports = new ArrayList<>();
    for (int i = 0; i < 90; i++) {
      reports.add(report(i));
    }
    int unusual = 0;
    JsonObject document = applied(Json.object("data", reports), Inflection.KEBAB);
    for (var element : document.getAsJsonArray("data")) {
      JsonObject attributes = element.getAsJsonObject().getAsJsonObject("attributes");
      boolean changed = element.getAsJsonObject().get("type").getAsString().equals("report/drift");
      assertThat(attributes.get("status").getAsString())
          .isEqualTo(changed ? "drift_value" : "ready");
      assertThat(attributes.getAsJsonArray("capture-methods")).hasSize(changed ? 2 : 1);
      assertThat(attributes.get("name").getAsString()).isEqualTo("n");
      unusual += changed ? 1 : 0;
    }
    assertThat(unusual).isBetween(15, 45);
  }

  @Test
  void objectOfAnEvent_driftsToo() {
    JsonObject event =
        Json.object(
            "type", "event",
            "id", "evt_1",
            "attributes", Json.object("payload", Json.object("data", report(1))));
    JsonObject payload =
        applied(Json.object("data", event), Inflection.KEBAB)
            .getAsJsonObject("data")
            .getAsJsonObject("attributes")
            .getAsJsonObject("payload");

    assertThat(payload.getAsJsonObject("data").getAsJsonObject("attributes").has("drift-attribute"))
        .isTrue();
  }

  @ParameterizedTest
  @CsvSource({"KEBAB,drift-attribute", "CAMEL,driftAttribute", "SNAKE,drift_attribute"})
  void names_haveTheCasingOfTheDocument(Inflection inflection, String name) {
    JsonObject document = applied(Json.object("data", report(1)), inflection);

    assertThat(document.getAsJsonObject("data").getAsJsonObject("attributes").has(name)).isTrue();
  }

  @Test
  void errors_haveAnUnknownMember_andOtherJsonIsUnchanged() {
    assertThat(drift.apply("{\"errors\":[]}", Inflection.KEBAB)).contains("drift-member");
    assertThat(drift.apply("{\"access-token\":\"t\"}", Inflection.KEBAB))
        .isEqualTo("{\"access-token\":\"t\"}");
    assertThat(drift.apply("[]", Inflection.KEBAB)).isEqualTo("[]");
  }
}
