package io.github.persona4j.drift;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Objects.
 *
 * @param properties their properties by name
 * @param required the names of those that must be present
 * @param additional the values of other properties, or null for any
 * @param closed whether other properties are impossible
 * @param size the number of properties
 * @param labelledBy the property that a discriminator names, or null
 * @param name the component or file that the schema is in, or null; never a part of a comparison
 */
record ObjectShape(
    Map<String, Schema> properties,
    Set<String> required,
    @Nullable Schema additional,
    boolean closed,
    Range size,
    @Nullable String labelledBy,
    @Nullable String name) {

  /** Whether any object is possible. */
  boolean isAnyObject() {
    return properties.isEmpty()
        && required.isEmpty()
        && additional == null
        && !closed
        && size.equals(Range.ALL);
  }

  /** Returns the property, or null if there is none with the name. */
  @Nullable Schema property(String name) {
    return properties.get(name);
  }

  /** Returns the values of a property that has a set of strings; empty for any other. */
  Set<String> labels(String property) {
    Schema schema = properties.get(property);
    ScalarShape text = schema == null ? null : schema.shape().string();
    if (text == null) {
      return Set.of();
    }
    return switch (text.openness()) {
      case CLOSED, STATED -> text.values();
      default -> Set.of();
    };
  }

  /** Whether this is a resource of JSON:API: its type is known and it has attributes. */
  boolean isResource() {
    return properties.containsKey("attributes") && !labels("type").isEmpty();
  }

  /** Whether this looks like a resource whose type may be any string. */
  boolean isUntypedResource() {
    return properties.containsKey("attributes")
        && properties.containsKey("type")
        && labels("type").isEmpty();
  }

  ObjectShape with(Map<String, Schema> newProperties, Set<String> newRequired) {
    return new ObjectShape(newProperties, newRequired, additional, closed, size, labelledBy, name);
  }

  ObjectShape named(@Nullable String newName) {
    return newName == null
        ? this
        : new ObjectShape(properties, required, additional, closed, size, labelledBy, newName);
  }

  ObjectShape labelledBy(@Nullable String property) {
    return property == null
        ? this
        : new ObjectShape(properties, required, additional, closed, size, property, name);
  }

  /** Returns names for people: the labels of the type, or the names of some properties. */
  String text() {
    Set<String> types = labels("type");
    if (!types.isEmpty()) {
      return String.join("|", types);
    }
    Set<String> names = new TreeSet<>(required.isEmpty() ? properties.keySet() : required);
    return "{" + String.join(", ", names.stream().limit(5).toList()) + "}";
  }
}
