package io.github.persona4j.internal.call;

import io.github.persona4j.error.FailedCall;
import io.github.persona4j.internal.http.Attempt;
import io.github.persona4j.internal.http.HeaderNames;
import io.github.persona4j.internal.retry.RetryHistory;
import io.github.persona4j.internal.retry.RetryRules;
import io.github.persona4j.internal.retry.TimeSource;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * The state of one call over all its attempts. The request of the call carries it as a tag, because
 * Retrofit does not provide the response when decoding fails. Only {@link RetryingCall} writes it,
 * on one thread at a time. Any thread may read.
 */
public final class CallState {
  private static final AtomicLong CALLS = new AtomicLong();

  private final long number = nextNumber();
  private final String basePath;
  private final TimeSource time;
  private final boolean errorDetails;
  private final EarlierAttempts earlier = new EarlierAttempts();

  private volatile boolean cancelled;
  private volatile boolean hasDeadline;
  private volatile long deadline;
  private volatile @Nullable Request next;
  private volatile @Nullable Attempt attempt;
  private volatile @Nullable String attemptKey;
  private volatile @Nullable String sentKey; // of the last attempt before that was sent
  private volatile RetryHistory history = RetryHistory.NONE;
  private volatile boolean unpooled;
  private volatile long waitedNanos;
  private volatile long permitNanos;
  private volatile @Nullable CallObserver observer;
  private volatile int attempts;
  private volatile long attemptSince;
  private volatile long attemptNanos;

  /**
   * The state of a call that begins.
   *
   * @param errorDetails whether messages have the titles and details of errors
   */
  CallState(String basePath, TimeSource time, boolean errorDetails) {
    this.basePath = basePath;
    this.time = time;
    this.errorDetails = errorDetails;
  }

  /** Returns a number for a call that is unique in the program. */
  public static long nextNumber() {
    return CALLS.incrementAndGet();
  }

  /** The state of the call that a request belongs to; null for a call of another client. */
  static @Nullable CallState of(Request request) {
    return request.tag(CallState.class);
  }

  /** The operation of a request. */
  public static Operation operation(Request request) {
    CallState state = of(request);
    return Operation.under(state == null ? "/" : state.basePath, request);
  }

  /**
   * Describes the call for exceptions and responses.
   *
   * @param response null if there was none
   */
  public static FailedCall describe(Request request, @Nullable Response response) {
    CallState state = of(request);
    if (state == null) {
      return describeAttempt(request, response);
    }
    FailedCall call = describeAttempt(state.lastRequest(request), response);
    boolean executed = call.mayHaveBeenExecuted() && (response != null || state.requestSent());
    return call.withAttempts(state.requests(), Duration.ofNanos(state.waitedNanos))
        .withExecution(executed, state.earlier.mayHaveBeenExecuted());
  }

  /** Like {@link #describe}, with the last response that was received. */
  static FailedCall describe(Request request) {
    CallState state = of(request);
    Attempt attempt = state == null ? null : state.attempt;
    return describe(request, attempt == null ? null : attempt.response());
  }

  // A retry can have another idempotency key. The key of a request that was not sent is of no use.
  private Request lastRequest(Request request) {
    String key = requestSent() || sentKey == null ? attemptKey : sentKey;
    return key == null || key.equals(request.header(HeaderNames.IDEMPOTENCY_KEY))
        ? request
        : request.newBuilder().header(HeaderNames.IDEMPOTENCY_KEY, key).build();
  }

  private static FailedCall describeAttempt(Request sent, @Nullable Response response) {
    FailedCall call = response == null ? FailedCall.of(sent) : FailedCall.of(sent, response);
    CallState state = of(sent);
    FailedCall detailed = state != null && state.errorDetails ? call.withErrorDetails() : call;
    return sent.header("Authorization") == null
        ? detailed
        : detailed.withPath(operation(sent).path()); // the path may contain a token
  }

  /** Describes the call before an attempt that could not be sent, for exceptions. */
  FailedCall describeUnsent() {
    return describeAttempt(lastRequest(request()), null)
        .withAttempts(requests(), Duration.ofNanos(waitedNanos))
        .withExecution(false, earlier.mayHaveBeenExecuted());
  }

  /** The failures of earlier attempts, for the exception of a call. */
  EarlierAttempts earlierAttempts() {
    return earlier;
  }

