package io.github.persona4j.search;

import io.github.persona4j.json.JsonValue;
import io.github.persona4j.request.UrlArgument;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The order of the results of a search, see {@link OrderedAttribute#descending()}. Immutable and
 * thread-safe.
 *
 * @param <R> the resource
 */
@SuppressWarnings("UnusedTypeParameter") // keeps orders of other resources out
public final class Order<R> {
  private final JsonValue json;

  private Order(JsonValue json) {
    this.json = json;
  }

  /**
   * Returns the order by an attribute, for attributes and directions that this version does not
   * know.
   *
   * @param attribute the name in snake case, such as {@code created_at}
   * @param direction such as {@code desc}
   * @throws IllegalArgumentException if one of them is null or blank
   */
  public static <R> Order<R> of(String attribute, String direction) {
    UrlArgument.checkQuery("attribute", attribute);
    UrlArgument.checkQuery("direction", direction);
    Map<String, JsonValue> order = new LinkedHashMap<>();
    order.put("attribute", JsonValue.of(attribute));
    order.put("direction", JsonValue.of(direction));
    return new Order<>(JsonValue.of(order));
  }

  JsonValue json() {
    return json;
  }
}
