package io.github.persona4j.search;

/**
 * An attribute whose values have an order, such as a timestamp. Results can be sorted by it.
 *
 * <p>Immutable and thread-safe.
 *
 * @param <R> the resource
 * @param <T> the type of the values
 */
public final class OrderedAttribute<R, T> extends Attribute<R, T> {
  private OrderedAttribute(String name) {
    super(name);
  }

  /**
   * Returns an attribute by its name in searches.
   *
   * @param name in snake case, such as {@code created_at}
   * @throws IllegalArgumentException if it is null or blank
   */
  public static <R, T> OrderedAttribute<R, T> of(String name) {
    return new OrderedAttribute<>(name);
  }

  /**
   * Returns the condition that the attribute is greater than a value, or later.
   *
   * @throws IllegalArgumentException if the value is null, or of no type that can be sent
   */
  public Condition<R> gt(T value) {
    return Condition.of(name(), "gt", value);
  }

  /**
   * Returns the condition that the attribute is greater than a value, or later, or equals it.
   *
   * @throws IllegalArgumentException if the value is null, or of no type that can be sent
   */
  public Condition<R> gte(T value) {
    return Condition.of(name(), "gte", value);
  }

  /**
   * Returns the condition that the attribute is less than a value, or earlier.
   *
   * @throws IllegalArgumentException if the value is null, or of no type that can be sent
   */
  public Condition<R> lt(T value) {
    return Condition.of(name(), "lt", value);
  }

  /**
   * Returns the condition that the attribute is less than a value, or earlier, or equals it.
   *
   * @throws IllegalArgumentException if the value is null, or of no type that can be sent
   */
  public Condition<R> lte(T value) {
    return Condition.of(name(), "lte", value);
  }

  /** Returns the order from the smallest value, or the oldest time, to the greatest. */
  public Order<R> ascending() {
    return Order.of(name(), "asc");
  }

  /** Returns the order from the greatest value, or the newest time, to the smallest. */
  public Order<R> descending() {
    return Order.of(name(), "desc");
  }
}
