package io.github.persona4j.testing;

import io.github.persona4j.testing.internal.state.ReportMoves.Result;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What comes of a report, see {@link FakePersona#reports(ReportOutcome)}. Immutable.
 * <!-- code: examples/src/test/java/io/github/persona4j/examples/JavadocExamplesTest.java#report-outcome -->
 *
 * <pre>{@code
 * fake.reports("report/watchlist", ReportOutcome.match().after(Duration.ofSeconds(2)));
 * }</pre>
 */
public final class ReportOutcome {
  private final @Nullable Result result;
  private final Duration delay;

  private ReportOutcome(@Nullable Result result, Duration delay) {
    this.result = result;
    this.delay = delay;
  }

  /** The report becomes ready without a match. */
  public static ReportOutcome noMatch() {
    return new ReportOutcome(Result.NO_MATCH, Duration.ZERO);
  }

  /** The report becomes ready with a match. */
  public static ReportOutcome match() {
    return new ReportOutcome(Result.MATCH, Duration.ZERO);
  }

  /** The report ends with an error. */
  public static ReportOutcome error() {
    return new ReportOutcome(Result.ERROR, Duration.ZERO);
  }

  /** The report stays pending until {@link FakePersona#finishReport} is called. */
  public static ReportOutcome pending() {
    return new ReportOutcome(null, Duration.ZERO);
  }

  /**
   * Returns an outcome that takes this long on the clock of the fake.
   *
   * @param time 0 or more, otherwise {@link IllegalArgumentException}
   */
  public ReportOutcome after(Duration time) {
    if (Objects.requireNonNull(time, "time").isNegative()) {
      throw new IllegalArgumentException("time must not be negative: " + time);
    }
    return new ReportOutcome(result, time);
  }

  @Nullable Result result() {
    return result;
  }

  Duration delay() {
    return delay;
  }

  /** Returns the result and the time. */
  @Override
  public String toString() {
    return "ReportOutcome[" + (result == null ? "PENDING" : result) + " after " + delay + "]";
  }
}
