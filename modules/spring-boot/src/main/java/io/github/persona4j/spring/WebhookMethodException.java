package io.github.persona4j.spring;

/** A method with {@link PersonaWebhook} cannot be invoked with events. */
final class WebhookMethodException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param problem the method and what is wrong with it
   */
  WebhookMethodException(String problem) {
    super("@PersonaWebhook method " + problem);
  }
}
