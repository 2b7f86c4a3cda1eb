package io.github.persona4j.json;

/**
 * The value of an accessor has another type than described, such as a number instead of a string.
 *
 * <p>Other attributes of the response can be read, and the value itself is available as raw JSON
 * through {@link JsonModel#property(String)}.
 */
public final class UnexpectedTypeException extends JsonException {
  private static final long serialVersionUID = 1L;

  private final String described;

  UnexpectedTypeException(String path, String described, String found) {
    super(shown(path) + " is described as " + described + " but is " + found, shown(path));
    this.described = described;
  }

  /** Returns the type in the description, such as {@code date-time}. */
  public String described() {
    return described;
  }
}
