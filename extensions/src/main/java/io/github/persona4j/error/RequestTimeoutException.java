package io.github.persona4j.error;

import io.github.persona4j.model.ErrorObject;
import java.util.List;

/**
 * Status 408: the API did not finish the request in time, and may have executed it. {@code POST
 * /reports} is documented to respond so although the report may exist: repeat the request with its
 * {@link #idempotencyKey()}, which does not create a second report.
 */
public final class RequestTimeoutException extends PersonaApiException {
  private static final long serialVersionUID = 1L;

  RequestTimeoutException(FailedCall call, int status, String body, List<ErrorObject> errors) {
    super(call, status, body, errors);
  }
}
