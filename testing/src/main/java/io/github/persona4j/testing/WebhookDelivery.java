package io.github.persona4j.testing;

import io.github.persona4j.testing.internal.webhook.Attempt;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of the fake to deliver an event to a webhook, or the decision not to. Immutable.
 *
 * @see FakePersona#deliveries()
 */
public final class WebhookDelivery {
  /** What became of an attempt. */
  public enum Result {
    /** The receiver returned 200, 201, 202 or 204 in time. */
    DELIVERED,

    /** The receiver returned another status or none in time; the next attempt follows, if any. */
    FAILED,

    /** The event was not sent because the filter of the webhook excludes it. */
    SKIPPED
  }

  private final Attempt attempt;

  WebhookDelivery(Attempt attempt) {
    this.attempt = attempt;
  }

  /** Returns the ID of the webhook. */
  public String webhookId() {
    return attempt.webhookId();
  }

  /** Returns the URL of the webhook at that time. */
  public String url() {
    return attempt.url();
  }

  /** Returns the ID of the event, which is the same for duplicates and retries. */
  public String eventId() {
    return attempt.eventId();
  }

  /** Returns the name of the event, such as {@code inquiry.approved}. */
  public String eventName() {
    return attempt.eventName();
  }

  /** Returns the number of the attempt, from 1 to 8; 0 if the event was not sent. */
  public int attempt() {
    return attempt.number();
  }

  /** Returns the time of the fake's clock at the end of the attempt. */
  public Instant at() {
    return attempt.at();
  }

  /** Returns what became of it. */
  public Result result() {
    return Result.valueOf(attempt.result().name());
  }

  /** Returns the status that the receiver returned; null if the fake got no response. */
  public @Nullable Integer responseStatus() {
    return attempt.responseStatus();
  }

  /**
   * Returns why there was no response, or why the event was not sent; null if there was a response.
   */
  public @Nullable String failure() {
    return attempt.failure();
  }

  /** Returns the request as it was sent. It has no headers if the event was not sent. */
  public WebhookRequest request() {
    return WebhookRequest.of(attempt);
  }

  /** Returns the event, the attempt and its result, without the body. */
  @Override
  public String toString() {
    return eventName()
        + ' '
        + eventId()
        + " to "
        + webhookId()
        + ", attempt "
        + attempt()
        + ": "
        + result()
        + (responseStatus() == null ? "" : " " + responseStatus())
        + (failure() == null ? "" : " (" + failure() + ')');
  }
}
