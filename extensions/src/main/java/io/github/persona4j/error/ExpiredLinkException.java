package io.github.persona4j.error;

import java.util.Objects;

/**
 * The link to a file does not open: it has expired, was shortened or changed, or the file was
 * deleted. Persona's links are signed and valid for six hours unless the organization chose
 * otherwise. Ask the API for the object again: its answer has a new link.
 *
 * <p>Stands for the statuses 401, 403, 404 and 410 of the place where the file was. No source says
 * which of them an expired link gets, and none of them can have to do with the API key, which is
 * not sent there.
 */
public final class ExpiredLinkException extends PersonaApiException {
  private static final long serialVersionUID = 1L;

  private ExpiredLinkException(String message, FailedCall call, int status, String body) {
    super(message, call, status, body);
  }

  /**
   * The exception for an answer.
   *
   * @param call the call with the head of its answer
   * @param body the body as text, empty when there was none
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
