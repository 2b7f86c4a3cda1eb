package io.github.persona4j.examples;

/** Invalid arguments or environment variables. The message is one line. */
final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UsageException(String message) {
    super(message);
  }
}
