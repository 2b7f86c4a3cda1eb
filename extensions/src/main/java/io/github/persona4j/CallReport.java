package io.github.persona4j;

import io.github.persona4j.error.FailedCall;
import io.github.persona4j.error.MalformedResponseException;
import io.github.persona4j.error.PersonaApiException;
import io.github.persona4j.error.PersonaConnectionException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a call went, without a word of what was said in it: nothing in here is secret or personal.
 * Immutable and thread-safe.
 */
public final class CallReport {
  /** Why a call failed; each stands for an exception of the client. */
  public enum Failure {
    /** The API said no, with a status of 400 or more: {@code PersonaApiException}. */
    REFUSED,
    /** No complete answer came: {@code PersonaConnectionException}. */
    CONNECTION,
    /** A time limit ran out: {@code PersonaConnectionException.isTimeout()}. */
    TIMEOUT,
    /**
     * The caller cancelled the call, its thread was interrupted or the client closed: {@code
     * PersonaConnectionException.isStopped()}.
     */
    STOPPED,
    /** The answer is not one of this API: {@code MalformedResponseException}. */
    MALFORMED,
    /**
     * Something failed on this side: an interceptor threw an exception of its own, a file is larger
     * than the client takes ({@code FileTooLargeException}), the disk did not take one that {@code
     * files().save} was to store, or one could not be read for an upload ({@code
     * UnreadableFileException}).
     */
    FAULT;

    /** The reason for the exception of a call; null for none. */
    static @Nullable Failure of(@Nullable Throwable exception) {
      if (exception == null) {
        return null;
      } else if (exception instanceof PersonaApiException) {
        return REFUSED;
      } else if (exception instanceof MalformedResponseException) {
        return MALFORMED;
      } else if (exception instanceof PersonaConnectionException failed) {
        return failed.isTimeout() ? TIMEOUT : failed.isStopped() ? STOPPED : CONNECTION;
      }
      return FAULT;
    }
  }

  private final ApiOperation operation;
  private final FailedCall call;
  private final @Nullable Failure failure;
  private final Duration duration;

  CallReport(
      ApiOperation operation, FailedCall call, @Nullable Failure failure, Duration duration) {
    this.operation = operation;
    this.call = call;
    this.failure = failure;
    this.duration = duration;
  }

  /** What was called. */
  public ApiOperation operation() {
    return operation;
  }

  /** The HTTP status of the last answer, or null when none came. */
  public @Nullable Integer status() {
    return call.status();
  }

  /** Why the call failed, or null when it did not. */
  public @Nullable Failure failure() {
    return failure;
  }

  /** How many requests were made; 0 when the call ended before the first. */
  public int attempts() {
    return call.attempts();
  }

  /** How long the call took from its beginning to its end, with all attempts and all waiting. */
  public Duration duration() {
    return duration;
  }

  /** How much of that the client waited before and between requests, by its own will. */
  public Duration waited() {
    return call.waited();
  }

  /** The {@code Request-Id} of the last answer, or null when absent. */
  public @Nullable String requestId() {
    return call.requestId();
  }

  /** One line that is fit for a log. */
  @Override
  public String toString() {
    return operation
        + (call.status() == null ? "" : " answered " + call.status())
        + (failure == null ? "" : " (" + failure + ")")
        + " in "
        + duration.toMillis()
        + " ms, attempts: "
        + attempts()
        + ", waited: "
        + waited().toMillis()
        + " ms, request id: "
        + requestId();
  }
}
