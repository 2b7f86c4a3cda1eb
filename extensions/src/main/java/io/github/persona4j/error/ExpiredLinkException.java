package io.github.persona4j.error;

import java.util.Objects;

/**
 * The link to a file is not valid: it has expired or was changed, or the file was deleted.
 * Persona's links are signed and valid for six hours, unless the organization has chosen another
 * time. Retrieve the object again to get a new link.
 *
 * <p>The host of the file returned status 401, 403, 404 or 410. Persona does not document which of
 * them an expired link gets. The API key is not the reason, because it is not sent to that host.
 */
public final class ExpiredLinkException extends PersonaApiException {
  private static final long serialVersionUID = 1L;

  private ExpiredLinkException(String message, FailedCall call, int status, String body) {
    super(message, call, status, body);
  }

  /**
   * Creates an exception for a response.
   *
   * @param call the call with its response
   * @param body the body of the response; empty if there was none
   */
  public static ExpiredLinkException of(FailedCall call, String body) {
    Objects.requireNonNull(call, "call");
    Objects.requireNonNull(body, "body");
    int status = Objects.requireNonNull(call.status(), "call must have a status");
    return new ExpiredLinkException(
        call
            + ": the link to this file on "
            + call.host()
            + " has expired or the file is gone; the API gives a new link with the object",
        call,
        status,
        body);
  }
}
