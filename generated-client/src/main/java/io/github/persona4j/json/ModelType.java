package io.github.persona4j.json;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The type of a generated model, with its name and its properties in the order of the description.
 *
 * <p>The types of properties are found when they are first needed, so that models may refer to each
 * other. Thread-safe.
 *
 * @param <T> the model
 */
public final class ModelType<T extends JsonModel> extends JsonType<T> {
  private enum Kind {
    PLAIN,
    ENVELOPE,
    OWN_NAMES
  }

  private final String name;
  private final Kind kind;
  private final JsonTypes schemas;
  private final T prototype;
  private final DescribedProperty[] described;
  private final String[] names;
  private final List<String> properties;

  // Created lazily; at worst, two threads both create one.
  private final byte[] @Nullable [] quoted;
  private final @Nullable JsonType<?>[] types;

  // The names in the other casings, created lazily as above.
  private @Nullable CasedNames camel;
  private @Nullable CasedNames snake;

  // By position: the property that followed most recently. Only a hint, so races are harmless.
  private final int[] followers;

  private ModelType(Kind kind, String name, JsonTypes schemas, T prototype, String properties) {
    super("object");
    this.name = Objects.requireNonNull(name, "name");
    this.kind = kind;
    this.schemas = Objects.requireNonNull(schemas, "schemas");
    this.prototype = Objects.requireNonNull(prototype, "prototype");
    this.described = DescribedProperty.parse(Objects.requireNonNull(properties, "properties"));
    this.names = new String[described.length];
    this.types = new JsonType<?>[described.length];
    this.quoted = new byte[described.length + 1][];
    this.followers = new int[described.length + 1];
    for (int i = 0; i < described.length; i++) {
      names[i] = described[i].name();
      followers[i] = i + 1; // as in the description
    }
    this.properties = List.of(names);
  }

  /**
   * Returns the type of a model; for generated code.
   *
   * @param name the name of the schema
   * @param schemas finds the types of properties by their schema
   * @param prototype any instance, which creates the others
   * @param properties the properties, one per line: the name, the type, and what else holds for it.
   *     A type is {@code string}, {@code integer}, {@code number}, {@code boolean}, {@code date},
   *     {@code date-time}, {@code any}, the name of a schema, {@code "constant"}, {@code [type]}
   *     for a list, or {@code {type}} for an object with arbitrary names. The rest is {@code
   *     required}, {@code nullable} if it is also required, and {@code loggable}, in this order.
   */
  public static <T extends JsonModel> ModelType<T> of(
      String name, JsonTypes schemas, T prototype, String properties) {
    return new ModelType<>(Kind.PLAIN, name, schemas, prototype, properties);
  }

  /** As {@link #of}, for an envelope, which cannot be read without its required properties. */
  public static <T extends JsonModel> ModelType<T> ofEnvelope(
      String name, JsonTypes schemas, T prototype, String properties) {
    return new ModelType<>(Kind.ENVELOPE, name, schemas, prototype, properties);
  }

  /** As {@link #of}, for a model whose other properties are named by users. */
  public static <T extends JsonModel> ModelType<T> ofOwnNames(
      String name, JsonTypes schemas, T prototype, String properties) {
    return new ModelType<>(Kind.OWN_NAMES, name, schemas, prototype, properties);
  }

  /** Returns the type of a property, by its position from 1. */
  JsonType<?> type(int position) {
    JsonType<?> type = types[position - 1];
    if (type == null) {
      type = described[position - 1].type(schemas);
      types[position - 1] = type;
    }
    return type;
  }

  /** Reads the value of a property, by its position from 1, and returns its slot. */
  Object readProperty(JsonInput in, int position) throws IOException {
    return type(position).read(in);
  }

  @SuppressWarnings("unchecked") // a prototype creates models of its own class
  private T create(Slots slots) {
    return (T) prototype.create(slots);
  }

