package io.github.persona4j.error;

import java.util.Objects;

/**
 * The client could not obtain an access token with its OAuth credentials, so the request was not
 * sent, or after a 401 not sent again. The cause states what happened to {@code POST /oauth/token}:
 * for example an {@link AuthenticationException} or a {@link BadRequestException} if the assertion
 * was refused, or a {@link PersonaConnectionException}. If the private key could not sign, the
 * cause is the failure of the key or of its provider. Calls that waited for the same token have the
 * same cause. The next call tries again.
 *
 * <p>{@link #mayHaveBeenExecuted()} is about the call itself: it is true only if an earlier attempt
 * may have been executed.
 */
public final class CredentialsException extends PersonaException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception for a call that could not be sent.
   *
   * @param call the call without a response
   * @param cause the failure of the call that should have obtained the token
   */
  public CredentialsException(FailedCall call, PersonaException cause) {
    super(message(call, Objects.requireNonNull(cause, "cause").outcome()), call, cause);
  }

  /**
   * Creates an exception for a call that could not be sent because the private key could not sign.
   *
   * @param call the call without a response
   * @param cause the failure of the key or of its provider
   */
  public CredentialsException(FailedCall call, RuntimeException cause) {
    super(
        message(call, "the private key cannot sign an assertion"),
        call,
        Objects.requireNonNull(cause, "cause"));
  }

  private static String message(FailedCall call, String reason) {
    boolean sent = Objects.requireNonNull(call, "call").attempts() > 0;
    return call
        + (sent
            ? " was not sent again, because there is no new access token: "
            : " was not sent, because there is no access token: ")
        + reason;
  }
}
