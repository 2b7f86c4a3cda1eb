package io.github.persona4j.internal.call;

import io.github.persona4j.error.FailedCall;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Is notified of the failed attempts and the end of one call. Does not throw. */
public interface CallObserver {
  /**
   * The call has ended.
   *
   * @param call the call with the head of its last response
   * @param failure the exception of the call; null if it succeeded
   * @param duration the duration of the call
   * @param waitedForPermits the time that it waited for permits of the rate limiter
   */
  void callEnded(
      FailedCall call, @Nullable Throwable failure, Duration duration, Duration waitedForPermits);

  /** An attempt has failed, and another one follows. */
  void attemptFailed(Attempted attempt);

  /** The headers to add to the request of the next attempt, if it goes to the API. */
  Map<String, String> requestHeaders();

  /**
   * A failed attempt.
   *
   * @param number the number of the attempt, from 1
   * @param call the attempt with the head of its response
   * @param failure the exception of the attempt; null if there is an error response
   * @param duration the duration of the attempt
   * @param waitBeforeNext the wait before the next attempt
   */
  record Attempted(
      int number,
      FailedCall call,
      @Nullable Throwable failure,
      Duration duration,
      Duration waitBeforeNext) {}

  /** Is notified when a call begins. */
  @FunctionalInterface
  interface Factory {
    /** The observer of a call that begins. */
    CallObserver callStarted(Operation operation);
  }
}
