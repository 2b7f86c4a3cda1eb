package io.github.persona4j.error;

import io.github.persona4j.model.ErrorObject;
import java.util.List;

/**
 * Status 429: there were too many requests, or a quota is exhausted. {@link #rateLimits()} has the
 * time until the limit resets.
 */
public final class RateLimitException extends PersonaApiException {
  private static final long serialVersionUID = 1L;

  RateLimitException(FailedCall call, int status, String body, List<ErrorObject> errors) {
    super(call, status, body, errors);
  }
}
