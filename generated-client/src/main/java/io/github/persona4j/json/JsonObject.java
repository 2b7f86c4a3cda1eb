package io.github.persona4j.json;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The methods common to all models and to the interfaces that models implement. */
public interface JsonObject extends JsonWritable {
  /**
   * Returns the properties that are not in the description, in the order of the response;
   * unmodifiable. A described property in the other spelling of its name is not among them.
   */
  Map<String, JsonValue> additionalProperties();

  /** Returns the names of all present properties, including null ones; unmodifiable. */
  Set<String> propertyNames();

  /**
   * Returns the raw JSON of any property, of any type, in the description or not.
   *
   * @param name the name in JSON, such as {@code created-at}; if there is no such property, its
   *     other spelling {@code created_at} is looked up, and the reverse; then that in camel casing,
   *     {@code createdAt}, as a webhook can send it
   * @return the value, which may be a JSON null; {@code null} if the property is absent
   */
  @Nullable JsonValue property(String name);
}
