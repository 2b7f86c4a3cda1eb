package io.github.persona4j.error;

import io.github.persona4j.model.ErrorObject;
import java.util.List;

/** Status 400: the request is malformed, or its idempotency key was used with other parameters. */
public final class BadRequestException extends PersonaApiException {
  private static final long serialVersionUID = 1L;

  BadRequestException(FailedCall call, int status, String body, List<ErrorObject> errors) {
    super(call, status, body, errors);
  }
}
