package io.github.persona4j.json;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * What all generated models share: an immutable JSON object of which nothing is lost.
 *
 * <ul>
 *   <li>A property that is absent and one that is null are told apart, and written back as they
 *       were.
 *   <li>A property that the description does not know is kept: {@link #additionalProperties()}.
 *   <li>A value of another type than described is kept: only its accessor throws an {@link
 *       UnexpectedTypeException}, and {@link #property(String)} gives its raw JSON.
 *   <li>A property that came in the other spelling, {@code mime_type} for {@code mime-type}, has
 *       the same accessor, is found by {@link #property(String)} under either name, and is written
 *       back in the spelling it came in. The API does not change the keys below {@code fields}, so
 *       both occur (protocol: versions and casing). The described spelling goes first where both
 *       are present; only then the other is an additional property.
 * </ul>
 *
 * <p>Two models are equal when they are of one class and stand for the same JSON object.
 * Thread-safe.
 */
public abstract class JsonModel implements JsonObject {
  private static final int MAX_UNKNOWN_NAMES = 20;

  private final @Nullable Object[] slots;
  private final @Nullable Map<String, JsonValue> additional;
  private final @Nullable List<String> received;
  private int levels; // 0 before it is asked for; counted twice by two threads at worst

  /** For generated subclasses; takes the slots over. */
  protected JsonModel(Slots slots) {
    this.slots = slots.values;
    this.additional = slots.additional;
    this.received = slots.received;
  }

  /** The type of this model. */
  protected abstract ModelType<?> modelType();

  @Override
  public final Map<String, JsonValue> additionalProperties() {
    if (additional == null) {
      return Map.of();
    }
    Set<String> respelled = respelled(additional);
    if (respelled.isEmpty()) {
      return new JsonMap<>(additional, JsonType.ANY);
    }
    Map<String, JsonValue> unknown = new LinkedHashMap<>(additional);
    unknown.keySet().removeAll(respelled);
    return new JsonMap<>(unknown, JsonType.ANY);
  }

  /** The names of described properties that came in the other spelling. */
  private Set<String> respelled(Map<String, JsonValue> additional) {
    Set<String> found = new HashSet<>();
    List<String> described = modelType().properties();
    for (int i = 0; i < slots.length; i++) {
      String other = Spelling.other(described.get(i));
      if (slots[i] == null && additional.containsKey(other)) {
        found.add(other);
      }
    }
    return found;
  }

  private Set<String> additionalNames() {
    return additional == null ? Set.of() : additional.keySet();
  }

  @Override
  public final Set<String> propertyNames() {
    Set<String> names = new LinkedHashSet<>();
    List<String> described = modelType().properties();
    for (int i = 0; i < slots.length; i++) {
      if (slots[i] != null) {
        names.add(described.get(i));
      }
    }
    names.addAll(additionalNames());
    return Collections.unmodifiableSet(names);
  }

  /** As {@link #propertyNames()}, in the order in which they were read; for {@link FieldValues}. */
  protected final Set<String> receivedNames() {
    Set<String> present = propertyNames();
    if (received == null) {
      return present;
    }
    Set<String> names = new LinkedHashSet<>(received);
    names.retainAll(present); // a builder may have left some out
    names.addAll(present);
    return Collections.unmodifiableSet(names);
  }

  @Override
  public final @Nullable JsonValue property(String name) {
    JsonValue exact = exactly(Objects.requireNonNull(name, "name"));
    return exact == null ? exactly(Spelling.other(name)) : exact;
  }

  private @Nullable JsonValue exactly(String name) {
    int index = modelType().properties().indexOf(name);
    if (index < 0) {
      return additional == null ? null : additional.get(name);
    }
    Object slot = slots[index];
    return slot == null ? null : JsonValue.written(slot);
  }

  @Override
  public final String toJson() {
    return written().toString();
  }

  /** This object in memory, as compact JSON. */
  final JsonOutput written() {
    JsonOutput out = new JsonOutput();
    try {
      write(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a text in memory does not fail
    }
    return out;
  }

  /**
   * Writes this object as compact JSON in UTF-8, streaming. The target stays open.
   *
   * @throws IOException if the target fails
   */
  public final void writeTo(OutputStream target) throws IOException {
    JsonOutput out = new JsonOutput(Objects.requireNonNull(target, "target"));
    write(out);
    out.flush();
    target.flush();
  }

  final void write(JsonOutput out) throws IOException {
    List<String> names = modelType().properties();
    out.beginObject();
    for (int i = 0; i < slots.length; i++) {
      Object slot = slots[i];
      if (slot != null) {
        out.property(names.get(i), slot);
      }
    }
    if (additional != null) {
      for (Map.Entry<String, JsonValue> entry : additional.entrySet()) {
        out.property(entry.getKey(), entry.getValue());
      }
    }
    out.endObject();
  }

  /** How deep models, lists and maps are nested in this model, itself included. */
  final int levels() {
    int known = levels;
    if (known == 0) {
      known = 1 + levels(Arrays.asList(slots));
      levels = known;
    }
    return known;
  }

  /** How deep models, lists and maps are nested in slots. No raw JSON is looked at. */
  private static int levels(Iterable<? extends @Nullable Object> slots) {
    int most = 0;
    for (Object slot : slots) {
      int levels = 0;
      if (slot instanceof JsonModel model) {
        levels = model.levels();
      } else if (slot instanceof JsonList<?> list) {
        levels = 1 + levels(Arrays.asList(list.slots()));
      } else if (slot instanceof JsonMap<?> map) {
        levels = 1 + levels(map.slots().values());
      }
      most = Math.max(most, levels);
    }
    return most;
  }

  /** The value of a property, null where it is absent or null; for generated accessors. */
  protected final <T> @Nullable T get(int position, JsonType<T> type) {
    return value(slot(position, type), type);
  }

  /**
   * What a to-one relationship points to, null where it points to nothing: {@code data} is absent,
   * null or an empty object. For generated accessors.
   */
  protected final <T> @Nullable T toOne(int position, JsonType<T> type) {
    Object slot = slot(position, type);
    return isEmptyObject(slot) ? null : value(slot, type);
  }

  /** What a to-many relationship points to, empty where {@link #toOne} gives null. */
  protected final <T> List<T> toMany(int position, JsonType<List<T>> type) {
    List<T> value = toOne(position, type);
    return value == null ? List.of() : value;
  }

  private static <T> @Nullable T value(@Nullable Object slot, JsonType<T> type) {
    if (slot instanceof Unexpected unexpected) {
      throw unexpected.error();
    }
    return slot == null || slot == ExplicitNull.NULL ? null : type.value(slot);
  }

  private @Nullable Object slot(int position, JsonType<?> type) {
    Object slot = slots[position - 1];
    if (slot != null || additional == null) {
      return slot;
    }
    String name = Spelling.other(modelType().property(position));
    JsonValue json = additional.get(name);
    return json == null ? null : type.slot(json, pathOf(name));
  }

  private static boolean isEmptyObject(@Nullable Object slot) {
    if (slot instanceof JsonModel model) {
      return model.propertyNames().isEmpty();
    }
    JsonValue json = null;
    if (slot instanceof RawJson raw) {
      json = raw.json();
    } else if (slot instanceof Unexpected unexpected) {
      json = unexpected.raw();
    }
    return json != null && json.json().equals("{}");
  }

  /**
   * The value of a required property. A model or a list that is absent is empty instead, so that
   * callers can go on to its parts.
   *
   * @throws UnexpectedTypeException if a simple value is absent or null after all
   */
  protected final <T> T require(int position, JsonType<T> type) {
    T value = get(position, type);
    if (value == null) {
      value = type.empty();
    }
    if (value == null) {
      throw missing(position);
    }
    return value;
  }

  private UnexpectedTypeException missing(int position) {
    String name = modelType().properties().get(position - 1);
    return new UnexpectedTypeException(pathOf(name), "required", "nothing");
  }

  private String pathOf(String name) {
    return modelType().name() + "." + (modelType().hasOwnNames() ? "*" : name);
  }

  /** A field by its key, or else by its key in the other spelling; for {@link FieldValues}. */
  protected final @Nullable FieldValue fieldValue(String key) {
    JsonValue json = property(Objects.requireNonNull(key, "key"));
    return json == null || json.isNull() ? null : FieldValue.of(pathOf(key), json);
  }

  /** A copy of the slots for {@code toBuilder()}. */
  protected final Slots slots() {
    return Slots.of(slots, additional, received);
  }

  @Override
  public final boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof JsonModel that
            && modelType() == that.modelType()
            && Arrays.equals(slots, that.slots)
            && Objects.equals(additional, that.additional));
  }

  @Override
  public final int hashCode() {
    return 31 * Arrays.hashCode(slots) + Objects.hashCode(additional);
  }

  /**
   * The type and id, what is safe to log, and the names of what else is set: no personal data. Of
   * fields that users name there is the number only. Values and names that the description does not
   * know are shown as {@link SafeText} shows them, and of such names at most 20.
   */
  @Override
  public final String toString() {
    if (modelType().hasOwnNames()) {
      return modelType().name() + "{" + propertyNames().size() + " fields}";
    }
    StringBuilder text = new StringBuilder(modelType().name()).append('{');
    StringJoiner unsaid = new StringJoiner(", ", "set=[", "]}");
    List<String> names = modelType().properties();
    for (int i = 0; i < slots.length; i++) {
      Object slot = slots[i];
      String name = names.get(i);
      if (slot == null || slot == ExplicitNull.NULL) {
        continue;
      }
      boolean simple =
          slot instanceof String
              || slot instanceof Number
              || slot instanceof Boolean
              || slot instanceof OpenValue;
      if (simple && (name.equals("type") || name.equals("id") || modelType().isSafeToLog(name))) {
        text.append(name).append('=').append(SafeText.of(slot.toString())).append(", ");
      } else {
        unsaid.add(name);
      }
    }
    Set<String> unknown = additionalNames();
    unknown.stream().limit(MAX_UNKNOWN_NAMES).map(SafeText::of).forEach(unsaid::add);
    if (unknown.size() > MAX_UNKNOWN_NAMES) {
      unsaid.add((unknown.size() - MAX_UNKNOWN_NAMES) + " more");
    }
    return text.append(unsaid).toString();
  }

  /**
   * What all builders of models share. Not thread-safe.
   *
   * @param <B> the builder itself
   */
  public abstract static class Builder<B extends Builder<B>> {
    private final Slots slots;

    /** For generated subclasses. */
    protected Builder(ModelType<?> type) {
      this.slots = new Slots(type.properties().size(), null);
    }

    /** For {@code toBuilder()}; takes the slots over. */
    protected Builder(Slots slots) {
      this.slots = slots;
    }

    /** The type of the model that this builds. */
    protected abstract ModelType<?> modelType();

    /**
     * Sets a property that the description does not know.
     *
     * @param name the name as JSON has it
     * @param value its value; {@link JsonValue#NULL} sends a null
     * @throws IllegalArgumentException if the description knows the name: use its own method
     */
    public final B additionalProperty(String name, JsonValue value) {
      if (modelType().properties().contains(Objects.requireNonNull(name, "name"))) {
        throw new IllegalArgumentException(
            "name: " + name + " is described, use its own method of " + modelType().name());
      }
      if (slots.additional == null) {
        slots.additional = new LinkedHashMap<>();
      }
      slots.additional.put(name, Objects.requireNonNull(value, "value"));
      return self();
    }

    /**
     * Leaves a property out altogether, which differs from setting it to null: a PATCH keeps what
     * is absent and clears what is null.
     *
     * @param name the name as JSON has it, described or not; where there is no such property, its
     *     other spelling is left out
     */
    public final B unset(String name) {
      if (!remove(Objects.requireNonNull(name, "name"))) {
        remove(Spelling.other(name));
      }
      return self();
    }

    private boolean remove(String name) {
      int index = modelType().properties().indexOf(name);
      if (index >= 0) {
        boolean present = slots.values[index] != null;
        slots.values[index] = null;
        return present;
      }
      if (slots.additional == null || slots.additional.remove(name) == null) {
        return false;
      }
      if (slots.additional.isEmpty()) {
        slots.additional = null; // equal to one that never had any
      }
      return true;
    }

    /**
     * Sets a slot; null becomes an explicit null. A property that came in the other spelling keeps
     * it. For generated setters.
     */
    protected final B set(int position, @Nullable Object value) {
      Object slot = value == null ? ExplicitNull.NULL : value;
      if (isRespelled(position) && slots.additional != null) {
        slots.additional.put(otherSpelling(position), JsonValue.written(slot));
      } else {
        slots.values[position - 1] = slot;
      }
      return self();
    }

    private boolean isRespelled(int position) {
      return slots.values[position - 1] == null
          && slots.additional != null
          && slots.additional.containsKey(otherSpelling(position));
    }

    private String otherSpelling(int position) {
      return Spelling.other(modelType().property(position));
    }

    /** As {@link #set(int, Object)} for types whose slot is not the value itself. */
    protected final <T> B set(int position, @Nullable T value, JsonType<T> type) {
      return set(position, value == null ? null : type.slot(value));
    }

    /**
     * Refuses to build without a required property.
     *
     * @throws IllegalStateException if it is not set, with its name
     */
    protected final void require(int position) {
      Object slot = slots.values[position - 1];
      if (isRespelled(position) && slots.additional != null) {
        slot = slots.additional.get(otherSpelling(position));
      }
      if (slot == null || slot == ExplicitNull.NULL || slot.equals(JsonValue.NULL)) {
        String name = modelType().property(position);
        throw new IllegalStateException(modelType().name() + ": " + name + " is required");
      }
    }

    /** Sends null for a required property that may be null, where it is not set. */
    protected final void requireNullable(int position) {
      if (slots.values[position - 1] == null && !isRespelled(position)) {
        slots.values[position - 1] = ExplicitNull.NULL;
      }
    }

    /**
     * A copy of the slots for {@code build()}.
     *
     * @throws IllegalStateException if the model would be nested deeper than {@value
     *     JsonInput#MAX_MODEL_DEPTH} levels: none deeper is read
     */
    protected final Slots complete() {
      if (levels(Arrays.asList(slots.values)) >= JsonInput.MAX_MODEL_DEPTH) {
        throw new IllegalStateException(
            modelType().name() + ": nested deeper than " + JsonInput.MAX_MODEL_DEPTH + " levels");
      }
      return slots.copy();
    }

    @SuppressWarnings("unchecked") // B is the subclass itself
    private B self() {
      return (B) this;
    }
  }
}
