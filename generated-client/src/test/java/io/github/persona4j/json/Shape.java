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

/** What the description expects in one place, learnt by offering values to the type. */
final class Shape {
  /** A value to offer. */
  enum Sample {
    TEXT("\"x\""),
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

  /** The slot for a value; an envelope without its data has none. */
  @Nullable Object slot(String json) {
    try {
      return read.read(JsonInput.of(json, false, JsonLimits.standard()));
    } catch (MalformedJsonException e) {
      return null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The values that are of the described type. */
  Set<Sample> fitting() {
    Set<Sample> found = fitting;
    if (found == null) {
      found = EnumSet.noneOf(Sample.class);
      for (Sample sample : Sample.values()) {
        Object slot = slot(sample.json);
        if (slot == null ? sample == Sample.OBJECT : !(slot instanceof Unexpected)) {
          found.add(sample);
        }
      }
      fitting = found;
    }
    return found;
  }

  /** The shape of a list's items. */
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

  /** The shape of a map's values. */
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

  /** The shape of a model's property. */
  Shape property(ModelType<?> model, String name) {
    int index = model.properties().indexOf(name);
    return children.computeIfAbsent(
        model.name() + "." + name, key -> new Shape(in -> model.readProperty(in, index + 1)));
  }

  private static JsonInput reading(String json) {
    return JsonInput.of(json, false, JsonLimits.standard());
  }

  /** The properties that an envelope cannot be without. */
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
