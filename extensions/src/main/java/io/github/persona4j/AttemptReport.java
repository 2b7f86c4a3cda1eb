package io.github.persona4j;

import io.github.persona4j.error.FailedCall;
import io.github.persona4j.error.RateLimits;
import io.github.persona4j.internal.call.CallObserver;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A failed attempt of a call that is followed by another one, without its arguments, headers and
 * bodies. It contains no secrets and no personal data. Immutable and thread-safe.
 */
public final class AttemptReport {
  private final ApiOperation operation;
  private final CallObserver.Attempted attempt;
  private final FailedCall response;
  private final CallReport.Failure failure;

  AttemptReport(ApiOperation operation, CallObserver.Attempted attempt) {
    this.operation = operation;
    this.attempt = attempt;
    this.response = attempt.call();
    CallReport.Failure known = CallReport.Failure.of(attempt.failure());
    this.failure = known == null ? CallReport.Failure.REFUSED : known;
  }

  /** The operation of the call. */
  public ApiOperation operation() {
    return operation;
  }

  /** The number of the attempt in its call; the first attempt is 1. */
  public int number() {
    return attempt.number();
  }

  /** The HTTP status of the response; null if there was none. */
  public @Nullable Integer status() {
    return response.status();
  }

  /** The reason why the attempt failed. */
  public CallReport.Failure failure() {
    return failure;
  }

  /** The duration of the attempt, without the waiting before and after it. */
  public Duration duration() {
    return attempt.duration();
  }

  /**
   * The time that the client will wait before the next attempt because of this failure. Waiting for
   * a token or for the rate limiter adds to it.
   */
  public Duration waitBeforeNext() {
    return attempt.waitBeforeNext();
  }

  /** The {@code Request-Id} of the response; null if absent. */
  public @Nullable String requestId() {
    return response.requestId();
  }

  /** The rate limits of the response; null if there was none. */
  public @Nullable RateLimits rateLimits() {
    return response.status() == null ? null : response.rateLimits();
  }

  /** Returns one line for a log. */
  @Override
  public String toString() {
    return operation
        + " attempt "
        + number()
        + (status() == null ? "" : " returned " + status())
        + " ("
        + failure
        + ") in "
        + duration().toMillis()
        + " ms, next attempt after: "
        + waitBeforeNext().toMillis()
        + " ms, request id: "
        + requestId();
  }
}
