package io.github.persona4j.json;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes the values of fields as JSON. */
final class FieldWriter {
  /** Deeper values could not be read. */
  private static final int MAX_DEPTH = JsonInput.MAX_DEPTH / 2;

  private FieldWriter() {}

  /**
   * Returns the JSON of a value.
   *
   * @throws IllegalArgumentException if a value has a type that fields do not have
   */
  static JsonValue json(Object value) {
    return json(value, 1);
  }

  private static JsonValue json(@Nullable Object value, int depth) {
    if (depth > MAX_DEPTH) {
      throw new IllegalArgumentException(
          "value must be nested at most " + MAX_DEPTH + " levels deep");
    }
    if (value == null) {
      return JsonValue.NULL;
    } else if (value instanceof String string) {
      return JsonValue.of(string);
    } else if (value instanceof Number number) {
      return JsonValue.ofNumber(number);
    } else if (value instanceof Boolean bool) {
      return JsonValue.of((boolean) bool);
    } else if (value instanceof LocalDate date) {
      return JsonValue.of(date.toString());
    } else if (value instanceof OffsetDateTime time) {
      return JsonValue.of(IsoDates.format(time));
    } else if (value instanceof Enum<?> choice) {
      return JsonValue.of(RecordShape.nameOf(choice));
    } else if (value instanceof OpenValue open) {
      return JsonValue.of(open.value());
    } else if (value instanceof Optional<?> optional) {
      return json(optional.orElse(null), depth);
    } else if (value instanceof JsonValue json) {
      return json;
    } else if (value instanceof JsonModel model) {
      return JsonValue.of(model);
    } else if (value instanceof FieldValue field) {
      return read(field, depth);
    }
    return nested(value, depth);
  }

  /** Returns the value of a field that was read, without the type that a response has beside it. */
  private static JsonValue read(FieldValue field, int depth) {
    JsonValue value = field.value();
    if (value == null) {
      return JsonValue.NULL;
    }
    return switch (value.kind()) {
      case LIST -> json(field.asArray(), depth);
      case OBJECT -> json(field.asHash(), depth);
      default -> value;
    };
  }

  private static JsonValue nested(Object value, int depth) {
    if (value instanceof Collection<?> items) {
      List<JsonValue> list = new ArrayList<>();
      items.forEach(item -> list.add(json(item, depth + 1)));
      return JsonValue.of(list);
    }
    Map<String, JsonValue> fields = new LinkedHashMap<>();
    if (value instanceof FieldValues read) {
      for (String key : read.fieldNames()) {
        fields.put(key, json(read.field(key), depth + 1));
      }
    } else if (value instanceof Map<?, ?> map) {
      keys(map);
      map.forEach((key, field) -> fields.put(key.toString(), json(field, depth + 1)));
    } else if (value instanceof Record record) {
      RecordShape.of(record.getClass())
          .components()
          .forEach(
              component -> {
                Object part = component.read(record);
                if (part != null) {
                  fields.put(component.key(), json(part, depth + 1));
                }
              });
    } else {
      throw new IllegalArgumentException(
          "value of "
              + value.getClass().getName()
              + " is not a field; use a string, number, boolean, LocalDate, OffsetDateTime, enum,"
              + " collection, map or record");
    }
    return JsonValue.of(fields);
  }

  /** Checks the keys of a map. */
  static void keys(Map<?, ?> map) {
    for (Object key : map.keySet()) {
      if (!(key instanceof String)) {
        throw new IllegalArgumentException("keys of a map must be strings, and not null");
      }
    }
  }
}
