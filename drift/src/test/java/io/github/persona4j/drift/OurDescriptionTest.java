package io.github.persona4j.drift;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Our description, written in other ways: nothing is different. */
class OurDescriptionTest {
  @TempDir Path folder;

  private List<String> differences(JsonObject changed) {
    Description old = Description.of(Documents.read(OurDescription.FOLDER));
    Description now = JsonText.description(folder, "changed", changed);
    List<String> differences = Comparison.of(old, now).stream().map(Pairs::line).toList();
    assertThat(old.problems()).isEmpty();
    assertThat(now.problems()).isEmpty();
    return differences;
  }

  @Test
  void description_isWhole() {
    Description description = Description.of(Documents.read(OurDescription.FOLDER));
    assertThat(description.operations()).hasSizeGreaterThan(200);
    assertThat(description.webhooks()).hasSizeGreaterThan(100);
    assertThat(new Resources(description).types())
        .hasSizeGreaterThan(100)
        .contains("inquiry", "verification/government-id", "event");
  }

  @Test
  void oneFile_isTheSameAsMany() {
    assertThat(differences(OurDescription.bundle())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void otherOrder_isTheSame(long seed) {
    JsonObject changed = shuffled(OurDescription.bundle(), new Random(seed), "").getAsJsonObject();
    assertThat(differences(changed)).isEmpty();
  }

  @Test
  void otherNamesOfComponents_areTheSame() {
    JsonObject changed = OurDescription.bundle();
    JsonObject components = changed.getAsJsonObject("components");
    Map<String, String> names = new HashMap<>();
    for (String kind : List.of("schemas", "parameters", "responses", "headers")) {
      JsonObject renamed = new JsonObject();
      components
          .getAsJsonObject(kind)
          .entrySet()
          .forEach(
              entry -> {
                String name = "Z" + Integer.toHexString(entry.getKey().hashCode());
                renamed.add(name, entry.getValue());
                names.put(
                    "#/components/" + kind + "/" + entry.getKey(),
                    "#/components/" + kind + "/" + name);
              });
      components.add(kind, renamed);
    }
    assertThat(differences(replaced(changed, names).getAsJsonObject())).isEmpty();
  }

  @Test
  void version31_isTheSame() {
    JsonObject changed = in31(OurDescription.bundle()).getAsJsonObject();
    changed.addProperty("openapi", "3.1.0");
    changed.add("webhooks", changed.remove("x-webhooks"));
    assertThat(changed.toString()).doesNotContain("\"nullable\"").contains("\"const\"");
    assertThat(differences(changed)).isEmpty();
  }

  @Test
  void everyReferenceInAnAllOf_isTheSame() {
    JsonObject changed = OurDescription.bundle();
    wrap(changed.get("paths"));
    wrap(changed.getAsJsonObject("components").get("schemas"));
    assertThat(differences(changed)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void componentsInPlaceOfReferences_areTheSame(long seed) {
    JsonObject bundle = OurDescription.bundle();
    JsonElement changed = inline(bundle, bundle, new Random(seed), 0);
    assertThat(changed.toString().length()).isGreaterThan(bundle.toString().length());
    assertThat(differences(changed.getAsJsonObject())).isEmpty();
  }

  /** Replaces half of the references to small components by what they refer to. */
  private static JsonElement inline(JsonElement json, JsonObject root, Random random, int depth) {
    if (json.isJsonArray()) {
      JsonArray array = new JsonArray();
      json.getAsJsonArray().forEach(item -> array.add(inline(item, root, random, depth)));
      return array;
    }
    if (!json.isJsonObject()) {
      return json;
    }
    JsonElement reference = json.getAsJsonObject().get("$ref");
    if (json.getAsJsonObject().size() == 1 && reference != null && depth < 4) {
      JsonElement target = root;
      for (String part : reference.getAsString().substring(2).split("/", -1)) {
        target = target.getAsJsonObject().get(part);
      }
      // Those with a mapping could lose the names that it refers to.
      boolean small = target.toString().length() < 1500 && !target.toString().contains("mapping");
      return small && random.nextBoolean() ? inline(target, root, random, depth + 1) : json;
    }
    JsonObject object = new JsonObject();
    json.getAsJsonObject()
        .entrySet()
        .forEach(
            entry -> object.add(entry.getKey(), inline(entry.getValue(), root, random, depth)));
    return object;
  }

  @Test
  void otherTexts_areTheSame() {
    JsonObject changed = OurDescription.bundle();
    retell(changed.get("paths"), false);
    retell(changed.get("components"), false);
    assertThat(differences(changed)).isEmpty();
  }

  /** Shuffles members, and the arrays whose order does not matter. */
  private static JsonElement shuffled(JsonElement json, Random random, String name) {
    if (json.isJsonArray()) {
      List<JsonElement> items = new ArrayList<>();
      json.getAsJsonArray().forEach(item -> items.add(shuffled(item, random, "")));
      if (!name.equals("prefixItems")) {
        Collections.shuffle(items, random);
      }
      JsonArray array = new JsonArray();
      items.forEach(array::add);
      return array;
    }
    if (!json.isJsonObject()) {
      return json;
    }
    List<String> names = new ArrayList<>(json.getAsJsonObject().keySet());
    Collections.shuffle(names, random);
    JsonObject object = new JsonObject();
    names.forEach(
        member -> object.add(member, shuffled(json.getAsJsonObject().get(member), random, member)));
    return object;
  }

  private static JsonElement replaced(JsonElement json, Map<String, String> texts) {
    if (json.isJsonArray()) {
      JsonArray array = new JsonArray();
      json.getAsJsonArray().forEach(item -> array.add(replaced(item, texts)));
      return array;
    }
    if (json.isJsonObject()) {
      JsonObject object = new JsonObject();
      json.getAsJsonObject()
          .entrySet()
          .forEach(entry -> object.add(entry.getKey(), replaced(entry.getValue(), texts)));
      return object;
    }
    if (json.isJsonPrimitive() && json.getAsJsonPrimitive().isString()) {
      return new JsonPrimitive(texts.getOrDefault(json.getAsString(), json.getAsString()));
    }
    return json;
  }

  /** Writes schemas as in OpenAPI 3.1. */
  private static JsonElement in31(JsonElement json) {
    if (json.isJsonArray()) {
      JsonArray array = new JsonArray();
      json.getAsJsonArray().forEach(item -> array.add(in31(item)));
      return array;
    }
    if (!json.isJsonObject()) {
      return json;
    }
    JsonObject object = new JsonObject();
    json.getAsJsonObject()
        .entrySet()
        .forEach(entry -> object.add(entry.getKey(), in31(entry.getValue())));
    JsonElement values = object.get("enum");
    if (values != null && values.isJsonArray() && values.getAsJsonArray().size() == 1) {
      object.add("const", values.getAsJsonArray().get(0));
      object.remove("enum");
      object.remove("type");
    }
    JsonElement limit = object.get("exclusiveMinimum");
    if (limit != null && limit.isJsonPrimitive() && limit.getAsJsonPrimitive().isBoolean()) {
      object.add("exclusiveMinimum", object.remove("minimum"));
    }
    JsonElement nullable = object.get("nullable");
    if (nullable == null || !nullable.isJsonPrimitive()) {
      return object;
    }
    object.remove("nullable");
    if (!nullable.getAsBoolean()) {
      return object;
    }
    JsonObject none = new JsonObject();
    none.addProperty("type", "null");
    JsonArray alternatives = new JsonArray();
    if (object.has("allOf")) {
      object.getAsJsonArray("allOf").forEach(alternatives::add);
      alternatives.add(none);
      JsonObject union = new JsonObject();
      union.add("anyOf", alternatives);
      return union;
    }
    if (object.has("type") && !object.has("enum")) {
      JsonArray types = new JsonArray();
      types.add(object.get("type"));
      types.add("null");
      object.add("type", types);
    } else if (object.has("enum")) {
      object.getAsJsonArray("enum").add(JsonNull.INSTANCE);
      object.remove("type");
    } else {
      alternatives.add(object);
      alternatives.add(none);
      JsonObject union = new JsonObject();
      union.add("oneOf", alternatives);
      return union;
    }
    return object;
  }

  private static boolean isReference(JsonElement json) {
    return json.isJsonObject()
        && json.getAsJsonObject().size() == 1
        && json.getAsJsonObject().has("$ref")
        && json.toString().contains("/schemas/");
  }

  private static void wrap(JsonElement json) {
    if (json.isJsonArray()) {
      json.getAsJsonArray().forEach(OurDescriptionTest::wrap);
    }
    if (!json.isJsonObject()) {
      return;
    }
    JsonObject object = json.getAsJsonObject();
    for (String name : List.copyOf(object.keySet())) {
      JsonElement member = object.get(name);
      wrap(member);
      if (isReference(member)) {
        JsonObject wrapped = new JsonObject();
        JsonArray parts = new JsonArray();
        parts.add(member);
        wrapped.add("allOf", parts);
        wrapped.addProperty("description", "wrapped");
        object.add(name, wrapped);
      }
    }
  }

  /** Changes what is only for people; members of "properties" are not. */
  private static void retell(JsonElement json, boolean properties) {
    if (json.isJsonArray()) {
      json.getAsJsonArray().forEach(item -> retell(item, false));
    }
    if (!json.isJsonObject()) {
      return;
    }
    JsonObject object = json.getAsJsonObject();
    for (String name : List.copyOf(object.keySet())) {
      boolean text = List.of("description", "summary", "title", "operationId").contains(name);
      if (text && !properties) {
        object.addProperty(name, "Another text.");
      } else {
        retell(object.get(name), name.equals("properties"));
      }
    }
  }
}
