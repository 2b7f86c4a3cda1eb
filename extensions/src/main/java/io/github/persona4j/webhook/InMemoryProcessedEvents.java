package io.github.persona4j.webhook;

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The processed events of one process, in memory. They are lost when the process ends, so a
 * duplicate that arrives later is handled again.
 *
 * <p>The events that were confirmed first are forgotten when there are too many, as are the
 * resources whose last event was. Thread-safe.
 * <!-- code: examples/src/test/java/io/github/persona4j/examples/JavadocExamplesTest.java#processed-events -->
 *
 * <pre>{@code
 * WebhookHandler webhook =
 *     WebhookHandler.builder()
 *         .verifier(WebhookVerifier.of(secret))
 *         .processedEvents(InMemoryProcessedEvents.of(10_000, Duration.ofMinutes(5)))
 *         .otherwise(event -> show(event.name()))
 *         .build();
 * }</pre>
 */
public final class InMemoryProcessedEvents implements ProcessedEvents {
  private final int maxConfirmed;
  private final long leaseMillis;
  private final Clock clock;

  // All guarded by this.
  private final Map<String, Entry> claimed = new HashMap<>();
  private final Set<String> confirmed = new LinkedHashSet<>();
  private final Map<String, Long> newest = new LinkedHashMap<>();

  private record Entry(String token, long leaseEnd, @Nullable EventObject object) {}

  private InMemoryProcessedEvents(int maxConfirmed, Duration lease, Clock clock) {
    this.maxConfirmed = maxConfirmed;
    this.leaseMillis = Leases.millis(lease);
    this.clock = Objects.requireNonNull(clock, "clock");
    if (maxConfirmed < 1) {
      throw new IllegalArgumentException("maxConfirmed: must be at least 1");
    }
  }

  /**
   * Creates an empty store.
   *
   * @param maxConfirmed the number of confirmed events to remember, at least 1
   * @param lease how long a claim lasts that is neither confirmed nor given back; longer than any
   *     event takes to handle
   */
  public static InMemoryProcessedEvents of(int maxConfirmed, Duration lease) {
    return of(maxConfirmed, lease, Clock.systemUTC());
  }

  /** As {@link #of(int, Duration)}, with a clock. */
  public static InMemoryProcessedEvents of(int maxConfirmed, Duration lease, Clock clock) {
    return new InMemoryProcessedEvents(maxConfirmed, lease, clock);
  }

  @Override
  public synchronized Claim claim(WebhookEvent event) {
    String id = Objects.requireNonNull(event, "event").id();
    String token = UUID.randomUUID().toString();
    if (confirmed.contains(id)) {
      return new Claim(id, State.CONFIRMED, token);
    }
    long now = clock.millis();
    Entry entry = claimed.get(id);
    if (entry != null && entry.leaseEnd > now) {
      return new Claim(id, State.CLAIMED_ELSEWHERE, token);
    }
    if (claimed.size() >= maxConfirmed) {
      claimed.values().removeIf(each -> each.leaseEnd <= now);
    }
    claimed.put(id, new Entry(token, now + leaseMillis, EventObject.of(event)));
    return new Claim(id, State.CLAIMED, token);
  }

  @Override
  public synchronized boolean confirm(Claim claim) {
    Entry entry = held(claim);
    if (entry == null) {
      return false;
    }
    claimed.remove(claim.eventId());
    EventObject object = entry.object;
    confirmed.add(claim.eventId());
    forgetFirst(confirmed);
    if (object != null) {
      Long last = newest.remove(object.key()); // so that it is the last one to be forgotten
      newest.put(object.key(), Math.max(object.createdAt(), last == null ? Long.MIN_VALUE : last));
      forgetFirst(newest.keySet());
    }
    return true;
  }

  private void forgetFirst(Set<String> all) {
    if (all.size() > maxConfirmed) {
      Iterator<String> first = all.iterator();
      first.next();
      first.remove();
    }
  }

  @Override
  public synchronized boolean renew(Claim claim) {
    Entry entry = held(claim);
    if (entry == null) {
      return false;
    }
    claimed.put(
        claim.eventId(), new Entry(entry.token, clock.millis() + leaseMillis, entry.object));
    return true;
  }

  @Override
  public synchronized void giveBack(Claim claim) {
    if (held(claim) != null) {
      claimed.remove(claim.eventId());
    }
  }

  /** Returns the entry of a claim; null if the event was claimed elsewhere since, or ended. */
  private @Nullable Entry held(Claim claim) {
    Entry entry = claimed.get(Objects.requireNonNull(claim, "claim").eventId());
    return entry != null && entry.token.equals(claim.token()) ? entry : null;
  }

  @Override
  public synchronized boolean isOutdated(WebhookEvent event) {
    EventObject object = EventObject.of(event);
    Long last = object == null ? null : newest.get(object.key());
    return object != null && last != null && last > object.createdAt();
  }
}
