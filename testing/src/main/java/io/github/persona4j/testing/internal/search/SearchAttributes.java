package io.github.persona4j.testing.internal.search;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.github.persona4j.testing.internal.description.Operation.Searchable;
import io.github.persona4j.testing.internal.description.ResourceType;
import io.github.persona4j.testing.internal.http.ApiFailure;
import io.github.persona4j.testing.internal.json.Inflection;
import io.github.persona4j.testing.internal.store.StoredObject;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The attributes that a search knows by the description, with names in snake casing. Some are
 * attributes of the object, some the id of a relationship, and {@code fields.KEY} is a field.
 */
final class SearchAttributes {
  private final ResourceType resource;
  private final Map<String, Searchable> known;

  SearchAttributes(ResourceType resource, Map<String, Searchable> known) {
    this.resource = resource;
    this.known = known;
  }

  /** Returns the condition that an attribute compares to a value like this. */
  Predicate<StoredObject> comparison(
      String attribute, String operator, JsonPrimitive value, String pointer) {
    Searchable searchable = searchable(attribute, pointer + "/attribute");
    if (!searchable.operators().contains(operator)) {
      throw ApiFailure.unprocessable(
          pointer + "/operator", "The attribute does not have this operator.");
    }
    if (searchable.type().equals("date-time") && time(value) == null) {
      throw ApiFailure.unprocessable(pointer + "/value", "The value must be an ISO 8601 time.");
    }
    Function<StoredObject, List<JsonPrimitive>> values = values(attribute);
    return object -> {
      for (JsonPrimitive own : values.apply(object)) {
        if (holds(operator, own, value)) {
          return true;
        }
      }
      return false;
    };
  }

  /** Returns the objects in the order of an attribute; those without a value are last. */
  List<StoredObject> sorted(List<StoredObject> objects, String attribute, boolean descending) {
    Searchable unused = searchable(attribute, "/sort/attribute");
    Function<StoredObject, List<JsonPrimitive>> values = values(attribute);
    List<Keyed> keyed = new ArrayList<>(objects.size());
    for (StoredObject object : objects) {
      List<JsonPrimitive> keys = values.apply(object);
      keyed.add(new Keyed(object, keys.isEmpty() ? null : keys.get(0)));
    }
    Comparator<JsonPrimitive> ascending = SearchAttributes::compare;
    Comparator<@Nullable JsonPrimitive> order =
        Comparator.nullsLast(descending ? ascending.reversed() : ascending);
    keyed.sort((one, other) -> order.compare(one.key, other.key));
    return keyed.stream().map(Keyed::object).toList();
  }

  private record Keyed(StoredObject object, @Nullable JsonPrimitive key) {}

  private Searchable searchable(String attribute, String pointer) {
    int dot = attribute.indexOf('.');
    Searchable searchable = known.get(dot < 0 ? attribute : attribute.substring(0, dot));
    if (searchable == null || (dot >= 0) != searchable.type().equals("fields")) {
      throw ApiFailure.unprocessable(pointer, "The attribute cannot be searched.");
    }
    return searchable;
  }

  private Function<StoredObject, List<JsonPrimitive>> values(String attribute) {
    int dot = attribute.indexOf('.');
    if (dot >= 0) {
      String[] path = attribute.substring(dot + 1).split("\\.", -1);
      return object -> field(object, path);
    }
    String name = Inflection.kebab(attribute);
    String stem = name.endsWith("-id") ? name.substring(0, name.length() - "-id".length()) : name;
    String qualified = resource.type() + '-' + stem;
    List<String> attributes =
        Stream.of(name, stem + "-id", qualified, qualified + "-name", qualified + "-id")
            .distinct()
            .filter(resource.attributes()::containsKey)
            .toList();
    List<String> relationships =
        Stream.of(stem, qualified).filter(resource.relationships()::containsKey).toList();
    return object -> own(object, attributes, relationships);
  }

  /** Returns the values that a name can mean: an attribute, or a reference to another object. */
  private static List<JsonPrimitive> own(
      StoredObject object, List<String> attributes, List<String> relationships) {
    List<JsonPrimitive> values = new ArrayList<>(1);
    for (String name : attributes) {
      if (object.attribute(name) instanceof JsonPrimitive value) {
        values.add(value);
      }
    }
    for (String relationship : relationships) {
      String id = object.relatedId(relationship);
      if (id != null) {
        values.add(new JsonPrimitive(id));
      }
    }
    return values;
  }

  private static List<JsonPrimitive> field(StoredObject object, String[] path) {
    JsonElement value = object.attribute("fields");
    for (String key : path) {
      if (!(value instanceof JsonObject fields)) {
        return List.of();
      }
      JsonElement field = fields.get(key);
      if (field == null) {
        field = fields.get(key.replace('_', '-'));
      }
      if (field == null) {
        field = fields.get(key.replace('-', '_'));
      }
      value = field instanceof JsonObject wrapped ? wrapped.get("value") : null;
    }
    return value instanceof JsonPrimitive primitive ? List.of(primitive) : List.of();
  }

  private static boolean holds(String operator, JsonPrimitive own, JsonPrimitive value) {
    int comparison = compare(own, value);
    return switch (operator) {
      case "gt" -> comparison > 0;
      case "gte" -> comparison >= 0;
      case "lt" -> comparison < 0;
      case "lte" -> comparison <= 0;
      default -> comparison == 0;
    };
  }

  private static int compare(JsonPrimitive one, JsonPrimitive other) {
    if (one.isNumber() && other.isNumber()) {
      return new BigDecimal(one.getAsString()).compareTo(new BigDecimal(other.getAsString()));
    }
    Instant time = time(one);
    Instant otherTime = time == null ? null : time(other);
    return time == null || otherTime == null
        ? one.getAsString().compareTo(other.getAsString())
        : time.compareTo(otherTime);
  }

  private static @Nullable Instant time(JsonPrimitive value) {
    String text = value.getAsString();
    if (text.length() < 10 || text.charAt(4) != '-') {
      return null;
    }
    try {
      return text.length() == 10
          ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
          : OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      return null;
    }
  }
}
