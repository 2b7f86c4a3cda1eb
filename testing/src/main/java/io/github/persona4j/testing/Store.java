package io.github.persona4j.testing;

import com.google.gson.JsonObject;
import io.github.persona4j.testing.internal.store.Ids;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** All data of the fake: the seed data, and what POST added. Thread-safe. */
final class Store {
  final Timeline<Event> events = new Timeline<>();
  final Timeline<Inquiry> inquiries = new Timeline<>();

  private final Map<String, Account> accounts = new ConcurrentHashMap<>();
  private final Map<String, Account> accountsByReference = new ConcurrentHashMap<>();
  private final InstantSource clock;
  private long created;
  private Instant newest = Instant.MIN;

  Store(InstantSource clock) {
    this.clock = clock;
  }

  @Nullable Account account(String id) {
    return accounts.get(id);
  }

  @Nullable Account accountByReference(String referenceId) {
    return accountsByReference.get(referenceId);
  }

  void add(Account account) {
    accounts.put(account.id(), account);
    if (account.referenceId() != null) {
      accountsByReference.put(account.referenceId(), account);
    }
  }

  void seed(Inquiry inquiry) {
    inquiries.add(inquiry);
    updateNewest(inquiry.createdAt());
  }

  void seed(Event event) {
    events.add(event);
    updateNewest(event.createdAt());
  }

  private synchronized void updateNewest(Instant time) {
    newest = time.isAfter(newest) ? time : newest;
  }

  /** Returns an id that is unique among seeded and new objects. */
  synchronized String newId(String prefix) {
    return Ids.of(prefix, "new " + created++);
  }

  /**
   * Returns the timestamp of a new object: never before that of an older one, even if the clock is.
   */
  synchronized Instant now() {
    Instant now = clock.instant();
    newest = now.isBefore(newest) ? newest.plusMillis(1) : now;
    return newest;
  }

  void recordEvent(String name, String objectId, Supplier<JsonObject> object) {
    events.add(new Event(newId("evt"), now(), name, objectId, object));
  }
}
