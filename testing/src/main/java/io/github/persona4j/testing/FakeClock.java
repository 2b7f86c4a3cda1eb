package io.github.persona4j.testing;

import io.github.persona4j.testing.internal.time.Timetable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The clock of a {@link FakePersona}. It shows the time of the source that the fake was started
 * with, by default the system's, until it is moved.
 *
 * <p>Moving it lets happen what is due until then, in the order of time: inquiries, sessions and
 * links expire, reports become ready, deliveries of webhooks are made again. All of that has
 * happened when the method returns, so a test does not wait. It must not be moved by code that the
 * fake calls, such as the receiver of a webhook, because the fake waits for it.
 *
 * <p>Code under test that uses a {@link Clock} can use this one, for example to check the age of
 * signatures. Thread-safe.
 * <!-- code: examples/src/test/java/io/github/persona4j/examples/JavadocExamplesTest.java#fake-clock -->
 *
 * <pre>{@code
 * fake.clock().advance(Duration.ofDays(2)); // inquiries that are open expire
 * }</pre>
 */
public final class FakeClock extends Clock {
  private final Timetable timetable;
  private final ZoneId zone;

  FakeClock(Timetable timetable) {
    this(timetable, ZoneOffset.UTC);
  }

  private FakeClock(Timetable timetable, ZoneId zone) {
    this.timetable = timetable;
    this.zone = zone;
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
   * @throws IllegalArgumentException if the duration is negative, or too long
   */
  public void advance(Duration duration) {
    timetable.advance(Objects.requireNonNull(duration, "duration"));
  }

  /**
   * Stops the clock at a time. In the past it is possible, too, but undoes nothing: objects and
   * events keep their timestamps.
   */
  public void set(Instant time) {
    timetable.set(Objects.requireNonNull(time, "time"));
  }

  /** Returns UTC, or the zone of {@link #withZone}. */
  @Override
  public ZoneId getZone() {
    return zone;
  }

  /** Returns the same clock in another time zone; both move together. */
  @Override
  public Clock withZone(ZoneId other) {
    return new FakeClock(timetable, Objects.requireNonNull(other, "other"));
  }

  /** Returns whether the other is the clock of the same fake with the same zone. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof FakeClock clock
        && clock.timetable == timetable
        && clock.zone.equals(zone);
  }

  @Override
  public int hashCode() {
    return Objects.hash(System.identityHashCode(timetable), zone);
  }

  /** Returns the time of the fake. */
  @Override
  public String toString() {
    return "FakeClock[" + instant() + "]";
  }
}
