package io.github.persona4j.webhook;

import org.jspecify.annotations.Nullable;

/**
 * The body of a webhook request cannot be read as an event, although its signature may be valid: it
 * is not JSON, not an event, or too long.
 *
 * <p>The message contains the reason and nothing of the body.
 */
public final class WebhookBodyException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  WebhookBodyException(String reason, @Nullable Throwable cause) {
    super("unreadable webhook body: " + reason, cause);
  }
}
