package io.github.persona4j.json;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/** An immutable list of slots. An item of an unexpected type throws only when it is accessed. */
final class JsonList<T> extends AbstractList<@Nullable T> implements RandomAccess {
  private final Object[] slots;
  private final JsonType<T> type;

  JsonList(Object[] slots, JsonType<T> type) {
    this.slots = slots;
    this.type = type;
  }

  static <T> JsonList<T> copyOf(List<? extends @Nullable T> items, JsonType<T> type) {
    Object[] slots = new Object[items.size()];
    int i = 0;
    for (@Nullable T item : items) {
      slots[i++] = item == null ? ExplicitNull.NULL : type.slot(item);
    }
    return new JsonList<>(slots, type);
  }

  Object[] slots() {
    return slots;
  }

  @Override
  public @Nullable T get(int index) {
    Object slot = slots[Objects.checkIndex(index, slots.length)];
    if (slot instanceof UnexpectedValue unexpected) {
      throw unexpected.error();
    }
    return slot == ExplicitNull.NULL ? null : type.value(slot);
  }

  @Override
  public int size() {
    return slots.length;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof JsonList<?> that
        ? Arrays.equals(slots, that.slots)
        : super.equals(other);
  }

  @Override
  public int hashCode() {
    int hash = 1;
    for (Object slot : slots) {
      Object item =
          slot instanceof UnexpectedValue
              ? slot
              : slot == ExplicitNull.NULL ? null : type.value(slot);
      hash = 31 * hash + Objects.hashCode(item);
    }
    return hash;
  }

  /** Returns the number of items only: items may be personal data. */
  @Override
  public String toString() {
    return "[" + slots.length + " items]";
  }
}
