package io.github.persona4j.internal.call;

import io.github.persona4j.error.CredentialsException;
import io.github.persona4j.error.PersonaException;
import io.github.persona4j.error.RateLimits;
import io.github.persona4j.internal.http.Attempt;
import io.github.persona4j.internal.http.Callbacks;
import io.github.persona4j.internal.http.ConnectionFailure;
import io.github.persona4j.internal.http.ForeignResponseException;
import io.github.persona4j.internal.http.StopReason;
import io.github.persona4j.internal.http.Transport;
import io.github.persona4j.internal.http.UserCodeException;
import io.github.persona4j.internal.retry.RateLimiter;
import io.github.persona4j.internal.retry.RetryRules;
import io.github.persona4j.internal.retry.TimeSource;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * The steps of one call, which {@link BlockingDriver} and {@link AsyncDriver} execute: wait for a
 * permit, make an attempt, read its response, and retry or end. One thread at a time executes a
 * step. Any thread may cancel.
 */
final class CallSteps implements StreamedBody.Owner {
  private final Transport transport;
  private final Lifecycle lifecycle;
  private final Lifecycle.OpenCall call;
  private final CallState state;
  private final RetryPlan retries;
  private final @Nullable TokenSource tokens;
  private final @Nullable RateLimiter limiter;
  private final ResponseReader reader;

  private volatile @Nullable Call attempt;
  private volatile @Nullable CompletableFuture<?> pause;
  private volatile boolean handedOver;
  private volatile boolean blocking;
  private RateLimiter.@Nullable Permit permit;
  private @Nullable String token;
  private @Nullable Refusal refusal;

  /**
   * A response with the status 401, and the retry to make if there is another token. The body of
   * the response is in memory.
   *
   * @param token the token that was refused
   */
  private record Refusal(Response response, String token, RetryRules.Retry retry) {
    /** Does not show the token. */
    @Override
    public String toString() {
      return "Refusal";
    }
  }

  /**
   * The steps of a call.
   *
   * @param tokens supplies the token of each attempt; null for none
   * @param limiter null if no rate limit is known to apply
   */
  CallSteps(
      Transport transport,
      Lifecycle lifecycle,
      Lifecycle.OpenCall call,
      CallState state,
      RetryPlan retries,
      @Nullable TokenSource tokens,
      @Nullable RateLimiter limiter,
      long maxResponseBytes) {
    this.transport = transport;
    this.lifecycle = lifecycle;
    this.call = call;
    this.state = state;
    this.retries = retries;
    this.tokens = tokens;
    this.limiter = limiter;
    this.reader =
        new ResponseReader(state.request(), transport.bodyTimeout(), maxResponseBytes, this);
  }

  CallState state() {
    return state;
  }

  TimeSource time() {
    return retries.time();
  }

  /**
   * The call begins.
   *
   * @param timeoutNanos for the whole call; 0 for the default
   * @param blocking whether the caller's thread executes the steps, so that its interruption stops
   *     the call
   */
  void begin(long timeoutNanos, boolean blocking) {
    this.blocking = blocking;
    state.begin(timeoutNanos == 0 ? transport.callTimeoutNanos() : timeoutNanos);
    lifecycle.begin(call);
  }

  /**
   * Asks for the token of the next attempt.
   *
   * @return the token to wait for, which is null if the wait ends early; or null if the attempt may
   *     begin without one
   */
  @Nullable CompletableFuture<@Nullable String> askForToken() {
    if (tokens == null || state.isCancelled()) {
      return null;
    }
    Refusal refused = refusal;
    CompletableFuture<String> asked =
        tokens.next(refused == null ? null : refused.token(), blocking);
    // A future of its own, because other calls wait for the same token.
    CompletableFuture<@Nullable String> awaited = new CompletableFuture<>();
    CompletableFuture<?> unused =
        asked.whenComplete(
            (next, failure) -> {
              if (failure == null) {
                awaited.complete(next);
              } else {
                awaited.completeExceptionally(failure);
              }
            });
    if (!awaited.isDone()) {
      endWithCall(awaited);
      if (blocking && state.hasDeadline()) {
        CompletableFuture<@Nullable Void> alarm = time().alarm(Math.max(0, state.remainingNanos()));
        unused = alarm.thenRun(() -> endEarly(awaited));
        unused = awaited.whenComplete((next, failure) -> endEarly(alarm));
      }
    }
    return awaited;
  }

