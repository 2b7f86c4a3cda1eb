package io.github.persona4j.webhook;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What became of a webhook request, and the status of the response. Immutable. */
public final class WebhookResult {
  /** What became of a request. */
  public enum Outcome {
    /** The event was handled. */
    HANDLED(200),

    /** No handler is for this event, and there is none for all others. */
    IGNORED(200),

    /** The event was handled before. */
    DUPLICATE(200),

    /** The executor has the event; the response goes out before it is handled. */
    ACCEPTED(200),

    /** The body is too long, or not an event. */
    UNREADABLE(400),

    /** The signature is not valid. */
    BAD_SIGNATURE(401),

    /** The handler or the storage of processed events failed, so the event must come again. */
    FAILED(500),

    /** The event is being handled elsewhere, or the executor is full: it must come again. */
    BUSY(503);

    private final int status;

    Outcome(int status) {
      this.status = status;
    }
  }

  private final Outcome outcome;
  private final @Nullable WebhookEvent event;
  private final @Nullable Throwable failure;

  WebhookResult(Outcome outcome, @Nullable WebhookEvent event, @Nullable Throwable failure) {
    this.outcome = Objects.requireNonNull(outcome, "outcome");
    this.event = event;
    this.failure = failure;
  }

  /** Returns the status of the response to send: 200, 400, 401, 500 or 503. */
  public int status() {
    return outcome.status;
  }

  /** Returns what became of the request. */
  public Outcome outcome() {
    return outcome;
  }

  /** Returns the event; null if the signature is not valid or the body is not readable. */
  public @Nullable WebhookEvent event() {
    return event;
  }

  /**
   * Returns the exception of the verifier, the reader, the handler or the storage; null if there is
   * none. That of a handler may contain personal data.
   */
  public @Nullable Throwable failure() {
    return failure;
  }

  /** Shows the status, the outcome and the event, and no message of an exception. */
  @Override
  public String toString() {
    return "WebhookResult{" + status() + " " + outcome + (event == null ? "" : ", " + event) + "}";
  }
}
