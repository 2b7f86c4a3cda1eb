package io.github.persona4j.internal.retry;

/** Whether a request can be sent again safely. */
public enum RetrySafety {
  /** Reads only. */
  READ,
  /** Deletes: idempotent, though a second request may not find the resource. */
  DELETE,
  /** Carries an idempotency key that the client made. */
  KEYED,
  /** Carries an idempotency key that the caller chose. */
  KEYED_BY_CALLER,
  /** A PATCH: only if the request was not sent, or if the policy allows it. */
  PATCH,
  /** Carries no key, such as a PUT: only if the request was not executed. */
  UNKEYED,
  /** Has a body that can be sent once: only if the request was not sent. */
  ONE_SHOT
}
