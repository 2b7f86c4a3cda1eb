package io.github.persona4j.search;

import io.github.persona4j.json.JsonType;
import io.github.persona4j.json.JsonValue;
import io.github.persona4j.request.UrlArgument;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What to search: a condition, an order and a page.
 * <!-- code: examples/src/test/java/io/github/persona4j/examples/JavadocExamplesTest.java#search -->
 *
 * <pre>{@code
 * Search<Inquiry> search =
 *     where(
 *             InquirySearch.REFERENCE_ID.eq("user-42"),
 *             not(InquirySearch.STATUS.eq(InquiryStatus.EXPIRED)))
 *         .orderBy(InquirySearch.CREATED_AT.descending());
 * }</pre>
 *
 * <p>The operation classes take it; for a Retrofit interface, {@code search.as(SearchRequest.TYPE)}
 * is the body. Immutable and thread-safe.
 *
 * @param <R> the resource
 */
public final class Search<R> {
  private static final Search<?> ALL = new Search<>(Map.of());

  private final Map<String, JsonValue> properties;

  private Search(Map<String, JsonValue> properties) {
    this.properties = properties;
  }

  /** Returns the search without a condition. */
  @SuppressWarnings("unchecked") // it has no condition, so it is a search of any resource
  public static <R> Search<R> all() {
    return (Search<R>) ALL;
  }

  /**
   * Returns the search for the resources for which all conditions hold. Several conditions are an
   * {@link Condition#and}, which is a level.
   *
   * @throws IllegalArgumentException if there is none, one is null, or there are too many clauses
   *     or levels, see {@link Condition}
   */
  @SafeVarargs
  @SuppressWarnings("varargs") // the array is only read
  public static <R> Search<R> where(Condition<R>... conditions) {
    UrlArgument.checkNotNull("conditions", conditions);
    if (conditions.length == 1) {
      UrlArgument.checkNotNull("conditions", conditions[0]);
      return Search.<R>all().with("query", conditions[0].json());
    }
    return Search.<R>all().with("query", Condition.and(conditions).json());
  }

  /**
   * Returns this search with an order. It replaces an earlier one.
   *
   * @throws IllegalArgumentException if the order is null
   */
  public Search<R> orderBy(Order<R> order) {
    UrlArgument.checkNotNull("order", order);
    return with("sort", order.json());
  }

  /**
   * Returns this search with a maximum number of items of a page.
   *
   * @throws IllegalArgumentException if the size is not 1 to 100
   */
  public Search<R> pageSize(int size) {
    if (size < 1 || size > 100) {
      throw new IllegalArgumentException("size must be 1 to 100, not " + size);
    }
    return withPage("size", JsonValue.of(size), "");
  }

  /**
   * Returns this search for the page after a cursor, in place of any other cursor.
   *
   * @throws IllegalArgumentException if the cursor is null or blank
   */
  public Search<R> pageAfter(String cursor) {
    UrlArgument.checkQuery("cursor", cursor);
    return withPage("after", JsonValue.of(cursor), "before");
  }

  /**
   * Returns this search for the page before a cursor, in place of any other cursor.
   *
   * @throws IllegalArgumentException if the cursor is null or blank
   */
  public Search<R> pageBefore(String cursor) {
    UrlArgument.checkQuery("cursor", cursor);
    return withPage("before", JsonValue.of(cursor), "after");
  }

  /**
   * Returns this search as the body of a request.
   *
   * @param type such as {@code SearchRequest.TYPE}
   * @throws IllegalArgumentException if the type is null
   */
  public <B> B as(JsonType<B> type) {
    UrlArgument.checkNotNull("type", type);
    return JsonValue.of(properties).as(type);
  }

  private Search<R> withPage(String name, JsonValue value, String replaced) {
    JsonValue page = properties.get("page");
    Map<String, JsonValue> parts =
        page == null ? new LinkedHashMap<>() : new LinkedHashMap<>(page.asMap());
    parts.remove(replaced);
    parts.put(name, value);
    return with("page", JsonValue.of(parts));
  }

  private Search<R> with(String name, JsonValue value) {
    Map<String, JsonValue> all = new LinkedHashMap<>(properties);
    all.put(name, value);
    return new Search<>(all);
  }

  /** Returns the names of its parts only: attributes and values may be personal data. */
  @Override
  public String toString() {
    return "Search" + properties.keySet();
  }
}
