package io.github.persona4j.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.github.persona4j.json.FieldValue;
import io.github.persona4j.json.FieldValues;
import io.github.persona4j.json.JsonObject;
import io.github.persona4j.json.JsonValue;
import io.github.persona4j.json.ResourcePage;
import io.github.persona4j.json.ShapeUnion;
import io.github.persona4j.json.UnexpectedTypeException;
import io.github.persona4j.json.UnknownResource;
import io.github.persona4j.model.Event;
import io.github.persona4j.model.EventPayload;
import io.github.persona4j.resource.ToMany;
import io.github.persona4j.resource.ToOne;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Calls every public accessor of a decoded model, at all depths, and compares the result with the
 * JSON.
 *
 * <p>Accessors are found by reflection and their JSON values by name, independently of the code of
 * the client. An accessor must return the value if it has the type of the accessor, null if it is
 * null or absent, and throw if it has another type.
 */
final class AccessorCheck {
  private static final JsonNode NOTHING = MissingNode.getInstance();
  private static final Set<String> FIELD_PARTS = Set.of("type", "value");

  private final List<String> differences = new ArrayList<>();
  private int compared;

  private AccessorCheck() {}

  /** Checks a model and all its values. */
  static AccessorCheck of(Object model, JsonNode json) {
    AccessorCheck check = new AccessorCheck();
    check.compare("$", model.getClass(), model, json);
    return check;
  }

  /** Returns the number of compared accessors. */
  int compared() {
    return compared;
  }

  /** Returns the differences, one line per accessor, with its path. */
  List<String> differences() {
    return differences;
  }

  /** Calls an accessor and compares the result. */
  private void read(String path, Type type, JsonNode json, Supplier<@Nullable Object> accessor) {
    compared++;
    Object value;
    try {
      value = accessor.get();
    } catch (UnexpectedTypeException e) {
      if (isNothing(json) || JavaTypes.canHold(type, json)) {
        add(path, "throws \"" + e.getMessage() + '"', json);
      }
      return;
    } catch (RuntimeException e) {
      add(path, "throws " + e, json);
      return;
    }
    if (isNothing(json)) {
      compareNothing(path, type, value, json);
    } else if (value != null) {
      compare(path, type, value, json);
    } else if (!isNoRelationship(path, json)) {
      add(path, "is null", json);
    }
  }

  /** A required list or model that is absent is empty, so that its properties can be accessed. */
  private void compareNothing(String path, Type type, @Nullable Object value, JsonNode json) {
    if (value instanceof JsonObject object && object.propertyNames().isEmpty()) {
      compare(path, type, object, JsonNodeFactory.instance.objectNode());
    } else if (value != null && !JavaTypes.isEmpty(value)) {
      add(path, "is " + shown(value), json);
    }
  }

  /** A relationship without a target may have an empty object as its data. */
  private static boolean isNoRelationship(String path, JsonNode json) {
    return json.isObject() && json.isEmpty() && path.matches(".*\\.relationships\\..*\\.data");
  }

  private void compare(String path, Type type, Object value, JsonNode json) {
    if (JavaTypes.isSimple(value)) {
      if (!JavaTypes.isEqual(value, json)) {
        add(path, "is " + shown(value), json);
      }
    } else if (value instanceof JsonValue raw) {
      compareRaw(path, raw, json);
    } else if (value instanceof ShapeUnion union) {
      compareShapes(path, union, json);
    } else if (value instanceof FieldValue field) {
      compareField(path, field, json);
    } else if (value instanceof List<?> list && json.isArray()) {
      compareList(path, JavaTypes.itemOf(type), list, json);
    } else if (value instanceof Map<?, ?> map && json.isObject()) {
      compareMap(path, JavaTypes.itemOf(type), map, json);
    } else if (json.isObject()) {
      compareObject(path, value, json);
    } else {
      add(path, "is " + shown(value), json);
    }
  }

  private void compareList(String path, Type item, List<?> list, JsonNode json) {
    if (list.size() != json.size()) {
      add(path, "has " + list.size() + " items", json);
      return;
    }
    for (int i = 0; i < list.size(); i++) {
      int index = i;
      read(path + "[" + i + "]", item, json.get(i), () -> list.get(index));
    }
  }

