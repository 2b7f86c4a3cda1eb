package io.github.persona4j.json;

/**
 * A JSON document, or one value in it, is invalid.
 *
 * <p>Messages contain the path and the rule, never a value, which may be personal data. They are
 * one line of limited length, whatever the JSON contains.
 */
public abstract class JsonException extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int MAX_PATH = 400;

  private final String path;

  JsonException(String message, String path) {
    super(message);
    this.path = path;
  }

  /** Returns a path as shown in messages. */
  static String shown(String path) {
    return SafeText.of(path, MAX_PATH);
  }

  /**
   * Returns the JSON path of the value, such as {@code $.data[3].attributes.status}. Names that a
   * user may have chosen are replaced by {@code *}: those below {@code fields}, in a map, and
   * within values of any type, and those that do not look like names of the API. A path has at most
   * 400 characters; longer ones are truncated and end with an ellipsis.
   */
  public String path() {
    return path;
  }
}
