package io.github.persona4j.contract;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.persona4j.json.FieldValue;
import io.github.persona4j.json.JsonValue;
import io.github.persona4j.json.OpenValue;
import io.github.persona4j.json.ShapeUnion;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.temporal.Temporal;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Compares the Java types and values of accessors with JSON. */
final class JavaTypes {
  private JavaTypes() {}

  /** Returns the class of a type, without type arguments. */
  static Class<?> raw(Type type) {
    return (Class<?>) (type instanceof ParameterizedType generic ? generic.getRawType() : type);
  }

  /** Returns the type of the items of a list, or of the values of a map. */
  static Type itemOf(Type type) {
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      return arguments[arguments.length - 1];
    }
    throw new IllegalArgumentException(type + " has no items");
  }

  /** Returns whether a JSON value can be read as a type. */
  static boolean canHold(Type type, JsonNode json) {
    Class<?> raw = raw(type);
    if (raw == JsonValue.class
        || raw == FieldValue.class
        || ShapeUnion.class.isAssignableFrom(raw)) {
      return true;
    } else if (raw == String.class || OpenValue.class.isAssignableFrom(raw)) {
      return json.isTextual();
    } else if (raw == Long.class) {
      return json.isIntegralNumber() && json.canConvertToLong();
    } else if (raw == Integer.class) {
      return json.isIntegralNumber() && json.canConvertToInt();
    } else if (raw == BigDecimal.class) {
      return json.isNumber();
    } else if (raw == Boolean.class || raw == boolean.class) {
      return json.isBoolean();
    } else if (raw == LocalDate.class) {
      return time(json, LocalDate::parse) != null;
    } else if (raw == OffsetDateTime.class) {
      return time(json, OffsetDateTime::parse) != null;
    } else if (List.class.isAssignableFrom(raw)) {
      return json.isArray();
    }
    return json.isObject(); // a map, a model, or an interface of models
  }

  /** Returns whether a simple value, such as a string or a date, equals a JSON value. */
  static boolean isEqual(Object value, JsonNode json) {
    if (value instanceof String text) {
      return json.isTextual() && json.textValue().equals(text);
    } else if (value instanceof OpenValue open) {
      return json.isTextual() && json.textValue().equals(open.value());
    } else if (value instanceof Long || value instanceof Integer) {
      BigDecimal number = BigDecimal.valueOf(((Number) value).longValue());
      return json.isNumber() && json.decimalValue().compareTo(number) == 0;
    } else if (value instanceof BigDecimal number) {
      return json.isNumber() && json.decimalValue().compareTo(number) == 0;
    } else if (value instanceof Boolean flag) {
      return json.isBoolean() && json.booleanValue() == flag;
    } else if (value instanceof LocalDate date) {
      return date.equals(time(json, LocalDate::parse));
    } else if (value instanceof OffsetDateTime time) {
      return time.equals(time(json, OffsetDateTime::parse));
    }
    return false;
  }

  /** Returns whether a value has no properties or items. */
  static boolean isSimple(Object value) {
    return value instanceof String
        || value instanceof OpenValue
        || value instanceof Number
        || value instanceof Boolean
        || value instanceof Temporal;
  }

  /** Returns whether a value is an empty list or map. */
  static boolean isEmpty(Object value) {
    return value instanceof Collection<?> items
        ? items.isEmpty()
        : value instanceof Map<?, ?> map && map.isEmpty();
  }

  private static <T> @Nullable T time(JsonNode json, Function<String, T> parser) {
    try {
      return json.isTextual() ? parser.apply(json.textValue()) : null;
    } catch (DateTimeException e) {
      return null;
    }
  }
}
