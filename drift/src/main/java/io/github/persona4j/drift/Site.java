package io.github.persona4j.drift;

/**
 * Where a comparison is.
 *
 * @param kind the kind of place
 * @param place an operation, a webhook or the type of a resource
 * @param prefix the part of the operation, such as {@code request application/json}
 * @param path the path from there, such as {@code data.attributes.tags[]}
 * @param optional whether the value may be left out
 */
record Site(Kind kind, String place, String prefix, String path, boolean optional) {
  /** A kind of place, with the noun that starts the IDs of its rules. */
  enum Kind {
    OPERATION("operation", Direction.REQUEST),
    SECURITY("security", Direction.REQUEST),
    PARAMETER("parameter", Direction.REQUEST),
    REQUEST_BODY("request-body", Direction.REQUEST),
    REQUEST_CONTENT_TYPE("request-content-type", Direction.REQUEST),
    REQUEST_PROPERTY("request-property", Direction.REQUEST),
    RESPONSE_STATUS("response-status", Direction.RESPONSE),
    RESPONSE_HEADER("response-header", Direction.RESPONSE),
    RESPONSE_BODY("response-body", Direction.RESPONSE),
    RESPONSE_CONTENT_TYPE("response-content-type", Direction.RESPONSE),
    RESPONSE_PROPERTY("response-property", Direction.RESPONSE),
    ERROR_STATUS("error-status", Direction.RESPONSE),
    ERROR_BODY("error-body", Direction.RESPONSE),
    ERROR_PROPERTY("error-property", Direction.RESPONSE),
    WEBHOOK("webhook", Direction.RESPONSE),
    WEBHOOK_PROPERTY("webhook-property", Direction.RESPONSE),
    RESOURCE("resource", Direction.RESPONSE),
    RESOURCE_PROPERTY("resource-property", Direction.RESPONSE);

    private final String noun;
    private final Direction direction;

    Kind(String noun, Direction direction) {
      this.noun = noun;
      this.direction = direction;
    }
  }

  /** A whole operation, parameter, body, header or resource. */
  static Site of(Kind kind, String place, String prefix) {
    return new Site(kind, place, prefix, "", false);
  }

  Direction direction() {
    return kind.direction;
  }

  Site property(String name, boolean required) {
    return new Site(kind, place, prefix, path.isEmpty() ? name : path + "." + name, !required);
  }

  Site item() {
    return new Site(kind, place, prefix, path + "[]", false);
  }

  /** The values of properties with any name. */
  Site entry() {
    return new Site(kind, place, prefix, path + "{*}", false);
  }

  /** An alternative of a union. */
  Site branch(String label) {
    return new Site(kind, place, prefix, path + "{" + label + "}", optional);
  }

  String noun() {
    if (kind == Kind.RESOURCE_PROPERTY && path.startsWith("attributes.")) {
      return "attribute";
    }
    if (kind == Kind.RESOURCE_PROPERTY && path.startsWith("relationships.")) {
      return "relationship";
    }
    return kind.noun;
  }

  /**
   * Whether types of the client never require the value here: each attribute and each part of an
   * error may be missing.
   */
  boolean isAlwaysOptional() {
    return kind == Kind.ERROR_PROPERTY
        || kind == Kind.RESPONSE_HEADER
        || (kind == Kind.RESOURCE_PROPERTY
            && path.matches("relationships|(attributes|relationships)\\.[^.\\[{]+"));
  }

  /** Whether the value is the type of a resource that is received. */
  boolean isResourceType() {
    return direction() == Direction.RESPONSE && path.matches("(.*[.}])?type");
  }

  /** Returns {@code METHOD /path}, {@code type.attribute} or {@code webhook NAME}. */
  String shownPlace() {
    if (kind != Kind.RESOURCE_PROPERTY || path.isEmpty()) {
      return place;
    }
    return place + "." + shown(path);
  }

  /**
   * Returns the path of a resource as places have it: without its first step, brackets and labels.
   */
  static String shown(String path) {
    return path.replaceFirst("^(attributes|relationships)\\.", "").replaceAll("\\[]|\\{[^}]*}", "");
  }

  String part() {
    boolean body = !prefix.isEmpty() && kind != Kind.PARAMETER && kind != Kind.RESPONSE_HEADER;
    return prefix + (body && !path.isEmpty() ? " " : "") + path;
  }
}
