package io.github.persona4j.error;

import io.github.persona4j.model.ErrorObject;
import java.util.List;

/** Status 409: another request changed the object, or its state does not allow the operation. */
public final class ConflictException extends PersonaApiException {
  private static final long serialVersionUID = 1L;

  ConflictException(FailedCall call, int status, String body, List<ErrorObject> errors) {
    super(call, status, body, errors);
  }
}