  /**
   * The wait for a token is over.
   *
   * @param next null if it ended early
   * @param failure why there is no token, or null
   * @param since when it began
   * @return the response that ends the call, because there is no other token than the refused one;
   *     null if the attempt may begin
   */
  @Nullable Response takeToken(@Nullable String next, @Nullable Throwable failure, long since)
      throws IOException {
    state.waitedSince(since);
    Refusal refused = refusal;
    refusal = null;
    if (refused != null) {
      if (refused.token().equals(next)) {
        return refused.response();
      }
      state.retry(refused.response(), null, refused.retry());
      close(refused.response());
    }
    if (failure != null) {
      throw tokenFailure(failure);
    }
    if (next == null) {
      checkNotStopped();
      throw ConnectionFailure.timeout(null);
    }
    token = next;
    return null;
  }

  private IOException tokenFailure(Throwable failure) {
    if (failure instanceof PersonaException reported) {
      return new UserCodeException(new CredentialsException(state.describeUnsent(), reported));
    }
    return failure instanceof AccessTokenRequest.SigningException signing
        ? new UserCodeException(new CredentialsException(state.describeUnsent(), signing.failure()))
        : UserCodeException.of(failure);
  }

  /**
   * Asks for a permit.
   *
   * @return the permit to wait for, which is null if the wait ends early; or null if the attempt
   *     may begin now
   */
  @Nullable CompletableFuture<RateLimiter.@Nullable Permit> askForPermit() {
    if (limiter == null || state.isCancelled()) {
      return null;
    }
    CompletableFuture<RateLimiter.@Nullable Permit> asked =
        limiter.acquire(Math.max(0, state.remainingNanos()));
    RateLimiter.Permit granted = asked.getNow(null);
    if (granted == null || !granted.isImmediate()) {
      endWithCall(asked);
      return asked;
    }
    permit = granted;
    return null;
  }

  /**
   * The wait for a permit is over.
   *
   * @param granted null if it ended early
   * @param since when it began
   */
  void takePermit(RateLimiter.@Nullable Permit granted, long since) throws IOException {
    state.waitedForPermitSince(since);
    if (limiter == null) {
      return;
    }
    if (granted == null) {
      checkNotStopped();
    }
    permit = granted == null ? limiter.acquireNow() : granted;
  }

  /** The wait for a permit was interrupted. */
  void abandonPermit(CompletableFuture<RateLimiter.@Nullable Permit> asked, long since) {
    state.waitedForPermitSince(since);
    permit = asked.getNow(null); // it may have been granted concurrently
  }

  private void releasePermit(@Nullable Response response) {
    RateLimiter.Permit taken = permit;
    if (taken != null) {
      permit = null;
      RateLimits reported = response == null ? null : RateLimits.of(response.headers());
      taken.release(reported, state.requestSent());
    }
  }

  /** The next attempt, as a call of OkHttp. */
  Call newAttempt() throws IOException {
    checkNotStopped();
    Request request = state.beginAttempt(token);
    Call begun = (state.isUnpooled() ? transport.unpooled() : transport.http()).newCall(request);
    if (state.hasDeadline()) {
      begun.timeout().timeout(Math.max(1, state.remainingNanos()), TimeUnit.NANOSECONDS);
    }
    attempt = begun;
    if (state.isCancelled()) {
      begun.cancel();
    }
    return begun;
  }

  private void checkNotStopped() throws IOException {
    StopReason reason = stopReason(null);
    if (reason != null) {
      throw reason.exception();
    }
    if (state.remainingNanos() <= 0) {
      throw ConnectionFailure.timeout(null);
    }
  }

  /** Reads the response of an attempt, see {@link ResponseReader}. */
  Response read(Response response) throws IOException {
    return reader.read(response, state.attempt());
  }

