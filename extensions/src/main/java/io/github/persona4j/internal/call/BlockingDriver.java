package io.github.persona4j.internal.call;

import io.github.persona4j.internal.http.StopReason;
import io.github.persona4j.internal.http.UserCodeException;
import io.github.persona4j.internal.retry.RateLimiter;
import io.github.persona4j.internal.retry.RetryRules;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** Executes the steps of a call on the caller's thread, which waits between them. */
final class BlockingDriver {
  private final CallSteps steps;

  BlockingDriver(CallSteps steps) {
    this.steps = steps;
  }

  Response execute(long timeoutNanos) throws IOException {
    try {
      steps.begin(timeoutNanos, true);
      while (true) {
        Response response = null;
        IOException failure = null;
        try {
          Response refusal = waitForToken();
          if (refusal != null) {
            return steps.result(refusal, null);
          }
          waitForPermit();
          response = steps.newAttempt().execute();
          response = steps.read(response);
        } catch (UserCodeException e) {
          steps.abandon(response);
          throw e.unwrapped();
        } catch (IOException e) {
          failure = e;
        } catch (Throwable e) {
          steps.abandon(response);
          throw e;
        }
        RetryRules.Retry retry = steps.settle(response, failure);
        if (retry == null) {
          return steps.result(response, failure);
        }
        waitBefore(retry);
      }
    } finally {
      steps.end();
    }
  }

  private @Nullable Response waitForToken() throws IOException {
    long since = steps.time().nanos();
    CompletableFuture<@Nullable String> asked = steps.askForToken();
    if (asked == null) {
      return null;
    }
    String token = null;
    Throwable failure = null;
    try {
      await(asked);
      token = asked.join();
    } catch (CompletionException e) {
      failure = e.getCause();
    } catch (InterruptedIOException e) {
      failure = e;
    }
    return steps.takeToken(token, failure, since);
  }

  private void waitForPermit() throws IOException {
    long since = steps.time().nanos();
    CompletableFuture<RateLimiter.@Nullable Permit> asked = steps.askForPermit();
    if (asked == null) {
      return;
    }
    try {
      await(asked);
    } catch (InterruptedIOException e) {
      steps.abandonPermit(asked, since);
      throw e;
    }
    steps.takePermit(asked.join(), since);
  }

  private void waitBefore(RetryRules.Retry retry) throws IOException {
    long since = steps.time().nanos();
    try {
      await(steps.pauseBefore(retry));
    } finally {
      steps.state().waitedSince(since);
    }
  }

  private static void await(CompletableFuture<?> pause) throws InterruptedIOException {
    try {
      Object unused = pause.get();
    } catch (InterruptedException e) {
      CallSteps.endEarly(pause);
      Thread.currentThread().interrupt();
      throw StopReason.INTERRUPTED.exception();
    } catch (ExecutionException e) {
      throw new CompletionException(e.getCause());
    }
  }
}
