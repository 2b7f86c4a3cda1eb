package io.github.persona4j.webhook;

import io.github.persona4j.model.Resource;
import java.time.OffsetDateTime;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The resource that an event is about, and when the event was created.
 *
 * @param key the type and the ID of the resource; null if the event does not contain them
 * @param createdAt the time in milliseconds since 1970; null if the event does not contain it
 */
record EventObject(@Nullable String key, @Nullable Long createdAt) {
  static EventObject of(WebhookEvent event) {
    Resource subject = Objects.requireNonNull(event, "event").subject();
    OffsetDateTime time = event.createdAt();
    return new EventObject(
        subject == null ? null : subject.type() + "/" + subject.id(),
        time == null ? null : time.toInstant().toEpochMilli());
  }
}
