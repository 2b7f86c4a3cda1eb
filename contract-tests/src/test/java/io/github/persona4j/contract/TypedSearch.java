package io.github.persona4j.contract;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.persona4j.search.Condition;
import io.github.persona4j.search.Order;
import io.github.persona4j.search.Search;
import java.util.ArrayList;
import java.util.List;

/** The typed search for the body of a search in JSON. */
final class TypedSearch {
  private TypedSearch() {}

  static Search<?> of(JsonNode body) {
    Search<Object> search =
        body.has("query") ? Search.where(condition(body.get("query"))) : Search.all();
    if (body.has("sort")) {
      JsonNode sort = body.get("sort");
      search =
          search.orderBy(
              Order.of(sort.get("attribute").textValue(), sort.get("direction").textValue()));
    }
    JsonNode page = body.path("page");
    if (page.has("size")) {
      search = search.pageSize(page.get("size").intValue());
    }
    if (page.has("after")) {
      search = search.pageAfter(page.get("after").textValue());
    } else if (page.has("before")) {
      search = search.pageBefore(page.get("before").textValue());
    }
    return search;
  }

  private static Condition<Object> condition(JsonNode json) {
    if (json.has("and")) {
      return Condition.and(conditions(json.get("and")));
    } else if (json.has("or")) {
      return Condition.or(conditions(json.get("or")));
    } else if (json.has("not")) {
      return Condition.not(condition(json.get("not")));
    }
    return Condition.of(
        json.get("attribute").textValue(),
        json.get("operator").textValue(),
        value(json.get("value")));
  }

  private static List<Condition<Object>> conditions(JsonNode json) {
    List<Condition<Object>> conditions = new ArrayList<>();
    json.forEach(condition -> conditions.add(condition(condition)));
    return conditions;
  }

  private static Object value(JsonNode json) {
    if (json.isBoolean()) {
      return json.booleanValue();
    }
    return json.isNumber() ? json.decimalValue() : json.textValue();
  }
}
