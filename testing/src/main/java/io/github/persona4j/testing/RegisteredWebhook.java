package io.github.persona4j.testing;

import io.github.persona4j.testing.internal.store.ObjectStore;
import io.github.persona4j.testing.internal.store.StoredObject;
import io.github.persona4j.testing.internal.time.Timetable;
import io.github.persona4j.testing.internal.webhook.WebhookOperations;
import java.time.Duration;
import java.util.Objects;

/** A webhook that a test registered with {@link Webhooks}. Thread-safe. */
public final class RegisteredWebhook {
  private final ObjectStore store;
  private final Timetable timetable;
  private final String id;

  RegisteredWebhook(ObjectStore store, Timetable timetable, String id) {
    this.store = store;
    this.timetable = timetable;
    this.id = id;
  }

  /** Returns the ID, with which the webhook can be used through the API. */
  public String id() {
    return id;
  }

  /** Returns the current secret. */
  public String secret() {
    return Objects.requireNonNull(webhook().text("secret"));
  }

  private StoredObject webhook() {
    return Objects.requireNonNull(store.find("webhook", id));
  }

  /**
   * Replaces the secret. For a time, each delivery is signed with both.
   *
   * @param overlap how long the former secret stays valid; zero or more, otherwise {@link
   *     IllegalArgumentException}
   * @return the new secret
   */
  public String rotateSecret(Duration overlap) {
    if (Objects.requireNonNull(overlap, "overlap").isNegative()) {
      throw new IllegalArgumentException("overlap must be zero or more, not " + overlap);
    }
    StoredObject rotated =
        store.update(
            id,
            webhook ->
                WebhookOperations.rotated(
                    webhook,
                    WebhookOperations.newSecret(store),
                    timetable.instant().plus(overlap)));
    return Objects.requireNonNull(rotated.text("secret"));
  }

  /** Returns the ID, without the secret. */
  @Override
  public String toString() {
    return "RegisteredWebhook[" + id + "]";
  }
}
