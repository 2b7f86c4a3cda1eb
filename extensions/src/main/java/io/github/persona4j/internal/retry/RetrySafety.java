package io.github.persona4j.internal.retry;

/** How safe it is to send a request again. */
public enum RetrySafety {
  /** Reads only. */
  READ,
  /** Deletes: idempotent, though a second request may not find the resource. */
  DELETE,
  /** Carries an idempotency key that the client made. */
  KEYED,
  /** Carries an idempotency key that the caller chose. */
  KEYED_BY_CALLER,
  /** A PATCH: only if the request was certainly not sent, or by policy. */
  PATCH,
  /** Only if the request was certainly not sent. */
  UNSAFE
}
