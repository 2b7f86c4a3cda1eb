package io.github.persona4j.drift;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What values a schema accepts, by type: the same for all ways to write it.
 *
 * @param anything whether any value is possible
 * @param nulls whether null is possible
 * @param scalars strings, numbers and booleans by type; {@code integer} is {@code number}
 * @param array arrays, or null if none are possible
 * @param objects the alternatives of objects; empty if no object is possible
 * @param deprecated whether it is marked as deprecated
 * @param readOnly whether it is in responses only
 * @param writeOnly whether it is in requests only
 * @param initial the default value, or null
 * @param conditions what is required beyond types, such as {@code not}, as text
 */
record Shape(
    boolean anything,
    Nulls nulls,
    Map<String, ScalarShape> scalars,
    @Nullable ArrayShape array,
    List<ObjectShape> objects,
    boolean deprecated,
    boolean readOnly,
    boolean writeOnly,
    @Nullable String initial,
    Set<String> conditions) {

  static final Shape ANYTHING =
      new Shape(
          true, Nulls.UNSTATED, Map.of(), null, List.of(), false, false, false, null, Set.of());

  /** Whether null is possible. */
  enum Nulls {
    UNSTATED,
    NO,
    YES,
    /** Stated for the whole of several schemas, which each may state the contrary. */
    YES_FOR_ALL
  }

  boolean isNullable() {
    return nulls == Nulls.YES || nulls == Nulls.YES_FOR_ALL;
  }

  /** Whether null is the only possible value. */
  boolean isNull() {
    return isNullable() && isEmpty();
  }

  boolean isEmpty() {
    return !anything && scalars.isEmpty() && array == null && objects.isEmpty();
  }

  @Nullable ScalarShape string() {
    return scalars.get("string");
  }

  /**
   * Returns the names of the possible types; {@code integer} only if no other number is possible.
   */
  Set<String> types() {
    if (anything) {
      return Set.of("any");
    }
    Set<String> types = new TreeSet<>();
    scalars.values().forEach(scalar -> types.add(scalar.type()));
    if (array != null) {
      types.add("array");
    }
    if (!objects.isEmpty()) {
      types.add("object");
    }
    return types;
  }

  Shape withNulls(Nulls newNulls) {
    return new Shape(
        anything,
        newNulls,
        scalars,
        array,
        objects,
        deprecated,
        readOnly,
        writeOnly,
        initial,
        conditions);
  }

  Shape withObjects(List<ObjectShape> newObjects) {
    return new Shape(
        anything,
        nulls,
        scalars,
        array,
        newObjects,
        deprecated,
        readOnly,
        writeOnly,
        initial,
        conditions);
  }
}