  private void compareMap(String path, Type item, Map<?, ?> map, JsonNode json) {
    if (!map.keySet().equals(names(json))) {
      add(path, "has the keys " + map.keySet(), json);
      return;
    }
    json.properties()
        .forEach(
            entry ->
                read(
                    path + "." + entry.getKey(),
                    item,
                    entry.getValue(),
                    () -> map.get(entry.getKey())));
  }

  private void compareObject(String path, Object value, JsonNode json) {
    if (value instanceof FieldValues fields) {
      compareFields(path, fields, json);
    }
    if (value instanceof ResourcePage<?> page) {
      comparePage(path, page, json);
    }
    compareRelations(path, value, json);
    if (value instanceof Event event && json.path("attributes").isObject()) {
      JsonNode payload = json.path("attributes").path("payload");
      read(path + ".payload", EventPayload.class, payload, event::payload);
    }
    if (value instanceof JsonObject object) {
      compareProperties(path, object, json, compareAccessors(path, value, json));
    } else if (value instanceof UnknownResource resource) {
      compareUnknown(path, resource, json);
      compareAccessors(path, value, json);
    } else if (!(value instanceof FieldValues)) {
      add(path, "has " + value.getClass() + ", which cannot be compared", json);
    }
  }

  /** Compares the relationships of a resource with the data of its "relationships". */
  private void compareRelations(String path, Object value, JsonNode json) {
    JsonNode relationships = json.path("relationships");
    Map<String, String> names = namesByLetters(relationships);
    for (Method accessor : AccessorMethods.ofRelations(value.getClass())) {
      String name = names.getOrDefault(Names.letters(accessor.getName()), accessor.getName());
      JsonNode data = relationships.path(name).path("data");
      compared++;
      Object relation;
      try {
        relation = AccessorMethods.call(accessor, value);
      } catch (UnexpectedTypeException e) {
        if (relationships.path(name).isObject() && areIdentifiers(accessor, data)) {
          add(path + "." + name, "throws \"" + e.getMessage() + '"', data);
        }
        continue;
      }
      boolean absent = data.isMissingNode() && !relationships.path(name).isNull();
      if (!targets(relation).equals(targets(data)) || isOmitted(relation) != absent) {
        add(path + "." + name, "is " + targets(relation), data);
      }
    }
  }

  private static boolean areIdentifiers(Method accessor, JsonNode data) {
    boolean array = accessor.getReturnType() == ToMany.class;
    if (isNothing(data) || (data.isObject() && data.isEmpty())) {
      return true;
    }
    Iterable<JsonNode> all = data.isArray() ? data : List.of(data);
    for (JsonNode each : all) {
      if (!each.isNull() && !(each.path("type").isTextual() && each.path("id").isTextual())) {
        return false;
      }
    }
    return array == data.isArray();
  }

  private static boolean isOmitted(@Nullable Object relation) {
    return relation instanceof ToMany<?> many
        ? many.isOmitted()
        : relation instanceof ToOne<?> one && one.isOmitted();
  }

  private static List<String> targets(@Nullable Object relation) {
    List<String> targets = new ArrayList<>();
    if (relation instanceof ToMany<?> many) {
      many.forEach(one -> targets.addAll(targets(one)));
    } else if (relation instanceof ToOne<?> one && !one.isEmpty()) {
      targets.add(one.type() + " " + one.id());
    }
    return targets;
  }

  private static List<String> targets(JsonNode data) {
    List<String> targets = new ArrayList<>();
    if (data.isArray()) {
      data.forEach(each -> targets.addAll(targets(each)));
    } else if (data.isObject() && !data.isEmpty()) {
      targets.add(data.path("type").textValue() + " " + data.path("id").textValue());
    }
    return targets;
  }

  /** Compares the accessors of properties and returns the names of the properties. */
  private Set<String> compareAccessors(String path, Object value, JsonNode json) {
    Set<String> names = new HashSet<>();
    Map<String, String> byLetters = namesByLetters(json);
    for (Method accessor : AccessorMethods.ofProperties(value.getClass())) {
      String name = byLetters.getOrDefault(Names.letters(accessor.getName()), accessor.getName());
      names.add(name);
      read(
          path + "." + name,
          accessor.getGenericReturnType(),
          json.path(name),
          () -> AccessorMethods.call(accessor, value));
    }
    return names;
  }

