package io.github.persona4j.json;

/**
 * The content of a slot whose value has another type than described.
 *
 * @param raw the raw value
 * @param path the path of the value in the response
 * @param described the type in the description
 */
record UnexpectedValue(JsonValue raw, String path, String described) {

  UnexpectedTypeException error() {
    return new UnexpectedTypeException(path, described, raw.kind().description());
  }

  /** Equality does not depend on the path. */
  @Override
  public boolean equals(Object other) {
    return other instanceof UnexpectedValue that && raw.equals(that.raw);
  }

  @Override
  public int hashCode() {
    return raw.hashCode();
  }

  @Override
  public String toString() {
    return "UnexpectedValue{" + path + "}";
  }
}
