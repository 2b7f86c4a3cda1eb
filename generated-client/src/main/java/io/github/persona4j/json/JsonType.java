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
 * A type of JSON values, which reads and writes them as a stream.
 *
 * <p>Every generated class has one as its constant {@code TYPE}; reflection is not used. A type
 * reads into a <em>slot</em>, which contains the value, an explicit null, or the raw JSON of a
 * value that is not of this type. Thread-safe.
 *
 * @param <T> the Java type of the value
 */
public abstract class JsonType<T> {
  /** A string. */
  public static final JsonType<String> STRING =
      new JsonType<>("string") {
        @Override
        Object read(JsonInput in) throws IOException {
          return in.string();
        }
      };

  /** An integer. */
  public static final JsonType<Long> INTEGER =
      new JsonType<>("integer") {
        @Override
        Object read(JsonInput in) throws IOException {
          return in.integer();
        }
      };

  /** A number with all its digits. */
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

  /** A boolean. */
  public static final JsonType<Boolean> BOOLEAN =
      new JsonType<>("boolean") {
        @Override
        Object read(JsonInput in) throws IOException {
          return in.bool();
        }
      };

  /** An ISO-8601 date such as {@code 2025-12-08}. */
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

  /** An ISO-8601 timestamp with an offset, such as {@code 2025-12-08T10:15:30.000Z}. */
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

  /** Any value as raw JSON. */
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

  private final String description;
  private @Nullable JsonType<List<T>> list;

  JsonType(String description) {
    this.description = description;
  }

  /** Returns the type of lists of a type. */
  public static <T> JsonType<List<T>> list(JsonType<T> items) {
    JsonType<List<T>> list = Objects.requireNonNull(items, "items").list;
    if (list == null) {
      list = new ListType<>(items);
      items.list = list; // at worst, two threads both create it
    }
    return list;
  }

  /** Returns the type of objects with arbitrary keys and values of a type. */
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

  /** Returns the type of an interface with one implementation; for generated code. */
  @SuppressWarnings("unchecked") // an S is a T, and writing depends on the class of the value
  public static <T, S extends T> JsonType<T> shared(JsonType<S> type) {
    return (JsonType<T>) Objects.requireNonNull(type, "type");
  }

  /** Returns the name of this type for messages. */
  final String description() {
    return description;
  }

  /** Reads the next value into a slot. */
  abstract Object read(JsonInput in) throws IOException;

  /** Returns the value of a slot that contains one. */
  @SuppressWarnings("unchecked") // a slot is filled by read or by slot of the same type
  T value(Object slot) {
    return (T) slot;
  }

  /** Returns the empty value for a required property that is absent; null if this type has none. */
  @Nullable T empty() {
    return null;
  }

  /** Returns the slot for a value. */
  Object slot(T value) {
    return value;
  }

  /** Returns the slot for a raw value with a path. */
  final Object slot(JsonValue json, String path) {
    try {
      return read(JsonInput.ofValue(json, path));
    } catch (IOException e) {
      throw new UncheckedIOException(e); // not possible in memory
    }
  }

  /**
   * Reads a JSON document.
   *
   * @param json the document
   * @param strict whether any value of an unexpected type is an error; otherwise it is kept, and
   *     only its accessor throws
   * @throws MalformedJsonException if the document is not JSON, not of this type, or exceeds {@link
   *     JsonLimits#standard()}
   */
  public final T fromJson(String json, boolean strict) {
    return fromJson(json, strict, JsonLimits.standard());
  }

  /**
   * As {@link #fromJson(String, boolean)}, with other limits.
   *
   * @param limits the limit of the memory of values; the length of the document is not limited
   * @throws MalformedJsonException if the document is not JSON, not of this type, or exceeds the
   *     limits
   */
  public final T fromJson(String json, boolean strict, JsonLimits limits) {
    Objects.requireNonNull(json, "json");
    Objects.requireNonNull(limits, "limits");
    try {
      return readAll(JsonInput.of(json, strict, limits));
    } catch (IOException e) {
      throw new UncheckedIOException(e); // not possible in memory
    }
  }

