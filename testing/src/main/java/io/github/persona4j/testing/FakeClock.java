package io.github.persona4j.testing;

import io.github.persona4j.testing.internal.time.Timetable;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The clock of a {@link FakePersona}. It shows the time of the source that the fake was started
 * with, by default the system's, until it is moved.
 *
 * <p>Moving it lets happen what is due until then, in the order of time: inquiries, sessions and
 * links expire, reports become ready, deliveries of webhooks are made again. All of that has
 * happened when the method returns, so a test does not wait. It must not be moved by code that the
 * fake calls, such as the receiver of a webhook, because the fake waits for it. Thread-safe.
 */
public final class FakeClock implements InstantSource {
  private final Timetable timetable;

  FakeClock(Timetable timetable) {
    this.timetable = timetable;
  }

  /** Returns the time of the fake. */
  @Override
  public Instant instant() {
    return timetable.instant();
  }

  /**
   * Moves the time forward. A clock that runs keeps running from there, and one that {@link #set}
   * has stopped stays stopped.
   *
   * @throws IllegalArgumentException if the duration is negative
   */
  public void advance(Duration duration) {
    timetable.advance(duration);
  }

  /**
   * Stops the clock at a time. In the past it is possible, too, but undoes nothing: objects and
   * events keep their timestamps.
   */
  public void set(Instant time) {
    timetable.set(time);
  }

  /** Returns the time of the fake. */
  @Override
  public String toString() {
    return "FakeClock[" + instant() + "]";
  }
}
