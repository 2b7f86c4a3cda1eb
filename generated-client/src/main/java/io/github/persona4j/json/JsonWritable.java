package io.github.persona4j.json;

import com.fasterxml.jackson.annotation.JsonRawValue;

/**
 * A value of the API as an object: a model, a resource of an unknown type, fields, a relationship.
 *
 * <p>Gson and Jackson write such an object as {@link #toJson()} does, without set-up: alone, and
 * within objects, records, lists and maps of your own. The annotations for Jackson are not needed
 * at run time.
 */
public interface JsonWritable {
  /**
   * Returns this object as compact JSON, as the API would write it. It contains personal data if
   * the object does.
   */
  @com.fasterxml.jackson.annotation.JsonValue
  @JsonRawValue
  String toJson();
}
