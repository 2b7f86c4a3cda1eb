package io.github.persona4j.error;

import io.github.persona4j.model.ErrorObject;
import java.util.List;

/**
 * Status 408: the API did not finish the request in time, and may have executed it. {@code POST
 * /reports} is documented to respond so although the report may exist. Look for it in the list of
 * reports before you create another one. The API stores a response under the {@link
 * #idempotencyKey()}, so the same request with that key does not create a second report, but may
 * only return this response again.
 */
public final class RequestTimeoutException extends PersonaApiException {
  private static final long serialVersionUID = 1L;

  RequestTimeoutException(FailedCall call, int status, String body, List<ErrorObject> errors) {
    super(call, status, body, errors);
  }
}