  /**
   * Ends an attempt and returns the retry to make.
   *
   * @param response the response; null if there is none
   * @param failure the failure of the attempt; null if there is a response
   * @return null if the call ends with this attempt
   */
  RetryRules.@Nullable Retry settle(@Nullable Response response, @Nullable IOException failure) {
    state.endAttempt();
    releasePermit(failure instanceof ForeignResponseException ? null : response);
    if (failure == null && response != null && response.isSuccessful()) {
      retries.budget().earn();
      return null;
    }
    if (stopReason(failure) != null) {
      return null;
    }
    RetryRules.Retry retry = retries.next(state, response, failure);
    if (failure == null && response != null && response.code() == 401 && token != null) {
      if (retry == null) {
        Objects.requireNonNull(tokens).rejected(token, blocking);
      } else {
        refusal = new Refusal(response, token, retry); // it is not known whether there is another
      }
      return retry;
    }
    if (retry == null) {
      return null;
    }
    state.retry(response, failure, retry);
    if (failure != null) {
      // If the server closed one idle connection, it has probably closed the others too.
      transport.evictIdle();
    }
    close(response);
    return retry;
  }

  /** Begins the wait before a retry. */
  CompletableFuture<@Nullable Void> pauseBefore(RetryRules.Retry retry) {
    CompletableFuture<@Nullable Void> begun = time().pause(retry.waitNanos());
    endWithCall(begun);
    return begun;
  }

  /** The result of the last attempt. */
  Response result(@Nullable Response response, @Nullable IOException failure) throws IOException {
    if (failure != null) {
      close(response);
      throw stopped(failure);
    }
    if (response == null) {
      throw new IOException("there is no response");
    }
    return response;
  }

  /** Ends an attempt after an exception that is not a failure of the connection. */
  void abandon(@Nullable Response response) {
    releasePermit(null);
    close(response);
    Call failed = attempt;
    if (failed != null) {
      // OkHttp may not have released the connection because of the exception.
      Callbacks.invoke(Call::cancel, failed);
    }
  }

  /** The failure to report. A stopped call fails with various exceptions of its connection. */
  private IOException stopped(IOException failure) {
    StopReason reason = failure instanceof UserCodeException ? null : stopReason(failure);
    return reason == null ? failure : reason.exception(failure);
  }

  /** The reason why the call must stop; null if it may continue. */
  private @Nullable StopReason stopReason(@Nullable IOException failure) {
    if (lifecycle.isClosed()) {
      return StopReason.CLIENT_CLOSED;
    }
    if (state.isCancelled() || wasCancelled(failure)) {
      return StopReason.CANCELED;
    }
    // An interruption of a virtual thread breaks the connection; a platform thread gets a timeout.
    // The thread of an asynchronous step is not the caller's.
    return blocking && Thread.currentThread().isInterrupted() ? StopReason.INTERRUPTED : null;
  }

  // For example by the dispatcher of the user's OkHttpClient. A timeout also cancels the call.
  private boolean wasCancelled(@Nullable IOException failure) {
    Call failed = attempt;
    return failure != null
        && failed != null
        && failed.isCanceled()
        && !(failure instanceof InterruptedIOException || failure instanceof UserCodeException);
  }

  /** Ends the call at once, in any state. */
  void cancel() {
    state.cancel();
    endEarly(pause);
    Call running = attempt;
    if (running != null) {
      running.cancel();
    }
  }

  /** Lets {@link #cancel} end a wait. */
  private void endWithCall(CompletableFuture<?> begun) {
    pause = begun;
    if (state.isCancelled()) {
      endEarly(begun);
    }
  }

  static void endEarly(@Nullable CompletableFuture<?> pause) {
    if (pause != null) {
      pause.complete(null);
    }
  }

  private void close(@Nullable Response response) {
    reader.ended();
    try {
      if (response != null) {
        response.close();
      }
    } catch (Throwable e) {
      Attempt last = state.attempt();
      if (last != null) {
        last.closeNetworkResponse(); // closing a response of an interceptor may not close it
      }
    }
  }

  /** Ends the call for the caller. A streamed body keeps it open. */
  void end() {
    handedOver = true;
    if (!reader.isStreaming()) {
      lifecycle.end(call);
    }
  }

  @Override
  public void bodyEnded() {
    reader.ended();
    if (handedOver) {
      lifecycle.end(call);
    }
  }

  @Override
  public IOException reported(IOException failure) {
    if (failure instanceof UserCodeException) {
      return failure;
    }
    StopReason reason = stopReason(failure);
    // A stream is read on the caller's thread, also after an asynchronous call.
    if (reason == null && Thread.currentThread().isInterrupted()) {
      reason = StopReason.INTERRUPTED;
    }
    return reason == null ? failure : reason.exception(failure);
  }
}
