package io.github.persona4j.error;

import io.github.persona4j.model.ErrorObject;
import java.util.List;

/** Status 401: the API key is missing, invalid, expired or revoked. */
public final class AuthenticationException extends PersonaApiException {
  private static final long serialVersionUID = 1L;

  AuthenticationException(FailedCall call, int status, String body, List<ErrorObject> errors) {
    super(call, status, body, errors);
  }
}
