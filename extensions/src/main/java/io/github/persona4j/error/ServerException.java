package io.github.persona4j.error;

import io.github.persona4j.model.ErrorObject;
import java.util.List;

/** Status 500 to 599: the API or a gateway failed. Whether a write was executed is unknown. */
public final class ServerException extends PersonaApiException {
  private static final long serialVersionUID = 1L;

  ServerException(FailedCall call, int status, String body, List<ErrorObject> errors) {
    super(call, status, body, errors);
  }
}