  /** The start of a successful body whose content type is text instead of JSON; otherwise null. */
  @Nullable String textInPlaceOfJson() {
    Attempt last = attempt;
    return last == null ? null : last.textInPlaceOfJson();
  }

  /** Sets the observer of the call, before the call begins. */
  void observe(CallObserver observer) {
    this.observer = observer;
  }

  /** Sets the request of the call, which carries this state. */
  void start(Request request) {
    next = request;
  }

  /**
   * The call begins.
   *
   * @param timeoutNanos 0 for none
   */
  void begin(long timeoutNanos) {
    hasDeadline = timeoutNanos > 0;
    deadline = time.nanos() + timeoutNanos;
  }

  boolean hasDeadline() {
    return hasDeadline;
  }

  /** The time until the deadline in nanoseconds; below zero when it has passed. */
  long remainingNanos() {
    return hasDeadline ? deadline - time.nanos() : Long.MAX_VALUE;
  }

  void cancel() {
    cancelled = true;
  }

  boolean isCancelled() {
    return cancelled;
  }

  /**
   * Begins an attempt, and returns its request.
   *
   * @param token the token of the client's credentials; null for none
   */
  Request beginAttempt(@Nullable String token) {
    CallObserver observing = observer;
    Map<String, String> headers = observing == null ? Map.of() : observing.requestHeaders();
    Attempt begun = new Attempt(number, requests(), token, headers);
    attempt = begun;
    int before = attempts;
    attempts = before + 1;
    attemptSince = time.nanos();
    attemptKey = request().header(HeaderNames.IDEMPOTENCY_KEY);
    return request().newBuilder().tag(Attempt.class, begun).build();
  }

  /** The present attempt has ended. */
  void endAttempt() {
    attemptNanos = time.nanos() - attemptSince;
  }

  /** The request without what belongs to one attempt. */
  Request request() {
    return Objects.requireNonNull(next);
  }

  /** The present or last attempt; null before the first. */
  @Nullable Attempt attempt() {
    return attempt;
  }

  /** Whether a request of the present attempt began to be sent. */
  boolean requestSent() {
    Attempt last = attempt;
    return last != null && last.requestSent();
  }

  /** How many requests were begun. */
  private int requests() {
    Attempt last = attempt;
    return last == null ? 0 : last.requestsOfCall();
  }

  RetryHistory history() {
    return history;
  }

  /** Whether the next attempt needs a connection that serves nothing else. */
  boolean isUnpooled() {
    return unpooled;
  }

  /**
   * The present attempt failed, and another one follows.
   *
   * @param response the error response, or null
   * @param failure why there is none, or null
   */
  void retry(@Nullable Response response, @Nullable IOException failure, RetryRules.Retry retry) {
    FailedCall call = describeAttempt(request(), failure == null ? response : null);
    boolean executed = call.mayHaveBeenExecuted() && (failure == null || requestSent());
    FailedCall failed = call.withExecution(executed, false);
    earlier.add(failed, failure, response);
    if (requestSent()) {
      sentKey = attemptKey;
    }
    history = retry.history();
    unpooled = retry.unpooled();
    if (retry.newKey()) {
      next = IdempotencyKey.withFreshKey(request());
    }
    CallObserver observing = observer;
    if (observing != null) {
      observing.attemptFailed(
          new CallObserver.Attempted(
              attempts,
              failed,
              failure == null ? null : AttemptFailure.exception(failed, failure),
              Duration.ofNanos(attemptNanos),
              Duration.ofNanos(retry.waitNanos())));
    }
  }

  /** Counts a wait for a token, a permit or a retry, which may have ended early. */
  void waitedSince(long since) {
    addWait(time.nanos() - since);
  }

  /** Counts a wait for a permit of the rate limiter, which may have ended early. */
  void waitedForPermitSince(long since) {
    long nanos = time.nanos() - since;
    addWait(nanos);
    long before = permitNanos;
    permitNanos = before + nanos;
  }

  private void addWait(long nanos) {
    long before = waitedNanos;
    waitedNanos = before + nanos;
  }

  /** The time that the call waited for permits of the rate limiter. */
  Duration waitedForPermits() {
    return Duration.ofNanos(permitNanos);
  }
}
