package io.github.persona4j.json;

import org.jspecify.annotations.Nullable;

/**
 * A property of a model as described: the name, the type, and flags. See {@link ModelType#of} for
 * its form.
 */
final class DescribedProperty {
  private final String name;
  private final String type;
  private final boolean required;
  private final boolean nullable;
  private final boolean loggable;

  private DescribedProperty(String line) {
    int afterName = line.indexOf(' ');
    int afterType = endOfWord(line, afterName + 1);
    this.name = line.substring(0, afterName);
    this.type = line.substring(afterName + 1, afterType);
    this.required = line.startsWith(" required", afterType);
    this.nullable = required && line.startsWith(" nullable", afterType + " required".length());
    this.loggable = line.endsWith(" loggable");
  }

  private static int endOfWord(String line, int start) {
    int end = line.indexOf(' ', start);
    return end < 0 ? line.length() : end;
  }

  /** Returns the properties of a model, which are one per line. */
  static DescribedProperty[] parse(String lines) {
    int count = 0;
    for (int end = lines.indexOf('\n'); end >= 0; end = lines.indexOf('\n', end + 1)) {
      count++;
    }
    DescribedProperty[] all = new DescribedProperty[count];
    int start = 0;
    for (int i = 0; i < count; i++) {
      int end = lines.indexOf('\n', start);
      all[i] = new DescribedProperty(lines.substring(start, end));
      start = end + 1;
    }
    return all;
  }

  /** Returns the name in JSON. */
  String name() {
    return name;
  }

  boolean isRequired() {
    return required;
  }

  /** Returns whether this property is required, but may be null. */
  boolean isNullable() {
    return nullable;
  }

  /** Returns whether its values contain no personal data and may be logged. */
  boolean isLoggable() {
    return loggable;
  }

  /** Returns the only value of this property; null if it has others. */
  @Nullable String constant() {
    return type.charAt(0) == '"' ? inner(type) : null;
  }

  /** Returns the type, which may refer to schemas. */
  JsonType<?> type(JsonTypes schemas) {
    return type(type, schemas);
  }

  private JsonType<?> type(String type, JsonTypes schemas) {
    char first = type.charAt(0);
    if (first == '[') {
      return JsonType.list(type(inner(type), schemas));
    } else if (first == '{') {
      return JsonType.map(type(inner(type), schemas));
    } else if (first == '"') {
      return JsonType.STRING;
    }
    return switch (type) {
      case "string" -> JsonType.STRING;
      case "integer" -> JsonType.INTEGER;
      case "number" -> JsonType.DECIMAL;
      case "boolean" -> JsonType.BOOLEAN;
      case "date" -> JsonType.DATE;
      case "date-time" -> JsonType.DATE_TIME;
      case "any" -> JsonType.ANY;
      default -> schema(type, schemas);
    };
  }

  private JsonType<?> schema(String schema, JsonTypes schemas) {
    JsonType<?> found = schemas.find(schema);
    if (found == null) {
      throw new IllegalStateException(name + " has the type " + schema + ", which does not exist");
    }
    return found;
  }

  private static String inner(String type) {
    return type.substring(1, type.length() - 1);
  }
}
