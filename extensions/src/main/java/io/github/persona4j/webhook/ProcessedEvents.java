package io.github.persona4j.webhook;

import java.util.Objects;

/**
 * Remembers which events were handled, so that each is handled once although it is delivered
 * several times, also to several nodes at once.
 *
 * <p>A handler claims an event, handles it, and confirms the claim, or gives it back if it failed.
 * A claim that is neither confirmed nor given back, as after a crash, ends after a time, the lease;
 * then the next delivery is handled.
 *
 * <p>{@link InMemoryProcessedEvents} is for one process, {@link JdbcProcessedEvents} for several.
 * Implementations are thread-safe and may throw any unchecked exception if their storage fails; the
 * event is then delivered again.
 */
public interface ProcessedEvents {
  /** Whether an event can be handled now. */
  enum State {
    /** The event was claimed: handle it, and then confirm the claim or give it back. */
    CLAIMED,

    /** The event is claimed and not confirmed elsewhere, so it must be delivered again later. */
    CLAIMED_ELSEWHERE,

    /** The event was handled and confirmed. */
    CONFIRMED
  }

  /**
   * An attempt to claim an event.
   *
   * @param eventId the ID of the event
   * @param state whether it succeeded
   * @param token identifies this claim among all of the event
   */
  record Claim(String eventId, State state, String token) {
    /** Checks that no part is null. */
    public Claim {
      Objects.requireNonNull(eventId, "eventId");
      Objects.requireNonNull(state, "state");
      Objects.requireNonNull(token, "token");
    }
  }

  /** Claims an event, if it is not claimed or confirmed. */
  Claim claim(WebhookEvent event);

  /**
   * Lets the lease of a claim begin again, as before an event is handled that has waited.
   *
   * @param claim a claim whose state is {@link State#CLAIMED}
   * @return false if its lease has ended and the event was claimed elsewhere since
   */
  boolean renew(Claim claim);

  /**
   * Confirms that an event was handled, once and for all.
   *
   * @param claim a claim whose state is {@link State#CLAIMED}
   * @return false if its lease has ended and the event was claimed elsewhere since
   */
  boolean confirm(Claim claim);

  /**
   * Ends a claim without confirming it, so that the event can be claimed again at once. Nothing
   * happens if its lease has ended and the event was claimed elsewhere since.
   */
  void giveBack(Claim claim);

  /**
   * Returns whether a newer event about the same resource was confirmed, so that this one arrived
   * late and its resource is not news. Newer means created later. False if this is not known: the
   * event has no time or no resource, or the newer one was removed.
   */
  boolean isOutdated(WebhookEvent event);
}