  /** Returns the slot of a property, by its position from 1, for a raw value. */
  Object slot(int position, JsonValue json) {
    try {
      return readProperty(JsonInput.ofValue(json, name + ".*"), position);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // not possible in memory
    }
  }

  /**
   * Called when all properties were read.
   *
   * @throws MalformedJsonException if this is an envelope without its data
   */
  void complete(Slots slots) {
    if (kind == Kind.ENVELOPE) {
      for (int i = 0; i < names.length; i++) {
        if (described[i].isRequired() && !described[i].isNullable()) {
          slots.require(i + 1, names[i]);
        }
      }
    }
  }

  @Override
  Object read(JsonInput in) throws IOException {
    if (!in.isObject()) {
      return in.other(description());
    }
    return readObject(in);
  }

  T readObject(JsonInput in) throws IOException {
    in.beginModel(names.length);
    Slots slots = new Slots(names.length, in);
    int previous = 0;
    boolean ordered = hasOwnNames();
    boolean anyCasing = ordered && in.expectDescribedNames();
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
        String respelled = in.respelledName();
        slots.put(in, position, readProperty(in, position), respelled);
        slots.putName(names[position - 1]);
        previous = position;
      } else {
        String unknown = in.name();
        slots.putAdditional(in, unknown);
        slots.putName(unknown);
      }
    }
    in.endObject();
    if (anyCasing) {
      in.expectAnyCasing();
    }
    complete(slots);
    return create(slots);
  }

  /** Returns the position of the property that is expected to follow; 0 for none. */
  int follower(int previous) {
    return followers[previous];
  }

  /** Returns the bytes of the name of a property with quotes and colon. */
  byte[] quoted(int position) {
    byte[] bytes = quoted[position];
    if (bytes == null) {
      bytes = CasedNames.quoted(names[position - 1]);
      quoted[position] = bytes;
    }
    return bytes;
  }

  /** As {@link #quoted(int)}, in a casing. */
  byte[] quoted(int position, Casing casing) {
    return casing == Casing.KEBAB ? quoted(position) : cased(casing).quoted(position);
  }

  /** Returns the name of a property in a casing. */
  String property(int position, Casing casing) {
    return casing == Casing.KEBAB ? names[position - 1] : cased(casing).name(position);
  }

  private CasedNames cased(Casing casing) {
    CasedNames cased = casing == Casing.CAMEL ? camel : snake;
    if (cased == null) {
      cased = new CasedNames(names, casing);
      if (casing == Casing.CAMEL) {
        camel = cased;
      } else {
        snake = cased;
      }
    }
    return cased;
  }

  String property(int position) {
    return names[position - 1];
  }

  /**
   * Returns the position of a property, from 1; 0 if there is none. Remembers which property
   * followed.
   *
   * @param previous the position of the previous property, 0 for none
   */
  int position(String name, int previous) {
    return position(name, previous, names);
  }

  /** As {@link #position(String, int)}, for a name in a casing. */
  int position(String name, int previous, Casing casing) {
    return position(name, previous, cased(casing).names());
  }

  private int position(String name, int previous, String[] names) {
    for (int i = 0; i < names.length; i++) {
      if (names[i].equals(name)) {
        followers[previous] = i + 1;
        return i + 1;
      }
    }
    return 0;
  }

  @Override
  T empty() {
    return create(new Slots(names.length, null));
  }

  /** Returns the slots of a new model, with the constants; for generated code. */
  public Slots newSlots() {
    Slots slots = new Slots(names.length, null);
    for (int i = 0; i < names.length; i++) {
      String constant = described[i].constant();
      if (constant != null) {
        slots.put(i + 1, constant);
      }
    }
    return slots;
  }

  String name() {
    return name;
  }

  List<String> properties() {
    return properties;
  }

  DescribedProperty described(int position) {
    return described[position - 1];
  }

  /** Returns whether users choose the names of properties, which messages then do not contain. */
  boolean hasOwnNames() {
    return kind == Kind.OWN_NAMES;
  }
}
