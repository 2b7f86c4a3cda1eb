package io.github.persona4j.json;

import com.google.gson.annotations.JsonAdapter;
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
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The base class of generated models: an immutable JSON object that preserves all properties.
 *
 * <ul>
 *   <li>Absent and null properties are distinguished, and written back unchanged.
 *   <li>Properties that are not in the description are kept: {@link #additionalProperties()}.
 *   <li>Values of unexpected types are kept: only their accessors throw an {@link
 *       UnexpectedTypeException}, and {@link #property(String)} returns the raw JSON.
 *   <li>A property that came in the other spelling, {@code mime_type} for {@code mime-type}, has
 *       the same accessor, is found by {@link #property(String)} under either name, and is written
 *       back in the spelling it came in. The API does not change the keys below {@code fields}, so
 *       both occur (protocol: versions and casing). The described spelling goes first where both
 *       are present; only then the other is an additional property.
 * </ul>
 *
 * <p>Two models are equal if they are of the same class and represent the same JSON object.
 * Thread-safe.
 */
@JsonAdapter(GsonAdapters.class)
public abstract class JsonModel implements JsonObject {
  private static final int MAX_UNKNOWN_NAMES = 20;

  private final @Nullable Object[] slots;
  private final @Nullable Map<String, JsonValue> additional;
  private final @Nullable List<String> received;
  private int levels; // 0 until computed; at worst, two threads both compute it

  /** For generated subclasses. The model owns the slots. */
  protected JsonModel(Slots slots) {
    this.slots = slots.values;
    this.additional = slots.additional;
    this.received = slots.received;
  }

  /** Returns the type of this model. */
  protected abstract ModelType<?> modelType();

  /** Returns a model of the same class, which owns the slots. */
  protected abstract JsonModel create(Slots slots);

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
    if (exact == null) {
      exact = exactly(Spelling.other(name));
    }
    // In a webhook of another version, a property that is not described may have any casing.
    return exact == null && additional != null && !modelType().hasOwnNames()
        ? additional.get(Casing.CAMEL.of(name))
        : exact;
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

  private JsonOutput written() {
    JsonOutput out = new JsonOutput();
    try {
      write(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // not possible in memory
    }
    return out;
  }

  /**
   * Writes this object as compact JSON in UTF-8 to a stream, which is not closed.
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

  /** Returns the nesting depth of models, lists and maps, including this model. */
  final int levels() {
    int known = levels;
    if (known == 0) {
      known = 1 + levels(Arrays.asList(slots));
      levels = known;
    }
    return known;
  }

  /** Returns the nesting depth of models, lists and maps in slots, without raw JSON. */
  private static int levels(Iterable<? extends @Nullable Object> slots) {
    int max = 0;
    for (Object slot : slots) {
      int levels = 0;
      if (slot instanceof JsonModel model) {
        levels = model.levels();
      } else if (slot instanceof JsonList<?> list) {
        levels = 1 + levels(Arrays.asList(list.slots()));
      } else if (slot instanceof JsonMap<?> map) {
        levels = 1 + levels(map.slots().values());
      }
      max = Math.max(max, levels);
    }
    return max;
  }

  /** Returns the value of a property, or null if it is absent or null; for generated accessors. */
  @SuppressWarnings("TypeParameterUnusedInFormals") // an accessor has the type of its property
  protected final <T> @Nullable T get(int position) {
    JsonType<T> type = type(position);
    return value(slot(position, type), type);
  }

  /**
   * Returns the target of a to-one relationship, or null if it has none: {@code data} is absent,
   * null or an empty object. For generated accessors.
   */
  @SuppressWarnings("TypeParameterUnusedInFormals") // an accessor has the type of its property
  protected final <T> @Nullable T toOne(int position) {
    JsonType<T> type = type(position);
    Object slot = slot(position, type);
    return isEmptyObject(slot) ? null : value(slot, type);
  }

  /** Returns the targets of a to-many relationship; empty where {@link #toOne} returns null. */
  protected final <T> List<T> toMany(int position) {
    List<T> value = toOne(position);
    return value == null ? List.of() : value;
  }

  @SuppressWarnings("unchecked") // an accessor has the type of its property
  private <T> JsonType<T> type(int position) {
    return (JsonType<T>) modelType().type(position);
  }

  private static <T> @Nullable T value(@Nullable Object slot, JsonType<T> type) {
    if (slot instanceof UnexpectedValue unexpected) {
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
    } else if (slot instanceof UnexpectedValue unexpected) {
      json = unexpected.raw();
    }
    return json != null && json.json().equals("{}");
  }

  /**
   * Returns the value of a required property. If a model or list is absent, an empty one is
   * returned, so that callers can access its properties.
   *
   * @throws UnexpectedTypeException if a simple value is absent or null
   */
  @SuppressWarnings("TypeParameterUnusedInFormals") // an accessor has the type of its property
  protected final <T> T require(int position) {
    T value = get(position);
    if (value == null) {
      value = this.<T>type(position).empty();
    }
    if (value == null) {
      throw missing(position);
    }
    return value;
  }

  private UnexpectedTypeException missing(int position) {
    String name = modelType().properties().get(position - 1);
    return new UnexpectedTypeException(pathOf(name), "required", "absent");
  }

  private String pathOf(String name) {
    return modelType().name() + "." + (modelType().hasOwnNames() ? "*" : name);
  }

  /** Returns a field by its key, in either spelling; for {@link FieldValues}. */
  protected final @Nullable FieldValue fieldValue(String key) {
    JsonValue json = property(Objects.requireNonNull(key, "key"));
    return json == null || json.isNull() ? null : FieldValue.of(pathOf(key), json);
  }

  /** Returns a copy of the slots for {@code toBuilder()}. */
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
   * Returns the type, the ID, the values that are safe to log, and the names of the other
   * properties, without personal data. For fields that users name, only their number. Unknown names
   * that do not look like names of the API are replaced by {@code *}, values are sanitized by
   * {@link SafeText}, and at most 20 unknown names are included.
   */
  @Override
  public final String toString() {
    if (modelType().hasOwnNames()) {
      return modelType().name() + "{" + propertyNames().size() + " fields}";
    }
    StringBuilder line = new StringBuilder(modelType().name()).append('{');
    StringJoiner others = new StringJoiner(", ", "set=[", "]}");
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
      if (simple
          && (name.equals("type")
              || name.equals("id")
              || modelType().described(i + 1).isLoggable())) {
        line.append(name).append('=').append(SafeText.of(slot.toString())).append(", ");
      } else {
        others.add(name);
      }
    }
    Set<String> unknown = additionalNames();
    unknown.stream().limit(MAX_UNKNOWN_NAMES).map(SafeText::name).forEach(others::add);
    if (unknown.size() > MAX_UNKNOWN_NAMES) {
      others.add((unknown.size() - MAX_UNKNOWN_NAMES) + " more");
    }
    return line.append(others).toString();
  }

  /**
   * The base class of the builders of models. Not thread-safe.
   *
   * @param <B> the builder itself
   */
  public abstract static class Builder<B extends Builder<B>> {
    private final ModelType<?> type;
    private final Slots slots;

    /** For generated subclasses. The builder owns the slots. */
    protected Builder(ModelType<?> type, Slots slots) {
      this.type = type;
      this.slots = slots;
    }

    final ModelType<?> modelType() {
      return type;
    }

    /**
     * Sets a property that is not in the description.
     *
     * @param name the name in JSON
     * @param value the value; {@link JsonValue#NULL} sends a null
     * @throws IllegalArgumentException if the property is in the description and has its own method
     */
    public final B additionalProperty(String name, JsonValue value) {
      if (modelType().properties().contains(Objects.requireNonNull(name, "name"))) {
        throw new IllegalArgumentException(
            "name: " + name + " is described, use its own method of " + modelType().name());
      }
      setNamed(name, Objects.requireNonNull(value, "value"));
      return self();
    }

    /**
     * Removes a property, as opposed to setting it to null: a PATCH keeps absent properties and
     * clears null ones. A setter that is given null does the same.
     *
     * @param name the name in JSON, in the description or not; if there is no such property, its
     *     other spelling is removed
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
      return removeAdditional(name);
    }

    private boolean removeAdditional(String name) {
      if (slots.additional == null || slots.additional.remove(name) == null) {
        return false;
      }
      if (slots.additional.isEmpty()) {
        slots.additional = null; // so that equality is preserved
      }
      return true;
    }

    /**
     * Sets a property, or removes it if the value is null. A property that was read in the other
     * spelling keeps it. For generated setters.
     */
    @SuppressWarnings("unchecked") // a setter has the type of its property
    protected final B set(int position, @Nullable Object value) {
      if (value != null) {
        return put(position, ((JsonType<Object>) type.type(position)).slot(value));
      }
      slots.values[position - 1] = null;
      removeAdditional(otherSpelling(position));
      return self();
    }

    /** Sets a property to null, so that a null is sent. For generated methods. */
    protected final B clear(int position) {
      return put(position, ExplicitNull.NULL);
    }

    private B put(int position, Object slot) {
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

    /** Returns a builder that a function has filled. For generated setters. */
    protected static <T> T filled(Consumer<T> function, T builder) {
      function.accept(builder);
      return builder;
    }

    /**
     * Returns a copy of the slots for {@code build()}.
     *
     * @throws IllegalStateException if a required property is not set, with its name, or if the
     *     model is nested deeper than {@value JsonInput#MAX_MODEL_DEPTH} levels, which could not be
     *     read
     */
    protected final Slots complete() {
      for (int position = 1; position <= slots.values.length; position++) {
        DescribedProperty property = type.described(position);
        if (property.isNullable()) {
          requireNullable(position);
        } else if (property.isRequired()) {
          require(position);
        }
      }
      if (levels(Arrays.asList(slots.values)) >= JsonInput.MAX_MODEL_DEPTH) {
        throw new IllegalStateException(
            type.name() + ": nested deeper than " + JsonInput.MAX_MODEL_DEPTH + " levels");
      }
      return slots.copy();
    }

    private void require(int position) {
      Object slot = slots.values[position - 1];
      if (isRespelled(position) && slots.additional != null) {
        slot = slots.additional.get(otherSpelling(position));
      }
      if (slot == null || slot == ExplicitNull.NULL || slot.equals(JsonValue.NULL)) {
        throw new IllegalStateException(
            type.name() + ": " + type.property(position) + " is required");
      }
    }

    /** Sets a required nullable property to null if it is not set. */
    private void requireNullable(int position) {
      if (slots.values[position - 1] == null && !isRespelled(position)) {
        slots.values[position - 1] = ExplicitNull.NULL;
      }
    }

    /** Sets a property by its exact name, described or not; null removes it. */
    final void setNamed(String name, @Nullable JsonValue value) {
      int index = modelType().properties().indexOf(name);
      if (value == null) {
        remove(name);
      } else if (index >= 0) {
        slots.values[index] = modelType().slot(index + 1, value);
      } else {
        if (slots.additional == null) {
          slots.additional = new LinkedHashMap<>();
        }
        slots.additional.put(name, value);
      }
    }

    @SuppressWarnings("unchecked") // B is the subclass itself
    final B self() {
      return (B) this;
    }
  }

  /**
   * The base class of the builders of models that are not part of a request body. Not thread-safe.
   *
   * @param <B> the builder itself
   */
  public abstract static class ResponseBuilder<B extends ResponseBuilder<B>> extends Builder<B> {
    /** For generated subclasses. The builder owns the slots. */
    protected ResponseBuilder(ModelType<?> type, Slots slots) {
      super(type, slots);
    }

    /**
     * Sets a property to null, as opposed to removing it. A later call of its setter replaces the
     * null.
     *
     * @param name the name in JSON, such as {@code created-at}
     * @throws IllegalArgumentException if the property is not in the description; {@link
     *     #additionalProperty} sets such a property
     */
    public final B setNull(String name) {
      int index = modelType().properties().indexOf(Objects.requireNonNull(name, "name"));
      if (index < 0) {
        String shown = modelType().hasOwnNames() ? "" : name + " ";
        throw new IllegalArgumentException(
            "name: " + shown + "is not described, use additionalProperty of " + modelType().name());
      }
      return clear(index + 1);
    }
  }
}
