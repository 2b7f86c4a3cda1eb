package io.github.persona4j.json;

import io.github.persona4j.json.MalformedJsonException.Reason;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The values of a model while it is read or built, by the positions of their properties. Positions
 * start from 1 in the order of the description.
 */
public final class Slots {
  final @Nullable Object[] values;
  @Nullable Map<String, JsonValue> additional;

  /**
   * The names in the order in which they were read; null if it is that of the description, followed
   * by the additional ones, or is not kept.
   */
  @Nullable List<String> received;

  private boolean charged;

  // By position: the name that was read where it has another casing; null if all are as described.
  private @Nullable String @Nullable [] respelled;

  private final @Nullable JsonInput in;

  Slots(int size, @Nullable JsonInput in) {
    this(new Object[size], null, in);
  }

  private Slots(
      @Nullable Object[] values,
      @Nullable Map<String, JsonValue> additional,
      @Nullable JsonInput in) {
    this.values = values;
    this.additional = additional;
    this.in = in;
  }

  /** Returns no slots, for the prototype of a {@link ModelType}. */
  public static Slots none() {
    return new Slots(0, null);
  }

  static Slots of(
      @Nullable Object[] values,
      @Nullable Map<String, JsonValue> additional,
      @Nullable List<String> received) {
    Slots copy =
        new Slots(
            values.clone(), additional == null ? null : new LinkedHashMap<>(additional), null);
    copy.received = received; // never changed once it is read
    return copy;
  }

  Slots copy() {
    return of(values, additional, received);
  }

  /** Charges the memory of one more name whose order is kept. */
  void chargeName(JsonInput from) {
    if (!charged) {
      from.charge(DecodingBudget.LIST);
      charged = true;
    }
    from.charge(DecodingBudget.ITEM);
  }

  /** Keeps the order of the names from now on: they no longer come in that of the description. */
  void keepOrder(String[] described) {
    if (received != null) {
      return;
    }
    received = new ArrayList<>();
    for (int i = 0; i < described.length; i++) {
      if (values[i] != null) {
        received.add(described[i]);
      }
    }
    if (additional != null) {
      received.addAll(additional.keySet());
    }
  }

  /** Adds a name where the order is kept. */
  void putName(String name) {
    if (received != null) {
      received.add(name);
    }
  }

  /** Sets a slot. When reading, a slot that is already set is a duplicate key. */
  void put(int position, Object slot) {
    if (values[position - 1] != null && in != null) {
      throw in.duplicateKey();
    }
    values[position - 1] = slot;
  }

  /**
   * Sets a slot that was read. If a property comes in two casings, the one as described goes first,
   * and the other is an additional property.
   *
   * @param received the name that was read, if it has another casing than described; otherwise null
   */
  void put(JsonInput from, int position, Object slot, @Nullable String received) {
    Object present = values[position - 1];
    String before = respelled == null ? null : respelled[position - 1];
    if (present == null || received == null) {
      if (before != null && present != null) {
        putAdditional(from, before, JsonValue.written(present));
        values[position - 1] = null;
      }
      put(position, slot);
      if (respelled != null || received != null) {
        setRespelled(position, received);
      }
    } else if (received.equals(before)) {
      throw from.duplicateKey();
    } else {
      putAdditional(from, received, JsonValue.written(slot));
    }
  }

  private void setRespelled(int position, @Nullable String received) {
    if (respelled == null) {
      respelled = new @Nullable String[values.length];
    }
    respelled[position - 1] = received;
  }

  /** Adds a property that is not in the description. */
  void putAdditional(JsonInput from, String name) throws IOException {
    putAdditional(from, name, from.raw());
  }

  private void putAdditional(JsonInput from, String name, JsonValue value) {
    if (additional == null) {
      from.charge(DecodingBudget.MAP);
      additional = new LinkedHashMap<>();
    }
    from.chargeEntry(name);
    if (additional.putIfAbsent(name, value) != null) {
      throw from.duplicateKey();
    }
  }

  /**
   * Checks that a required part of the response is present.
   *
   * @throws MalformedJsonException if the slot is absent, null or of another type
   */
  void require(int position, String name) {
    Object slot = values[position - 1];
    String path = (in == null ? "$" : in.previousPath()) + "." + name;
    if (slot == null || slot == ExplicitNull.NULL) {
      throw new MalformedJsonException(Reason.MISSING_DATA, path, "");
    }
    if (slot instanceof UnexpectedValue unexpected) {
      throw new MalformedJsonException(
          Reason.UNEXPECTED_TYPE, path, " (" + unexpected.described() + " expected)");
    }
  }
}
