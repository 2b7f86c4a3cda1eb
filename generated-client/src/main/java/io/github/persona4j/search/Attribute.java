package io.github.persona4j.search;

import io.github.persona4j.request.UrlArgument;

/**
 * An attribute by which resources can be searched. The generated classes, such as {@code
 * InquirySearch}, have the known ones; {@link #of} names any other.
 *
 * <p>Immutable and thread-safe.
 *
 * @param <R> the resource
 * @param <T> the type of the values: a string, an open value, a number, a boolean, a date or a
 *     timestamp
 */
public class Attribute<R, T> {
  private final String name;

  Attribute(String name) {
    UrlArgument.checkQuery("name", name);
    this.name = name;
  }

  /**
   * Returns an attribute by its name in searches.
   *
   * @param name in snake case, such as {@code reference_id}
   * @throws IllegalArgumentException if it is null or blank
   */
  public static <R, T> Attribute<R, T> of(String name) {
    return new Attribute<>(name);
  }

  /** Returns the name of this attribute in searches, in snake case. */
  public final String name() {
    return name;
  }

  /**
   * Returns the condition that the attribute equals a value.
   *
   * @throws IllegalArgumentException if the value is null, or of no type that can be sent
   */
  public final Condition<R> eq(T value) {
    return Condition.of(name, "eq", value);
  }
}
