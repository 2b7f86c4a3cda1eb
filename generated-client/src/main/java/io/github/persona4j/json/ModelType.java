package io.github.persona4j.json;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The type of a generated model: its name and its properties, in the order of the description.
 *
 * @param <T> the model
 */
public abstract class ModelType<T extends JsonModel> extends JsonType<T> {
  private final String name;
  private final List<String> properties;
  private final String[] names;

  // Made when they are asked for, and twice by two threads at worst.
  private final byte[] @Nullable [] quoted;

  // By positions: which property followed another the last time. Only a guess, so threads may
  // overwrite each other.
  private final int[] followers;

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
    this.quoted = new byte[names.length + 1][];
    this.followers = new int[names.length + 1];
    for (int i = 0; i < names.length; i++) {
      followers[i] = i + 1; // as in the description
    }
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
    in.beginModel(names.length);
    Slots slots = new Slots(names.length, in);
    int previous = 0;
    boolean ordered = hasOwnNames();
    if (ordered) {
      in.hideNames();
    }
    while (in.hasNext()) {
      int position = in.nextProperty(this, previous);
      if (position > 0) {
        slots.put(position, readProperty(in, position));
        previous = position;
        if (ordered) {
          slots.putName(in, names[position - 1]);
        }
      } else {
        String unknown = in.name();
        slots.putAdditional(in, unknown);
        if (ordered) {
          slots.putName(in, unknown);
        }
      }
    }
    in.endObject();
    complete(slots);
    return create(slots);
  }

  /** The position of the property that is to be expected behind another; 0 for none. */
  final int follower(int previous) {
    return followers[previous];
  }

  /** The bytes of a property's name with its quotes and the colon. */
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
   * The position of a property, from 1 on; 0 where there is none. What followed what is remembered.
   *
   * @param previous the position of the property before, 0 for none
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

  /** Whether users choose the names of properties, so that no message shows one. */
  protected boolean hasOwnNames() {
    return false;
  }

  /** Whether the values of a property carry no personal data, so that logs may show them. */
  protected boolean isSafeToLog(String property) {
    return false;
  }
}
