package io.github.persona4j;

import io.github.persona4j.error.FailedCall;
import io.github.persona4j.error.MalformedResponseException;
import io.github.persona4j.error.PersonaApiException;
import io.github.persona4j.error.PersonaConnectionException;
import io.github.persona4j.error.RateLimits;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The result of a call, without its arguments, headers and bodies. It contains no secrets and no
 * personal data. A PDF print that is refused after its head was received counts as a success.
 * Immutable and thread-safe.
 */
public final class CallReport {
  /** The reason why a call failed. */
  public enum Failure {
    /** The API returned a status of 400 or more: {@code PersonaApiException}. */
    REFUSED,
    /** No complete response was received: {@code PersonaConnectionException}. */
    CONNECTION,
    /** A timeout expired: {@code PersonaConnectionException.isTimeout()}. */
    TIMEOUT,
    /**
     * The call was canceled, its thread was interrupted, or the client was closed: {@code
     * PersonaConnectionException.isStopped()}.
     */
    STOPPED,
    /** The response does not match the API: {@code MalformedResponseException}. */
    MALFORMED,
    /**
     * A local failure: an interceptor threw an exception, a file is larger than allowed ({@code
     * FileTooLargeException}), {@code files().save} could not write a file, or a file could not be
     * read for an upload ({@code UnreadableFileException}).
     */
    FAULT;

    /** The reason for an exception; null if the exception is null. */
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
  private final Duration waitedForRateLimit;

  CallReport(
      ApiOperation operation,
      FailedCall call,
      @Nullable Failure failure,
      Duration duration,
      Duration waitedForRateLimit) {
    this.operation = operation;
    this.call = call;
    this.failure = failure;
    this.duration = duration;
    this.waitedForRateLimit = waitedForRateLimit;
  }

  /** The operation of the call. */
  public ApiOperation operation() {
    return operation;
  }

  /** The HTTP status of the last response; null if there was none. */
  public @Nullable Integer status() {
    return call.status();
  }

  /** The reason why the call failed; null if it succeeded. */
  public @Nullable Failure failure() {
    return failure;
  }

  /** The number of requests made; 0 if the call ended before the first. */
  public int attempts() {
    return call.attempts();
  }

  /** The duration of the call, including all attempts and all waiting. */
  public Duration duration() {
    return duration;
  }

  /** The time that the client waited before and between requests; part of {@link #duration()}. */
  public Duration waited() {
    return call.waited();
  }

  /** The time that the call waited for the rate limiter; part of {@link #waited()}. */
  public Duration waitedForRateLimit() {
    return waitedForRateLimit;
  }

  /** The {@code Request-Id} of the last response; null if absent. */
  public @Nullable String requestId() {
    return call.requestId();
  }

  /** The rate limits of the last response; null if there was none. */
  public @Nullable RateLimits rateLimits() {
    return call.status() == null ? null : call.rateLimits();
  }

  /** Returns one line for a log. */
  @Override
  public String toString() {
    return operation
        + (call.status() == null ? "" : " returned " + call.status())
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
