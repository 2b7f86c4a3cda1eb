package io.github.persona4j.drift;

/**
 * Where a comparison is.
 *
 * @param kind the kind of place
 * @param place an operation, a webhook or the type of a resource
 * @param prefix the part of the operation, such as {@code request application/json}
 * @param path the path from there, such as {@code data.attributes.tags[]}
 */
record Site(Kind kind, String place, String prefix, String path) {
  /** A kind of place, with the noun that starts the IDs of its rules. */
  enum Kind {
    PARAMETER("parameter", Direction.REQUEST),
    REQUEST("request-property", Direction.REQUEST),
    RESPONSE("response-property", Direction.RESPONSE),
    ERROR("error-property", Direction.RESPONSE),
    HEADER("response-header", Direction.RESPONSE),
    WEBHOOK("webhook-property", Direction.RESPONSE),
    RESOURCE("resource-property", Direction.RESPONSE);

    private final String noun;
    private final Direction direction;

    Kind(String noun, Direction direction) {
      this.noun = noun;
      this.direction = direction;
    }
  }

  Direction direction() {
    return kind.direction;
  }

  Site property(String name) {
    return new Site(kind, place, prefix, path.isEmpty() ? name : path + "." + name);
  }

  Site item() {
    return new Site(kind, place, prefix, path + "[]");
  }

  /** The values of properties with any name. */
  Site entry() {
    return new Site(kind, place, prefix, path + "{*}");
  }

  /** An alternative of a union. */
  Site branch(String label) {
    return new Site(kind, place, prefix, path + "{" + label + "}");
  }

  String noun() {
    if (kind == Kind.RESOURCE && path.startsWith("attributes.")) {
      return "attribute";
    }
    if (kind == Kind.RESOURCE && path.startsWith("relationships.")) {
      return "relationship";
    }
    return kind.noun;
  }

  /** Whether types of the client never require the value here: each attribute may be missing. */
  boolean isAlwaysOptional() {
    return kind == Kind.RESOURCE && path.matches("relationships|(attributes|relationships)\\.[^.]+");
  }

  /** Returns {@code METHOD /path}, {@code type.attribute} or {@code webhook NAME}. */
  String shownPlace() {
    if (kind != Kind.RESOURCE || path.isEmpty()) {
      return place;
    }
    return place + "." + path.replaceFirst("^(attributes|relationships)\\.", "");
  }

  String part() {
    return prefix.isEmpty() || path.isEmpty() ? prefix + path : prefix + " " + path;
  }

  boolean isDeep() {
    return path.length() > 1500;
  }
}
