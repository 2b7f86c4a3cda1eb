package io.github.persona4j.testing.internal.webhook;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to deliver an event, or the decision not to.
 *
 * @param number the number of the attempt, from 1; 0 if the event was not sent
 * @param result what became of it
 * @param responseStatus the status that the receiver returned; null if there was no response
 * @param failure why there was no response, or why the event was not sent; otherwise null
 */
public record Attempt(
    String webhookId,
    String url,
    String eventId,
    String eventName,
    int number,
    Instant at,
    Result result,
    @Nullable Integer responseStatus,
    @Nullable String failure,
    String body,
    Map<String, List<String>> headers) {

  /** What became of an attempt. */
  public enum Result {
    DELIVERED,
    FAILED,
    SKIPPED
  }
}