  /**
   * Reads a JSON document from a stream, which is not closed.
   *
   * @param source the document in UTF-8; an exception that it throws is not wrapped
   * @param strict as in {@link #fromJson(String, boolean)}
   * @throws MalformedJsonException if the document is not JSON, not of this type, or exceeds {@link
   *     JsonLimits#standard()}
   * @throws IOException if the source fails
   */
  public final T read(InputStream source, boolean strict) throws IOException {
    return read(source, strict, JsonLimits.standard());
  }

  /**
   * As {@link #read(InputStream, boolean)}, with other limits.
   *
   * @throws MalformedJsonException if the document is not JSON, not of this type, or exceeds the
   *     limits
   * @throws IOException if the source fails
   */
  public final T read(InputStream source, boolean strict, JsonLimits limits) throws IOException {
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(limits, "limits");
    return readAll(JsonInput.of(source, strict, limits));
  }

  /**
   * Reads a JSON document whose property names may be in kebab, camel or snake casing, such as the
   * body of a webhook. A name of the description is recognized in each of them, and the result is
   * the same as that of a document in kebab casing. All other names are as received: those of
   * properties that are not in the description, all within their values, and all within {@code
   * fields}, whose names the API never converts.
   *
   * @param document the document in UTF-8
   * @throws MalformedJsonException if the document is not JSON, not of this type, or exceeds the
   *     limits
   */
  public final T readAnyCasing(byte[] document, JsonLimits limits) {
    Objects.requireNonNull(document, "document");
    Objects.requireNonNull(limits, "limits");
    return readAnyCasing(JsonInput.of(document, false, limits));
  }

  /**
   * As {@link #readAnyCasing}, from a string, with the limits {@link JsonLimits#standard()}.
   *
   * @throws MalformedJsonException if the document is not JSON, not of this type, or exceeds the
   *     limits
   */
  public final T fromJsonAnyCasing(String json) {
    Objects.requireNonNull(json, "json");
    return readAnyCasing(JsonInput.of(json, false, JsonLimits.standard()));
  }

  private T readAnyCasing(JsonInput in) {
    in.expectAnyCasing();
    try {
      return readAll(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // not possible in memory
    }
  }

  /** Reads a raw value. */
  final T fromValue(JsonValue json) {
    try {
      return readAll(JsonInput.ofValue(json, "$"));
    } catch (IOException e) {
      throw new UncheckedIOException(e); // not possible in memory
    }
  }

  private T readAll(JsonInput in) throws IOException {
    Object slot = read(in);
    if (slot instanceof UnexpectedValue unexpected) {
      throw new MalformedJsonException(
          MalformedJsonException.Reason.UNEXPECTED_TYPE,
          unexpected.path(),
          " (" + description + " expected)");
    }
    if (slot == ExplicitNull.NULL) {
      throw new MalformedJsonException(
          MalformedJsonException.Reason.UNEXPECTED_TYPE,
          "$",
          " (" + description + " expected, not null)");
    }
    in.expectEnd();
    return value(slot);
  }

  /**
   * Returns a Gson adapter of this type, for users of {@code Gson}.
   *
   * @return an adapter that is not strict, has the limits {@link JsonLimits#standard()}, and writes
   *     null as null
   */
  public final TypeAdapter<T> typeAdapter() {
    return new TypeAdapter<>() {
      @Override
      public @Nullable T read(JsonReader reader) throws IOException {
        Object slot = JsonType.this.read(JsonInput.of(reader));
        if (slot == ExplicitNull.NULL) {
          return null;
        }
        if (slot instanceof UnexpectedValue unexpected) {
          throw unexpected.error();
        }
        return value(slot);
      }

      @Override
      public void write(JsonWriter writer, @Nullable T value) throws IOException {
        if (value == null) {
          writer.nullValue();
        } else {
          GsonValue.write(writer, JsonValue.written(slot(value)).json());
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
