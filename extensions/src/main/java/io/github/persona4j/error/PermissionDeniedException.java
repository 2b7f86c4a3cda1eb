package io.github.persona4j.error;

import io.github.persona4j.model.ErrorObject;
import java.util.List;

/** Status 403: the API key does not have the permission, or a quota is exhausted. */
public final class PermissionDeniedException extends PersonaApiException {
  private static final long serialVersionUID = 1L;

  PermissionDeniedException(FailedCall call, int status, String body, List<ErrorObject> errors) {
    super(call, status, body, errors);
  }
}
