package io.github.persona4j.json;

/**
 * Fills a slot whose value has another type than described; the smallest part that is wrong.
 *
 * @param raw the value as it came
 * @param path where it stood in the answer
 * @param described the type in the description
 */
record Unexpected(JsonValue raw, String path, String described) {

  UnexpectedTypeException error() {
    return new UnexpectedTypeException(path, described, raw.kind().words());
  }

  /** Two answers with the same value are equal, wherever the value stood. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Unexpected that && raw.equals(that.raw);
  }

  @Override
  public int hashCode() {
    return raw.hashCode();
  }

  @Override
  public String toString() {
    return "Unexpected{" + path + "}";
  }
}
