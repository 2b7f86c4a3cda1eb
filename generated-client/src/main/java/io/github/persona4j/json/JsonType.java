package io.github.persona4j.json;

import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes one type of JSON value, streaming.
 *
 * <p>Every generated class has one, as its constant {@code TYPE}; nothing is looked up by
 * reflection. A type reads into a <em>slot</em>: the value itself, an explicit null, or the raw
 * JSON of a value that is not of this type. Thread-safe.
 *
 * @param <T> the Java type of the value
 */
public abstract class JsonType<T> {
  /** A text. */
  public static final JsonType<String> TEXT =
      new JsonType<>("text") {
        @Override
        Object read(JsonInput in) throws IOException {
          return in.text();
        }
      };

  /** A whole number. */
  public static final JsonType<Long> INTEGER =
      new JsonType<>("integer") {
        @Override
        Object read(JsonInput in) throws IOException {
          return in.integer();
        }
      };

  /** Any number, with all its digits. */
  public static final JsonType<BigDecimal> DECIMAL =
      new JsonType<>("number") {
        @Override
        Object read(JsonInput in) throws IOException {
          return in.decimal();
        }

        @Override
        BigDecimal value(Object slot) {
          return ((JsonValue) slot).asDecimal();
        }

        @Override
        Object slot(BigDecimal value) {
          return JsonValue.of(value);
        }
      };

  /** True or false. */
  public static final JsonType<Boolean> BOOLEAN =
      new JsonType<>("boolean") {
        @Override
        Object read(JsonInput in) throws IOException {
          return in.bool();
        }
      };

  /** A calendar date in the form of ISO-8601, {@code 2025-12-08}. */
  public static final JsonType<LocalDate> DATE =
      new JsonType<>("date") {
        @Override
        Object read(JsonInput in) throws IOException {
          return in.date();
        }

        @Override
        LocalDate value(Object slot) {
          return IsoDates.date((String) slot);
        }

        @Override
        Object slot(LocalDate value) {
          return value.toString();
        }
      };

  /** A moment with its offset in the form of ISO-8601, {@code 2025-12-08T10:15:30.000Z}. */
  public static final JsonType<OffsetDateTime> DATE_TIME =
      new JsonType<>("date-time") {
        @Override
        Object read(JsonInput in) throws IOException {
          return in.dateTime();
        }

        @Override
        OffsetDateTime value(Object slot) {
          return IsoDates.dateTime((String) slot);
        }

        @Override
        Object slot(OffsetDateTime value) {
          return IsoDates.format(value);
        }
      };

  /** Any value at all, as raw JSON. */
  public static final JsonType<JsonValue> ANY =
      new JsonType<>("any value") {
        @Override
        Object read(JsonInput in) throws IOException {
          return in.any();
        }

        @Override
        Object slot(JsonValue value) {
          return value.isNull() ? ExplicitNull.NULL : value;
        }
      };

  private final String words;
  private @Nullable JsonType<List<T>> list;

  JsonType(String words) {
    this.words = words;
  }

  /** A list of values of one type. */
  public static <T> JsonType<List<T>> list(JsonType<T> items) {
    JsonType<List<T>> list = Objects.requireNonNull(items, "items").list;
    if (list == null) {
      list = new ListType<>(items);
      items.list = list; // made twice by two threads at worst
    }
    return list;
  }

  /** An object whose keys are free and whose values have one type. */
  public static <T> JsonType<Map<String, T>> map(JsonType<T> values) {
    Objects.requireNonNull(values, "values");
    return new JsonType<>("object") {
      @Override
      Object read(JsonInput in) throws IOException {
        return in.map(values);
      }

      @Override
      Object slot(Map<String, T> value) {
        return JsonMap.copyOf(value, values);
      }

      @Override
      Map<String, T> empty() {
        return Map.of();
      }
    };
  }

  /** The type of an interface that is read as one class; for generated code. */
  @SuppressWarnings("unchecked") // an S is a T, and values are written by what they are
  public static <T, S extends T> JsonType<T> shared(JsonType<S> type) {
    return (JsonType<T>) Objects.requireNonNull(type, "type");
  }

  /** What the description calls this type, for messages. */
  final String words() {
    return words;
  }

  /** Reads the next value into a slot. */
  abstract Object read(JsonInput in) throws IOException;

  /** The value in a slot that holds one. */
  @SuppressWarnings("unchecked") // a slot is filled by read or by slot of the same type
  T value(Object slot) {
    return (T) slot;
  }