  /** Compares the methods common to all objects. */
  private void compareProperties(
      String path, JsonObject object, JsonNode json, Set<String> withAccessor) {
    compared++;
    if (!object.propertyNames().equals(names(json))) {
      add(path, "has the properties " + object.propertyNames(), json);
    }
    Set<String> others = names(json);
    others.removeAll(withAccessor);
    for (String name : names(json)) {
      JsonNode value = json.path(name);
      readRaw(path + ".property(" + name + ")", value, () -> object.property(name));
      if (others.contains(name)) {
        readRaw(
            path + ".additionalProperties(" + name + ")",
            value,
            () -> object.additionalProperties().get(name));
      }
    }
    compared++;
    // These may include properties in the other spelling, which have an accessor.
    if (!names(json).containsAll(object.additionalProperties().keySet())) {
      add(path, "has the additional properties " + object.additionalProperties().keySet(), json);
    }
  }

  private void comparePage(String path, ResourcePage<?> page, JsonNode json) {
    compared++;
    List<?> items = page.items();
    if (items.size() != json.path("data").size()) {
      add(path + ".items", "has " + items.size() + " items", json.path("data"));
    }
    JsonNode links = json.path("links");
    read(path + ".nextLink", String.class, links.path("next"), page::nextLink);
    read(path + ".previousLink", String.class, links.path("prev"), page::previousLink);
  }

  private void compareUnknown(String path, UnknownResource resource, JsonNode json) {
    readRaw(path + ".json", json, resource::json);
    compareText(path + ".type", resource.type(), json.path("type"));
    compareText(path + ".id", resource.id(), json.path("id"));
  }

  private void compareText(String path, String text, JsonNode json) {
    compared++;
    if (!text.equals(json.isTextual() ? json.textValue() : "")) {
      add(path, "is " + text, json);
    }
  }

  private void compareFields(String path, FieldValues fields, JsonNode json) {
    compared++;
    if (!fields.fieldNames().equals(names(json))) {
      add(path, "has the fields " + fields.fieldNames(), json);
    }
    for (String key : names(json)) {
      JsonNode field = json.path(key);
      String at = path + ".field(" + key + ")";
      read(at, FieldValue.class, field, () -> fields.field(key));
      for (Method accessor : AccessorMethods.ofFields()) {
        readValue(
            path + "." + accessor.getName() + "(" + key + ")",
            accessor,
            valueOf(field),
            () -> AccessorMethods.call(accessor, fields, key));
      }
    }
  }

  private void compareField(String path, FieldValue field, JsonNode json) {
    JsonNode value = valueOf(json);
    JsonNode type = isField(json) ? json.path("type") : NOTHING;
    read(path + ".type", String.class, type.isTextual() ? type : NOTHING, field::type);
    readRaw(path + ".value", value, field::value);
    for (Method accessor : AccessorMethods.ofFieldValue()) {
      readValue(
          path + "." + accessor.getName(),
          accessor,
          value,
          () -> AccessorMethods.call(accessor, field));
    }
  }

  private void readValue(
      String path, Method accessor, JsonNode value, Supplier<@Nullable Object> read) {
    if (accessor.getName().endsWith("Strings")) {
      readStrings(path, value, read);
    } else if (accessor.getReturnType() == List.class && !value.isArray() && !isNothing(value)) {
      readOnlyItem(path, value, read);
    } else {
      read(path, accessor.getGenericReturnType(), value, read);
    }
  }

  /** The strings of a list, which may be fields of their own, without nulls; or one string. */
  private void readStrings(String path, JsonNode value, Supplier<@Nullable Object> accessor) {
    compared++;
    List<String> expected = new ArrayList<>();
    boolean fits = true;
    for (JsonNode item : value.isArray() ? value : List.of(value)) {
      JsonNode string = value.isArray() ? valueOf(item) : item;
      fits &= string.isTextual() || isNothing(string);
      if (string.isTextual()) {
        expected.add(string.textValue());
      }
    }
    try {
      Object found = accessor.get();
      if (!fits || !expected.equals(found)) {
        add(path, "is " + found, value);
      }
    } catch (UnexpectedTypeException e) {
      if (fits) {
        add(path, "throws \"" + e.getMessage() + '"', value);
      }
    }
  }

