package io.github.persona4j.internal.call;

import io.github.persona4j.internal.http.Callbacks;
import io.github.persona4j.internal.http.ConnectionFailure;
import io.github.persona4j.internal.http.StopReason;
import io.github.persona4j.internal.http.UserCodeException;
import io.github.persona4j.internal.retry.RateLimiter;
import io.github.persona4j.internal.retry.RetryRules;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Executes the steps of an enqueued call. No thread is blocked between steps: each step runs on the
 * thread that ended the wait before it. The callback is invoked once.
 */
final class AsyncDriver {
  private final CallSteps steps;
  private final Call call;
  private final Callback callback;
  private final CompletionExecutor completions;
  private final AtomicBoolean completed = new AtomicBoolean();
  private volatile @Nullable CompletableFuture<?> alarm;

  /**
   * Creates a driver for one call.
   *
   * @param call the call that is passed to the callback
   */
  AsyncDriver(CallSteps steps, Call call, Callback callback, CompletionExecutor completions) {
    this.steps = steps;
    this.call = call;
    this.callback = callback;
    this.completions = completions;
  }

  void enqueue(long timeoutNanos) {
    take(
        () -> {
          steps.begin(timeoutNanos, false);
          if (steps.state().hasDeadline()) {
            // OkHttp queues attempts while many others run. Its timeouts do not include that.
            CompletableFuture<@Nullable Void> started =
                steps.time().alarm(steps.state().remainingNanos());
            alarm = started;
            CompletableFuture<Void> unused = started.thenRun(this::deadlinePassed);
          }
          askForToken();
        });
  }

  @FunctionalInterface
  private interface Step {
    void take() throws IOException;
  }

  /** Executes a step. An exception ends the call, because no caller would get it. */
  private void take(Step step) {
    try {
      step.take();
    } catch (Throwable e) {
      steps.abandon(null);
      fail(UserCodeException.of(e));
    }
  }

  private void askForToken() throws IOException {
    long since = steps.time().nanos();
    CompletableFuture<@Nullable String> asked = steps.askForToken();
    if (asked == null) {
      askForPermit();
      return;
    }
    CompletableFuture<@Nullable String> unused =
        asked.whenComplete(
            (token, failure) ->
                take(
                    () -> {
                      Response refusal = steps.takeToken(token, failure, since);
                      if (refusal == null) {
                        askForPermit();
                      } else {
                        complete(refusal, null);
                      }
                    }));
  }

  private void askForPermit() throws IOException {
    long since = steps.time().nanos();
    CompletableFuture<RateLimiter.@Nullable Permit> asked = steps.askForPermit();
    if (asked == null) {
      send();
      return;
    }
    CompletableFuture<RateLimiter.@Nullable Permit> unused =
        asked.whenComplete(
            (granted, failure) ->
                take(
                    () -> {
                      steps.takePermit(granted, since);
                      send();
                    }));
  }

  private void send() throws IOException {
    steps.newAttempt().enqueue(new AttemptCallback());
  }

  private final class AttemptCallback implements Callback {
    @Override
    public void onResponse(Call attempt, Response response) {
      Response read;
      try {
        read = steps.read(response);
      } catch (Throwable e) {
        attemptEnded(response, UserCodeException.of(e));
        return;
      }
      attemptEnded(read, null);
    }

    @Override
    public void onFailure(Call attempt, IOException failure) {
      attemptEnded(null, UserCodeException.within(failure));
    }
  }

  private void attemptEnded(@Nullable Response response, @Nullable IOException failure) {
    RetryRules.Retry retry;
    try {
      if (failure instanceof UserCodeException) {
        steps.abandon(response);
        fail(failure);
        return;
      }
      retry = steps.settle(response, failure);
      if (retry != null) {
        waitBefore(retry);
        return;
      }
    } catch (Throwable e) {
      steps.abandon(response);
      fail(UserCodeException.of(e));
      return;
    }
    complete(response, failure);
  }

  private void waitBefore(RetryRules.Retry retry) {
    long since = steps.time().nanos();
    // The result of the step reaches the callback.
    CompletableFuture<Void> unused =
        steps
            .pauseBefore(retry)
            .whenComplete(
                (nothing, failure) ->
                    take(
                        () -> {
                          steps.state().waitedSince(since);
                          askForToken();
                        }));
  }

  /** Invokes the callback on the thread of the last attempt. */
  private void complete(@Nullable Response response, @Nullable IOException failure) {
    if (!claimCompletion()) {
      steps.abandon(response);
      return;
    }
    try {
      Response result = steps.result(response, failure);
      steps.end();
      callback.onResponse(call, result);
    } catch (IOException e) {
      callback.onFailure(call, e);
    } catch (Throwable e) {
      // Retrofit does not report some errors of decoding, and the callback would not be invoked.
      steps.abandon(response);
      callback.onFailure(call, new UserCodeException(e));
    } finally {
      steps.end();
    }
  }

  private void deadlinePassed() {
    if (claimCompletion()) {
      Callbacks.invoke(CallSteps::cancel, steps);
      handOver(ConnectionFailure.timeout(null));
    }
  }

  /** The client was closed, and the steps were cancelled. */
  void clientClosed() {
    fail(StopReason.CLIENT_CLOSED.exception());
  }

  private void fail(IOException failure) {
    if (claimCompletion()) {
      handOver(failure);
    }
  }

  /** True for the first event that ends the call; later ones must not invoke the callback. */
  private boolean claimCompletion() {
    if (!completed.compareAndSet(false, true)) {
      return false;
    }
    CallSteps.endEarly(alarm);
    return true;
  }

  // This thread may belong to a timer or to another call, and a callback may block.
  private void handOver(IOException failure) {
    steps.end();
    completions.run(() -> callback.onFailure(call, failure));
  }
}
