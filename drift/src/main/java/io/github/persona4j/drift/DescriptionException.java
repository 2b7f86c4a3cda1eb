package io.github.persona4j.drift;

import java.io.Serial;

/** A description, or an ignore file, cannot be read. The message names the file and the place. */
final class DescriptionException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  DescriptionException(String message) {
    super(message);
  }

  DescriptionException(String message, Throwable cause) {
    super(message, cause);
  }
}
