package io.github.persona4j.search;

import io.github.persona4j.json.JsonValue;
import io.github.persona4j.json.OpenValue;
import io.github.persona4j.request.UrlArgument;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A condition on resources: a clause, which compares an attribute with a value, or several
 * conditions combined by {@link #and}, {@link #or} and {@link #not}.
 *
 * <p>The API accepts at most 20 clauses, and at most 2 levels of {@code and}, {@code or} and {@code
 * not} around a clause. More are refused with an {@link IllegalArgumentException} where they are
 * combined.
 *
 * <p>Immutable and thread-safe.
 * <!-- code: examples/src/test/java/io/github/persona4j/examples/JavadocExamplesTest.java#condition -->
 *
 * <pre>{@code
 * Condition<Inquiry> condition =
 *     or(
 *         InquirySearch.STATUS.eq(InquiryStatus.APPROVED),
 *         InquirySearch.CREATED_AT.gte(since.atOffset(java.time.ZoneOffset.UTC)));
 * }</pre>
 *
 * @param <R> the resource
 */
@SuppressWarnings("UnusedTypeParameter") // keeps conditions of other resources out
public final class Condition<R> {
  private static final int MAX_CLAUSES = 20;
  private static final int MAX_LEVELS = 2;
  private static final String CONDITIONS = "conditions";

  private final JsonValue json;
  private final int clauses;
  private final int levels;

  private Condition(JsonValue json, int clauses, int levels) {
    if (clauses > MAX_CLAUSES) {
      throw new IllegalArgumentException(
          "conditions must have at most " + MAX_CLAUSES + " clauses in total, not " + clauses);
    }
    if (levels > MAX_LEVELS) {
      throw new IllegalArgumentException(
          "conditions must be nested at most "
              + MAX_LEVELS
              + " levels of and, or and not deep, not "
              + levels);
    }
    this.json = json;
    this.clauses = clauses;
    this.levels = levels;
  }

  /**
   * Returns a clause, for attributes and operators that this version does not know.
   *
   * @param attribute the name in snake case, such as {@code reference_id}
   * @param operator such as {@code gte}
   * @param value a string, an open value, a number, a boolean, a date, a timestamp, or a {@code
   *     JsonValue}, which is sent as it is
   * @throws IllegalArgumentException if the attribute or the operator is blank, the value is of
   *     another type or a number that is not finite, or one of them is null
   */
  public static <R> Condition<R> of(String attribute, String operator, Object value) {
    UrlArgument.checkQuery("attribute", attribute);
    UrlArgument.checkQuery("operator", operator);
    UrlArgument.checkNotNull("value", value);
    Map<String, JsonValue> clause = new LinkedHashMap<>();
    clause.put("attribute", JsonValue.of(attribute));
    clause.put("operator", JsonValue.of(operator));
    clause.put("value", valueOf(value));
    return new Condition<>(JsonValue.of(clause), 1, 0);
  }

  /**
   * Returns the condition that all conditions hold.
   *
   * @throws IllegalArgumentException if there is none, one is null, or there are too many clauses
   *     or levels
   */
  @SafeVarargs
  @SuppressWarnings("varargs") // the array is only read
  public static <R> Condition<R> and(Condition<R>... conditions) {
    return combined("and", list(conditions));
  }

  /**
   * Returns the condition that all conditions of a collection hold.
   *
   * @throws IllegalArgumentException if there is none, one is null, or there are too many clauses
   *     or levels
   */
  public static <R> Condition<R> and(Collection<Condition<R>> conditions) {
    return combined("and", conditions);
  }

  /**
   * Returns the condition that at least one condition holds.
   *
   * @throws IllegalArgumentException if there is none, one is null, or there are too many clauses
   *     or levels
   */
  @SafeVarargs
  @SuppressWarnings("varargs") // the array is only read
  public static <R> Condition<R> or(Condition<R>... conditions) {
    return combined("or", list(conditions));
  }

  /**
   * Returns the condition that at least one condition of a collection holds.
   *
   * @throws IllegalArgumentException if there is none, one is null, or there are too many clauses
   *     or levels
   */
  public static <R> Condition<R> or(Collection<Condition<R>> conditions) {
    return combined("or", conditions);
  }

  /**
   * Returns the condition that a condition does not hold.
   *
   * @throws IllegalArgumentException if the condition is null or has too many levels
   */
  public static <R> Condition<R> not(Condition<R> condition) {
    UrlArgument.checkNotNull("condition", condition);
    return new Condition<>(
        JsonValue.of(Map.of("not", condition.json)), condition.clauses, condition.levels + 1);
  }

  // Arrays.asList would report null without a name.
  private static <R> List<Condition<R>> list(Condition<R>[] conditions) {
    UrlArgument.checkNotNull(CONDITIONS, conditions);
    return Arrays.asList(conditions);
  }

  private static <R> Condition<R> combined(String name, Collection<Condition<R>> conditions) {
    UrlArgument.checkNotNull(CONDITIONS, conditions);
    if (conditions.isEmpty()) {
      throw new IllegalArgumentException("conditions must not be empty");
    }
    int clauses = 0;
    int levels = 0;
    for (@Nullable Condition<R> condition : conditions) {
      UrlArgument.checkNotNull(CONDITIONS, condition);
      clauses += condition.clauses;
      levels = Math.max(levels, condition.levels);
    }
    List<JsonValue> items = conditions.stream().map(Condition::json).toList();
    return new Condition<>(JsonValue.of(Map.of(name, JsonValue.of(items))), clauses, levels + 1);
  }

  private static JsonValue valueOf(Object value) {
    if (value instanceof JsonValue json) {
      return json;
    } else if (value instanceof Boolean flag) {
      return JsonValue.of(flag.booleanValue());
    } else if (value instanceof Number number) {
      return JsonValue.ofNumber(number);
    } else if (value instanceof String
        || value instanceof OpenValue
        || value instanceof LocalDate
        || value instanceof OffsetDateTime) {
      return JsonValue.of(UrlArgument.text(value));
    }
    throw new IllegalArgumentException(
        "value must be a string, open value, number, boolean, date, timestamp or JsonValue, not "
            + value.getClass().getName());
  }

  JsonValue json() {
    return json;
  }

  /** Returns the number of clauses only: attributes and values may be personal data. */
  @Override
  public String toString() {
    return "Condition{" + clauses + (clauses == 1 ? " clause}" : " clauses}");
  }
}
