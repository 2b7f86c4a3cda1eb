package io.github.persona4j.testing.internal.search;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.github.persona4j.testing.internal.http.ApiFailure;
import io.github.persona4j.testing.internal.store.StoredObject;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads the query of a search: a comparison, or {@code and}, {@code or} and {@code not} of queries,
 * at most two levels deep and with at most 20 comparisons.
 */
final class SearchQuery {
  private static final int MAX_CLAUSES = 20;
  private static final int MAX_LEVELS = 2;

  private final SearchAttributes attributes;
  private int clauses;

  private SearchQuery(SearchAttributes attributes) {
    this.attributes = attributes;
  }

  /**
   * Returns the condition of a query.
   *
   * @param query the query of the request; null for all objects
   * @throws ApiFailure with 400 if the query is malformed, too deep or too long, and with 422 if an
   *     attribute or operator is unknown
   */
  static Predicate<StoredObject> parse(@Nullable JsonElement query, SearchAttributes attributes) {
    return query == null || query.isJsonNull() || isEmpty(query)
        ? object -> true
        : new SearchQuery(attributes).condition(query, 0, "/query");
  }

  private static boolean isEmpty(JsonElement query) {
    return query instanceof JsonObject object && object.size() == 0;
  }

  private Predicate<StoredObject> condition(JsonElement element, int levels, String pointer) {
    if (!(element instanceof JsonObject query)) {
      throw ApiFailure.badRequest("Each part of a query must be an object.");
    }
    if (query.has("attribute")) {
      return comparison(query, pointer);
    }
    if (query.size() != 1) {
      throw ApiFailure.badRequest("A query must be a comparison, or have one of and, or and not.");
    }
    if (levels == MAX_LEVELS) {
      throw ApiFailure.badRequest("A query may be at most " + MAX_LEVELS + " levels deep.");
    }
    Map.Entry<String, JsonElement> only = query.entrySet().iterator().next();
    String name = only.getKey();
    String inner = pointer + '/' + name;
    return switch (name) {
      case "not" -> condition(only.getValue(), levels + 1, inner).negate();
      case "and", "or" -> junction(name, only.getValue(), levels + 1, inner);
      default ->
          throw ApiFailure.badRequest(
              "A query must be a comparison, or have one of and, or and not.");
    };
  }

  private Predicate<StoredObject> junction(
      String name, JsonElement value, int levels, String pointer) {
    if (!(value instanceof JsonArray parts) || parts.size() == 0) {
      throw ApiFailure.badRequest(name + " must be a list of queries.");
    }
    boolean all = name.equals("and");
    Predicate<StoredObject> junction = object -> all;
    for (int i = 0; i < parts.size(); i++) {
      Predicate<StoredObject> part = condition(parts.get(i), levels, pointer + '/' + i);
      junction = all ? junction.and(part) : junction.or(part);
    }
    return junction;
  }

  private Predicate<StoredObject> comparison(JsonObject query, String pointer) {
    clauses++;
    if (clauses > MAX_CLAUSES) {
      throw ApiFailure.badRequest("A query may have at most " + MAX_CLAUSES + " clauses.");
    }
    if (!(query.get("attribute") instanceof JsonPrimitive attribute)
        || !(query.get("operator") instanceof JsonPrimitive operator)
        || !(query.get("value") instanceof JsonPrimitive value)) {
      throw ApiFailure.badRequest("A comparison must have attribute, operator and value.");
    }
    return attributes.comparison(attribute.getAsString(), operator.getAsString(), value, pointer);
  }
}
