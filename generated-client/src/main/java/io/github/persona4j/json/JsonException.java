package io.github.persona4j.json;

/**
 * Something is wrong with a JSON text or with one value in it.
 *
 * <p>Messages name the place and the rule, never a value: values may be personal data. They are one
 * line of limited length, whatever the JSON holds.
 */
public abstract class JsonException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int MAX_PATH = 400;

  private final String path;

  JsonException(String message, String path) {
    super(message);
    this.path = path;
  }

  /** A path as messages show it. */
  static String shown(String path) {
    return SafeText.of(path, MAX_PATH);
  }

  /**
   * The place, as a JSON path such as {@code $.data[3].attributes.status}. A name that a user may
   * have chosen is shown as {@code *}: those below {@code fields}, in a map, and within values that
   * the description leaves open. Of other names, control characters are left out. A name has at
   * most {@value SafeText#MAX_LENGTH} characters and the whole path 400; longer ones are cut and
   * end with an ellipsis.
   */
  public String path() {
    return path;
  }
}
