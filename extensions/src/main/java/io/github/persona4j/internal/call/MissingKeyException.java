package io.github.persona4j.internal.call;

/** The client has no API key, and the operation needs one. */
final class MissingKeyException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  MissingKeyException() {
    super(
        "This PersonaClient has no API key, and the operation needs one: set it in the builder or in"
            + " RequestOptions");
  }
}
