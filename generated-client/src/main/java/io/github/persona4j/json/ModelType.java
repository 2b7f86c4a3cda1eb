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
  }

  /** Reads the value of one property into its slot. */
  protected abstract void readProperty(JsonInput in, String name, Slots slots) throws IOException;

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
    Slots slots = new Slots(properties.size(), in);
    in.beginObject();
    while (in.hasNext()) {
      readProperty(in, in.nextName(), slots);
    }
    in.endObject();
    complete(slots);
    return create(slots);
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
