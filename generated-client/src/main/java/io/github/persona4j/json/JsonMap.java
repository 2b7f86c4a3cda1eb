package io.github.persona4j.json;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An immutable map of slots. A value of an unexpected type throws only when it is accessed. */
final class JsonMap<T> extends AbstractMap<String, @Nullable T> {
  private final Map<String, Object> slots;
  private final JsonType<T> type;

  JsonMap(Map<String, ? extends Object> slots, JsonType<T> type) {
    this.slots = Collections.unmodifiableMap(slots);
    this.type = type;
  }

  static <T> JsonMap<T> copyOf(Map<String, ? extends @Nullable T> values, JsonType<T> type) {
    Map<String, Object> slots = new LinkedHashMap<>();
    values.forEach(
        (key, value) -> slots.put(key, value == null ? ExplicitNull.NULL : type.slot(value)));
    return new JsonMap<>(slots, type);
  }

  Map<String, Object> slots() {
    return slots;
  }

  @Override
  public boolean containsKey(@Nullable Object key) {
    return slots.containsKey(key);
  }

  @Override
  public @Nullable T get(@Nullable Object key) {
    Object slot = slots.get(key);
    return slot == null ? null : open(slot);
  }

  @Override
  public Set<String> keySet() {
    return slots.keySet();
  }

  @Override
  public Set<Entry<String, @Nullable T>> entrySet() {
    return new AbstractSet<>() {
      @Override
      public Iterator<Entry<String, @Nullable T>> iterator() {
        Iterator<Entry<String, Object>> entries = slots.entrySet().iterator();
        return new Iterator<>() {
          @Override
          public boolean hasNext() {
            return entries.hasNext();
          }

          @Override
          public Entry<String, @Nullable T> next() {
            Entry<String, Object> entry = entries.next();
            return new LazyEntry(entry.getKey(), entry.getValue());
          }
        };
      }

      @Override
      public int size() {
        return slots.size();
      }
    };
  }

  /** An entry whose value, if it has an unexpected type, throws only when it is accessed. */
  private final class LazyEntry implements Entry<String, @Nullable T> {
    private final String key;
    private final Object slot;

    LazyEntry(String key, Object slot) {
      this.key = key;
      this.slot = slot;
    }

    @Override
    public String getKey() {
      return key;
    }

    @Override
    public @Nullable T getValue() {
      return open(slot);
    }

    @Override
    public @Nullable T setValue(@Nullable T value) {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Entry<?, ?> that
          && key.equals(that.getKey())
          && Objects.equals(getValue(), that.getValue());
    }

    @Override
    public int hashCode() {
      return key.hashCode() ^ Objects.hashCode(getValue());
    }

    /** Returns neither the key nor the value: both may be personal data. */
    @Override
    public String toString() {
      return "{1 entry}";
    }
  }

  private @Nullable T open(Object slot) {
    if (slot instanceof UnexpectedValue unexpected) {
      throw unexpected.error();
    }
    return slot == ExplicitNull.NULL ? null : type.value(slot);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof JsonMap<?> that ? slots.equals(that.slots) : super.equals(other);
  }

  @Override
  public int hashCode() {
    int hash = 0;
    for (Map.Entry<String, Object> entry : slots.entrySet()) {
      Object slot = entry.getValue();
      hash +=
          entry.getKey().hashCode()
              ^ Objects.hashCode(slot instanceof UnexpectedValue ? slot : open(slot));
    }
    return hash;
  }

  /** Returns the number of entries only: keys and values may be personal data. */
  @Override
  public String toString() {
    return "{" + slots.size() + " entries}";
  }
}
