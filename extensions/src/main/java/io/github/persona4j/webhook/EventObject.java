package io.github.persona4j.webhook;

import io.github.persona4j.model.Resource;
import java.time.OffsetDateTime;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The resource that an event is about, and when the event was created.
 *
 * @param key the type and the ID of the resource
 * @param createdAt the time in milliseconds since 1970
 */
record EventObject(String key, long createdAt) {
  /**
   * Returns the object of an event; null if the event does not contain its resource or its time.
   */
  static @Nullable EventObject of(WebhookEvent event) {
    Resource subject = Objects.requireNonNull(event, "event").subject();
    OffsetDateTime time = event.createdAt();
    return subject == null || time == null
        ? null
        : new EventObject(subject.type() + "/" + subject.id(), time.toInstant().toEpochMilli());
  }
}
