package io.github.persona4j.json;

/**
 * Something is wrong with a JSON text or with one value in it.
 *
 * <p>Messages name the place and the rule, never a value: values may be personal data.
 */
public abstract class JsonException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String path;

  JsonException(String message, String path) {
    super(message);
    this.path = path;
  }

  /** The place, as a JSON path such as {@code $.data[3].attributes.status}. */
  public String path() {
    return path;
  }
}