  /** What stands for a required value that is absent; null where nothing can. */
  @Nullable T empty() {
    return null;
  }

  /** The slot for a value. */
  Object slot(T value) {
    return value;
  }

  /** The slot for a value that was kept as raw JSON and stood at a path. */
  final Object slot(JsonValue json, String path) {
    try {
      return read(JsonInput.ofValue(json, path));
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a text in memory does not fail
    }
  }

  /**
   * Reads one JSON text.
   *
   * @param text the whole text
   * @param strict whether a value of an unexpected type anywhere fails; otherwise it is kept, and
   *     only its accessor throws
   * @throws MalformedJsonException if the text is not JSON, not of this type, or beyond {@link
   *     JsonLimits#standard()}
   */
  public final T fromJson(String text, boolean strict) {
    return fromJson(text, strict, JsonLimits.standard());
  }

  /**
   * As {@link #fromJson(String, boolean)}, within other limits.
   *
   * @param limits how much memory the values may take; the length of the text is not limited
   * @throws MalformedJsonException if the text is not JSON, not of this type, or beyond the limits
   */
  public final T fromJson(String text, boolean strict, JsonLimits limits) {
    Objects.requireNonNull(text, "text");
    Objects.requireNonNull(limits, "limits");
    try {
      return readAll(JsonInput.of(text, strict, limits));
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a text in memory does not fail
    }
  }

  /**
   * Reads one JSON text from a stream, which stays open.
   *
   * @param source the text in UTF-8; a failure of its own is passed on as it is
   * @param strict as in {@link #fromJson(String, boolean)}
   * @throws MalformedJsonException if the text is not JSON, not of this type, or beyond {@link
   *     JsonLimits#standard()}
   * @throws IOException if the source fails
   */
  public final T read(InputStream source, boolean strict) throws IOException {
    return read(source, strict, JsonLimits.standard());
  }

  /**
   * As {@link #read(InputStream, boolean)}, within other limits.
   *
   * @throws MalformedJsonException if the text is not JSON, not of this type, or beyond the limits
   * @throws IOException if the source fails
   */
  public final T read(InputStream source, boolean strict, JsonLimits limits) throws IOException {
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(limits, "limits");
    return readAll(JsonInput.of(source, strict, limits));
  }

  /** Reads a value that was kept as raw JSON. */
  final T fromValue(JsonValue json) {
    try {
      return readAll(JsonInput.ofValue(json, "$"));
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a text in memory does not fail
    }
  }

  private T readAll(JsonInput in) throws IOException {
    Object slot = read(in);
    if (slot instanceof Unexpected unexpected) {
      throw new MalformedJsonException(
          MalformedJsonException.Reason.UNEXPECTED_TYPE,
          unexpected.path(),
          " (" + words + " expected)");
    }
    if (slot == ExplicitNull.NULL) {
      throw new MalformedJsonException(
          MalformedJsonException.Reason.UNEXPECTED_TYPE,
          "$",
          " (" + words + " expected, not null)");
    }
    in.end();
    return value(slot);
  }

  /**
   * This type as an adapter of Gson, for those who keep a {@code Gson} of their own.
   *
   * @return an adapter that reads leniently, within {@link JsonLimits#standard()}, and writes null
   *     as null
   */
  public final TypeAdapter<T> typeAdapter() {
    return new TypeAdapter<>() {
      @Override
      public @Nullable T read(JsonReader reader) throws IOException {
        Object slot = JsonType.this.read(JsonInput.of(reader));
        if (slot == ExplicitNull.NULL) {
          return null;
        }
        if (slot instanceof Unexpected unexpected) {
          throw unexpected.error();
        }
        return value(slot);
      }

      @Override
      public void write(JsonWriter writer, @Nullable T value) throws IOException {
        if (value == null) {
          writer.nullValue();
        } else {
          writer.jsonValue(JsonValue.written(slot(value)).json());
        }
      }
    };
  }

  private static final class ListType<T> extends JsonType<List<T>> {
    private final JsonType<T> items;

    ListType(JsonType<T> items) {
      super("list");
      this.items = items;
    }

    @Override
    Object read(JsonInput in) throws IOException {
      return in.list(items);
    }

    @Override
    Object slot(List<T> value) {
      return JsonList.copyOf(value, items);
    }

    @Override
    List<T> empty() {
      return List.of();
    }
  }
}