  /** A field whose value is not a list is its own only item. */
  private void readOnlyItem(String path, JsonNode value, Supplier<@Nullable Object> accessor) {
    compared++;
    try {
      if (accessor.get() instanceof List<?> items
          && items.size() == 1
          && items.get(0) instanceof FieldValue item) {
        readRaw(path + "[0].value", value, item::value);
      } else {
        add(path, "is not a list of one field", value);
      }
    } catch (RuntimeException e) {
      add(path, "throws " + e, value);
    }
  }

  /** Returns the value of a field, which has a type or is a plain value. */
  private static JsonNode valueOf(JsonNode field) {
    return isField(field) ? field.path("value") : field;
  }

  private static boolean isField(JsonNode json) {
    return json.isObject()
        && (names(json).containsAll(FIELD_PARTS) || FIELD_PARTS.containsAll(names(json)));
  }

  private void compareShapes(String path, ShapeUnion union, JsonNode json) {
    readRaw(path + ".json", json, union::json);
    for (Method accessor : AccessorMethods.ofProperties(union.getClass())) {
      Type type = accessor.getGenericReturnType();
      // The raw JSON among the shapes is an object.
      boolean fits = type == JsonValue.class ? json.isObject() : JavaTypes.canHold(type, json);
      JsonNode fitting = fits ? json : NOTHING;
      read(
          path + "." + accessor.getName(),
          type,
          fitting,
          () -> AccessorMethods.call(accessor, union));
    }
  }

  /** Compares raw JSON, which may be a JSON null. */
  private void readRaw(String path, JsonNode json, Supplier<@Nullable JsonValue> accessor) {
    compared++;
    JsonValue value = accessor.get();
    if (value != null) {
      compareRaw(path, value, json);
    } else if (!json.isMissingNode()) {
      add(path, "is null", json);
    }
  }

  private void compareRaw(String path, JsonValue value, JsonNode json) {
    if (!Json.differences(json, Json.parse(value.json())).isEmpty()) {
      add(path, "is " + value.json(), json);
    } else if (value.kind() == JsonValue.Kind.OBJECT) {
      value.asMap().forEach((key, item) -> readRaw(path + "." + key, json.path(key), () -> item));
    } else if (value.kind() == JsonValue.Kind.LIST) {
      List<JsonValue> items = value.asList();
      for (int i = 0; i < items.size(); i++) {
        JsonValue item = items.get(i);
        readRaw(path + "[" + i + "]", json.path(i), () -> item);
      }
    } else if (value.kind() != JsonValue.Kind.NULL) {
      compared++;
      if (!JavaTypes.isEqual(simple(value), json)) {
        add(path, "is " + simple(value), json);
      }
    }
  }

  private static Object simple(JsonValue value) {
    return switch (value.kind()) {
      case STRING -> value.asString();
      case NUMBER -> value.asDecimal();
      default -> value.asBoolean();
    };
  }

  /**
   * Returns the names of properties by their letters; a name with a value has precedence over a
   * null.
   */
  private static Map<String, String> namesByLetters(JsonNode json) {
    Map<String, String> names = new HashMap<>();
    json.properties()
        .forEach(
            entry ->
                names.merge(
                    Names.letters(entry.getKey()),
                    entry.getKey(),
                    (one, other) -> json.path(one).isNull() ? other : one));
    return names;
  }

  private static Set<String> names(JsonNode json) {
    Set<String> names = new HashSet<>();
    json.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static boolean isNothing(JsonNode json) {
    return json.isMissingNode() || json.isNull();
  }

  private void add(String path, String what, JsonNode json) {
    String there = json.isMissingNode() ? "nothing" : json.toString();
    differences.add(path + ": the accessor " + what + ", the JSON has " + there);
  }

  private static String shown(Object value) {
    return value instanceof JsonObject object ? object.toJson() : String.valueOf(value);
  }
}
