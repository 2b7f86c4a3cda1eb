package io.github.persona4j.webhook;

/**
 * The signature of a webhook request is not valid, so its body must not be used.
 *
 * <p>The message contains the reason, and neither a secret nor a signature nor the body.
 */
public final class WebhookSignatureException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Why a signature is not valid. */
  public enum Reason {
    /** The request has no {@code Persona-Signature} header, or an empty one. */
    MISSING("the Persona-Signature header is missing"),

    /** The header does not consist of a timestamp and a signature, or of several such pairs. */
    MALFORMED("the Persona-Signature header is malformed"),

    /**
     * The signature is not that of the body under one of the secrets: the secret is that of another
     * webhook, the body was changed in transit, or the request is not from Persona.
     */
    NO_MATCH("no signature matches the body under a known secret"),

    /** The signature matches, but was made too long ago: the request may be a replay. */
    TOO_OLD("the signature is too old"),

    /** The signature matches, but was made in the future: a clock is wrong. */
    IN_THE_FUTURE("the signature was made in the future");

    private final String text;

    Reason(String text) {
      this.text = text;
    }
  }

  private final Reason reason;

  WebhookSignatureException(Reason reason) {
    super("invalid webhook signature: " + reason.text);
    this.reason = reason;
  }

  /** Returns why the signature is not valid. */
  public Reason reason() {
    return reason;
  }
}
