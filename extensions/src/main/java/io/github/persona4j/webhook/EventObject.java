package io.github.persona4j.webhook;

import io.github.persona4j.json.JsonException;
import io.github.persona4j.model.Resource;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The resource that an event is about, and when the event was created.
 *
 * @param key the type and the ID of the resource
 * @param createdAt the time in microseconds since 1970
 */
record EventObject(String key, long createdAt) {
  /**
   * Returns the object of an event; null if the event does not contain its time, or a resource with
   * a type and an ID.
   */
  static @Nullable EventObject of(WebhookEvent event) {
    OffsetDateTime time = Objects.requireNonNull(event, "event").createdAt();
    try {
      Resource subject = event.subject();
      return subject == null || time == null
          ? null
          : new EventObject(
              subject.type() + "/" + subject.id(),
              ChronoUnit.MICROS.between(Instant.EPOCH, time.toInstant()));
    } catch (JsonException | ArithmeticException e) {
      return null; // the event can be handled, but not be ordered
    }
  }
}
