package io.github.persona4j.json;

import java.io.IOException;
import java.util.List;

/**
 * The type of a generated model: its name and its properties, in the order of the description.
 *
 * @param <T> the model
 */
public abstract class ModelType<T extends JsonModel> extends JsonType<T> {
  private final String name;
  private final List<String> properties;
  private final String[] names;

  /**
   * For generated code.
   *
   * @param name the name of the schema
   * @param properties the names of the properties as JSON has them
   */
  protected ModelType(String name, List<String> properties) {
    super("object");
    this.name = name;
    this.properties = properties;
    this.names = properties.toArray(new String[0]);
  }

  /** Reads the value of a property, by its position from 1 on, into what its slot holds. */
  protected abstract Object readProperty(JsonInput in, int position) throws IOException;

  /** Makes the model of its slots. */
  protected abstract T create(Slots slots);

  /** Called when all properties are read; an envelope refuses to be without its data. */
  protected void complete(Slots slots) {}

  @Override
  final Object read(JsonInput in) throws IOException {
    if (!in.isObject()) {
      return in.other(words());
    }
    return readObject(in);
  }

  final T readObject(JsonInput in) throws IOException {
    Slots slots = new Slots(names.length, in);
    int position = 0;
    in.beginObject();
    while (in.hasNext()) {
      position = in.nextProperty(this, position);
      if (position > 0) {
        slots.put(position, readProperty(in, position));
      } else {
        slots.putAdditional(in, in.name());
      }
    }
    in.endObject();
    complete(slots);
    return create(slots);
  }

  /**
   * The position of a property, from 1 on; 0 where there is none. Properties most often stand in
   * the order of the description, so the search begins behind the one before.
   */
  final int position(String name, int previous) {
    int count = names.length;
    for (int i = 0; i < count; i++) {
      int index = previous + i < count ? previous + i : previous + i - count;
      if (names[index].equals(name)) {
        return index + 1;
      }
    }
    return 0;
  }

  @Override
  final T empty() {
    return create(new Slots(properties.size(), null));
  }

  final String name() {
    return name;
  }

  final List<String> properties() {
    return properties;
  }

  /** Whether the values of a property carry no personal data, so that logs may show them. */
  protected boolean isSafeToLog(String property) {
    return false;
  }
}
