package io.github.persona4j.json;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The shapes that the description allows for a value, determined by reading samples. */
final class Shape {
  /** A sample value. */
  enum Sample {
    STRING("\"x\""),
    DATE("\"2025-12-08\""),
    DATE_TIME("\"2025-12-08T10:15:30.000Z\""),
    INTEGER("1"),
    DECIMAL("1.5"),
    BOOLEAN("true"),
    LIST("[]"),
    OBJECT("{}");

    final String json;

    Sample(String json) {
      this.json = json;
    }
  }

  private interface Read {
    Object read(JsonInput in) throws IOException;
  }

  private final Read read;
  private @Nullable Set<Sample> fitting;
  private final Map<String, Shape> children = new HashMap<>();

  private Shape(Read read) {
    this.read = read;
  }

  static Shape of(JsonType<?> type) {
    return new Shape(type::read);
  }

  /** Returns the slot for a value; null for an envelope without its data. */
  @Nullable Object slot(String json) {
    try {
      return read.read(JsonInput.of(json, false, JsonLimits.standard()));
    } catch (MalformedJsonException e) {
      return null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the samples that are of the described type. */
  Set<Sample> fitting() {
    Set<Sample> found = fitting;
    if (found == null) {
      found = EnumSet.noneOf(Sample.class);
      for (Sample sample : Sample.values()) {
        Object slot = slot(sample.json);
        if (slot == null ? sample == Sample.OBJECT : !(slot instanceof UnexpectedValue)) {
          found.add(sample);
        }
      }
      fitting = found;
    }
    return found;
  }

  /** Returns the shape of the items of a list. */
  Shape item() {
    return children.computeIfAbsent(
        "[]",
        key ->
            new Shape(
                in ->
                    read.read(reading("[" + in.raw().json() + "]")) instanceof JsonList<?> list
                        ? list.slots()[0]
                        : JsonValue.NULL));
  }

  /** Returns the shape of the values of a map. */
  Shape value() {
    return children.computeIfAbsent(
        "{}",
        key ->
            new Shape(
                in ->
                    read.read(reading("{\"k\":" + in.raw().json() + "}")) instanceof JsonMap<?> map
                        ? Objects.requireNonNull(map.slots().get("k"))
                        : JsonValue.NULL));
  }

  /** Returns the shape of a property of a model. */
  Shape property(ModelType<?> model, String name) {
    int index = model.properties().indexOf(name);
    return children.computeIfAbsent(
        model.name() + "." + name, key -> new Shape(in -> model.readProperty(in, index + 1)));
  }

  private static JsonInput reading(String json) {
    return JsonInput.of(json, false, JsonLimits.standard());
  }

  /** Returns the required properties of an envelope. */
  static Set<String> indispensable(ModelType<?> model) {
    Slots slots = new Slots(model.properties().size(), null);
    Set<String> names = new HashSet<>();
    while (true) {
      try {
        model.complete(slots);
        return names;
      } catch (MalformedJsonException e) {
        String name = e.path().substring(2);
        names.add(name);
        slots.put(model.properties().indexOf(name) + 1, JsonValue.of(true));
      }
    }
  }
}
