package io.github.persona4j.drift;

/**
 * A parameter, or one property of a parameter that is an object.
 *
 * @param name where it is and what it is called, such as {@code query page[after]}
 * @param need whether a request must have it
 * @param deprecated whether it is marked as deprecated
 * @param style how arrays and objects are written
 * @param reserved whether reserved characters such as {@code /} may be sent as they are
 * @param schema its values
 */
record Parameter(
    String name, Need need, boolean deprecated, String style, boolean reserved, Schema schema) {
  /** Whether a request must have a parameter. */
  enum Need {
    OPTIONAL("optional"),
    /** It is required if one of its neighbors in the same object is sent. */
    WITHIN("required within its object"),
    REQUIRED("required");

    private final String text;

    Need(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }
  }
}
