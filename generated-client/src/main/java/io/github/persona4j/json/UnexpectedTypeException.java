package io.github.persona4j.json;

/**
 * An accessor met a value of another type than described, such as a number where a text stands.
 *
 * <p>The answer as a whole is fine: every other attribute can be read, and the value itself stays
 * readable as raw JSON through {@link JsonModel#property(String)}.
 */
public final class UnexpectedTypeException extends JsonException {
  private static final long serialVersionUID = 1L;

  private final String described;

  UnexpectedTypeException(String path, String described, String found) {
    super(shown(path) + " is described as " + described + " but holds " + found, shown(path));
    this.described = described;
  }

  /** The type that the description gives, in words such as {@code date-time}. */
  public String described() {
    return described;
  }
}
