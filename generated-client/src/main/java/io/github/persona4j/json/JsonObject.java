package io.github.persona4j.json;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What every model, and every interface that models share, offers beside its own attributes. */
public interface JsonObject {
  /**
   * The properties that the description does not know, in the order of the answer; unmodifiable. A
   * described property in the other spelling of its name is none of them.
   */
  Map<String, JsonValue> additionalProperties();

  /** The names of all properties that are present, null ones included; unmodifiable. */
  Set<String> propertyNames();

  /**
   * The raw JSON of any property, whether the description knows it or not, and whatever its type.
   *
   * @param name the name as JSON has it, such as {@code created-at}; where there is no such
   *     property, its other spelling {@code created_at} is looked up, and the reverse
   * @return the value, which may be a JSON null; {@code null} where the property is absent
   */
  @Nullable JsonValue property(String name);

  /** This object as compact JSON; holds personal data where the object does. */
  String toJson();
}
