package io.github.persona4j.error;

import io.github.persona4j.model.ErrorObject;
import java.util.List;

/** Status 404: the object does not exist in the environment of the API key. */
public final class NotFoundException extends PersonaApiException {
  private static final long serialVersionUID = 1L;

  NotFoundException(FailedCall call, int status, String body, List<ErrorObject> errors) {
    super(call, status, body, errors);
  }
}
