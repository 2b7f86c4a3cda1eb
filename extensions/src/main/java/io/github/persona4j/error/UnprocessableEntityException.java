package io.github.persona4j.error;

import io.github.persona4j.model.ErrorObject;
import java.util.List;

/** Status 422: the request is well-formed, but the API refuses its values. */
public final class UnprocessableEntityException extends PersonaApiException {
  private static final long serialVersionUID = 1L;

  UnprocessableEntityException(FailedCall call, int status, String body, List<ErrorObject> errors) {
    super(call, status, body, errors);
  }
}
