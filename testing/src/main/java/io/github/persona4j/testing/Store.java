package io.github.persona4j.testing;

import com.google.gson.JsonObject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** All that the fake knows: seeded at first, added to by POST. Thread-safe. */
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
    seen(inquiry.createdAt());
  }

  void seed(Event event) {
    events.add(event);
    seen(event.createdAt());
  }

  private synchronized void seen(Instant time) {
    newest = time.isAfter(newest) ? time : newest;
  }

  /** An id that no seeded object has and no later call returns. */
  synchronized String newId(String prefix) {
    return Ids.of(prefix, "new " + created++);
  }

  /** The time for a new object: never before that of an older one, whatever the clock says. */
  synchronized Instant now() {
    Instant now = clock.instant();
    newest = now.isBefore(newest) ? newest.plusMillis(1) : now;
    return newest;
  }

  void recordEvent(String name, String objectId, Supplier<JsonObject> object) {
    events.add(new Event(newId("evt"), now(), name, objectId, object));
  }
}
