package io.github.persona4j.generator;

/**
 * A parameter of a generated method.
 *
 * @param check the statement that refuses a bad value; empty if a callee does that
 * @param description for the Javadoc
 */
record Parameter(String type, String name, String check, String description) {
  static final Parameter OPTIONS =
      required(
          "RequestOptions",
          "options",
          "options of this call, such as its timeout or its idempotency key");

  /** A parameter that may be null. */
  static Parameter optional(String type, String name, String description) {
    return new Parameter("@Nullable " + type, name, "", description);
  }

  /** A parameter that must not be null. */
  static Parameter required(String type, String name, String description) {
    String check = "UrlArgument.checkNotNull(\"" + name + "\", " + name + ");";
    return new Parameter(type, name, check, description);
  }

  /** A function that fills a builder. */
  static Parameter lambda(String type, String name, String description) {
    return new Parameter("Consumer<" + type + ".Builder>", name, "", description);
  }

  /** Returns the type as Javadoc links name it. */
  String linkType() {
    String erased = type.replace("@Nullable ", "");
    int generic = erased.indexOf('<');
    return generic < 0 ? erased : erased.substring(0, generic);
  }

  /** Returns an expression for the object that a function fills. */
  static String filled(String type, String name) {
    return "UrlArgument.fill(\"" + name + "\", " + name + ", " + type + ".builder()).build()";
  }
}
