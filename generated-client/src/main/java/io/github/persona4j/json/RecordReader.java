package io.github.persona4j.json;

import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads fields into records of users. Messages name the component, never a key or a value. */
final class RecordReader {
  private static final Set<Class<?>> SINGLE_VALUES =
      Set.of(
          String.class,
          Boolean.class,
          boolean.class,
          Integer.class,
          int.class,
          Long.class,
          long.class,
          Double.class,
          double.class,
          BigDecimal.class,
          BigInteger.class,
          LocalDate.class,
          OffsetDateTime.class,
          JsonValue.class,
          FieldValue.class,
          FieldValues.class);

  private RecordReader() {}

  /**
   * Reads a record.
   *
   * @throws IllegalArgumentException if the record cannot be used
   * @throws UnexpectedTypeException if a value is not of the type of its component
   */
  static <R extends Record> R read(FieldValues fields, Class<R> type) {
    return type.cast(record(fields, type));
  }

  private static Object record(FieldValues fields, Class<?> type) {
    RecordShape shape = RecordShape.of(type);
    List<RecordShape.Component> components = shape.components();
    @Nullable Object[] values = new Object[components.size()];
    for (int i = 0; i < values.length; i++) {
      RecordShape.Component component = components.get(i);
      values[i] = value(fields.field(component.key()), component.type(), component.path());
    }
    return shape.create(values);
  }

  private static @Nullable Object value(@Nullable FieldValue field, Type type, String path) {
    if (type instanceof Class<?> plain) {
      return plain(field, plain, path);
    }
    if (type instanceof ParameterizedType generic) {
      Type[] arguments = generic.getActualTypeArguments();
      Object raw = generic.getRawType();
      if (raw == Optional.class) {
        return Optional.ofNullable(value(field, arguments[0], path));
      }
      if (raw == List.class) {
        return list(field, arguments[0], path);
      }
      if (raw == Map.class && arguments[0] == String.class) {
        return map(field, arguments[1], path);
      }
    }
    throw unsupported(path, type);
  }

  private static List<@Nullable Object> list(@Nullable FieldValue field, Type item, String path) {
    List<@Nullable Object> items = new ArrayList<>();
    if (field != null) {
      for (FieldValue value : field.asArray()) {
        items.add(value(value, item, path + "[" + items.size() + "]"));
      }
    }
    return Collections.unmodifiableList(items);
  }

  private static Map<String, @Nullable Object> map(
      @Nullable FieldValue field, Type value, String path) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    FieldValues hash = field == null ? null : field.at(path).asHash();
    if (hash != null) {
      for (String key : hash.fieldNames()) {
        map.put(key, value(hash.field(key), value, path + ".*"));
      }
    }
    return Collections.unmodifiableMap(map);
  }

  private static @Nullable Object plain(@Nullable FieldValue field, Class<?> type, String path) {
    check(type, path);
    JsonValue json = field == null ? null : field.value();
    if (field == null || json == null || json.isNull()) {
      if (type.isPrimitive()) {
        throw new UnexpectedTypeException(path, type + ", which cannot be null,", "absent or null");
      }
      return null;
    }
    return convert(field.at(path), type, path);
  }

  private static @Nullable Object convert(FieldValue field, Class<?> type, String path) {
    if (type == String.class) {
      return field.asString();
    } else if (type == boolean.class || type == Boolean.class) {
      return field.asBoolean();
    } else if (type == int.class || type == Integer.class) {
      return field.asInteger();
    } else if (type == long.class || type == Long.class) {
      return field.asLong();
    } else if (type == LocalDate.class) {
      return field.asDate();
    } else if (type == OffsetDateTime.class) {
      return field.asDateTime();
    } else if (type == JsonValue.class) {
      return field.value();
    } else if (type == FieldValue.class) {
      return field;
    } else if (type == FieldValues.class) {
      return field.asHash();
    } else if (type.isRecord()) {
      FieldValues hash = field.asHash();
      return hash == null ? null : record(hash, type);
    } else if (type.isEnum()) {
      return choice(field, type, path);
    } else if (JsonModel.class.isAssignableFrom(type)) {
      return field.as(modelType(type, path));
    }
    return number(field, type, path);
  }

  private static @Nullable Object number(FieldValue field, Class<?> type, String path) {
    BigDecimal number = field.asNumber();
    if (number == null) {
      return null;
    }
    try {
      if (type == double.class || type == Double.class) {
        if (Double.isFinite(number.doubleValue())) {
          return number.doubleValue();
        }
      } else if (type == BigInteger.class
          && Math.abs((long) number.scale()) <= JsonInput.MAX_DIGITS) {
        return number.toBigIntegerExact();
      } else if (type == BigDecimal.class) {
        return number;
      }
    } catch (ArithmeticException e) {
      // reported below
    }
    throw new UnexpectedTypeException(path, type.getSimpleName(), FieldValue.OUT_OF_RANGE);
  }

  @SuppressWarnings("unchecked") // is an enum
  private static Object choice(FieldValue field, Class<?> type, String path) {
    String string = field.asString();
    return RecordShape.choice((Class<? extends Enum<?>>) type, string == null ? "" : string)
        .orElseThrow(
            () ->
                new UnexpectedTypeException(
                    path, "a constant of " + type.getSimpleName(), "another string"));
  }

  private static JsonType<?> modelType(Class<?> type, String path) {
    try {
      Field constant = type.getField("TYPE");
      return (JsonType<?>) constant.get(null);
    } catch (ReflectiveOperationException e) {
      throw unsupported(path, type);
    }
  }

  /** Checks that a component has a supported type, whatever the value is. */
  private static void check(Class<?> type, String path) {
    boolean supported =
        SINGLE_VALUES.contains(type)
            || type.isRecord()
            || type.isEnum()
            || JsonModel.class.isAssignableFrom(type);
    if (!supported) {
      throw unsupported(path, type);
    }
  }

  private static IllegalArgumentException unsupported(String path, Type type) {
    return new IllegalArgumentException(
        path
            + ": "
            + type.getTypeName()
            + " is not a type of a field; use String, Integer, Long, Double, BigInteger,"
            + " BigDecimal, Boolean, LocalDate, OffsetDateTime, an enum, a record, List, Map with"
            + " strings as keys, Optional, FieldValue or a model");
  }
}
