package io.github.persona4j.json;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The type of a generated model, with its name and its properties in the order of the description.
 *
 * @param <T> the model
 */
public abstract class ModelType<T extends JsonModel> extends JsonType<T> {
  private final String name;
  private final List<String> properties;
  private final String[] names;

  // Created lazily; at worst, two threads both create one.
  private final byte[] @Nullable [] quoted;

  // By position: the property that followed most recently. Only a hint, so races are harmless.
  private final int[] followers;

  /**
   * For generated code.
   *
   * @param name the name of the schema
   * @param properties the names of the properties in JSON
   */
  protected ModelType(String name, List<String> properties) {
    super("object");
    this.name = name;
    this.properties = properties;
    this.names = properties.toArray(new String[0]);
    this.quoted = new byte[names.length + 1][];
    this.followers = new int[names.length + 1];
    for (int i = 0; i < names.length; i++) {
      followers[i] = i + 1; // as in the description
    }
  }

  /** Reads the value of a property, by its position from 1, and returns its slot. */
  protected abstract Object readProperty(JsonInput in, int position) throws IOException;

  /** Returns the slot of a property, by its position from 1, for a raw value. */
  final Object slot(int position, JsonValue json) {
    try {
      return readProperty(JsonInput.ofValue(json, name + ".*"), position);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // not possible in memory
    }
  }

  /** Creates the model with its slots. */
  protected abstract T create(Slots slots);

  /** Called when all properties were read. An envelope throws if its data is missing. */
  protected void complete(Slots slots) {}

  @Override
  final Object read(JsonInput in) throws IOException {
    if (!in.isObject()) {
      return in.other(description());
    }
    return readObject(in);
  }

  final T readObject(JsonInput in) throws IOException {
    in.beginModel(names.length);
    Slots slots = new Slots(names.length, in);
    int previous = 0;
    boolean ordered = hasOwnNames();
    if (ordered) {
      in.hideNames();
    }
    while (in.hasNext()) {
      int position = in.nextProperty(this, previous);
      if (ordered) {
        slots.chargeName(in);
        if (position > 0 && (position < previous || slots.additional != null)) {
          slots.keepOrder(names);
        }
      }
      if (position > 0) {
        slots.put(position, readProperty(in, position));
        slots.putName(names[position - 1]);
        previous = position;
      } else {
        String unknown = in.name();
        slots.putAdditional(in, unknown);
        slots.putName(unknown);
      }
    }
    in.endObject();
    complete(slots);
    return create(slots);
  }

  /** Returns the position of the property that is expected to follow; 0 for none. */
  final int follower(int previous) {
    return followers[previous];
  }

  /** Returns the bytes of the name of a property with quotes and colon. */
  final byte[] quoted(int position) {
    byte[] bytes = quoted[position];
    if (bytes == null) {
      bytes = ("\"" + names[position - 1] + "\":").getBytes(StandardCharsets.UTF_8);
      quoted[position] = bytes;
    }
    return bytes;
  }

  final String property(int position) {
    return names[position - 1];
  }

  /**
   * Returns the position of a property, from 1; 0 if there is none. Remembers which property
   * followed.
   *
   * @param previous the position of the previous property, 0 for none
   */
  final int position(String name, int previous) {
    for (int i = 0; i < names.length; i++) {
      if (names[i].equals(name)) {
        followers[previous] = i + 1;
        return i + 1;
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

  /** Returns whether users choose the names of properties, which messages then do not contain. */
  protected boolean hasOwnNames() {
    return false;
  }

  /** Returns whether the values of a property contain no personal data and may be logged. */
  protected boolean isSafeToLog(String property) {
    return false;
  }
}
