package io.github.persona4j.internal.call;

import io.github.persona4j.error.RateLimits;
import io.github.persona4j.internal.http.Attempt;
import io.github.persona4j.internal.http.ConnectionFailure;
import io.github.persona4j.internal.http.ContentEncoding;
import io.github.persona4j.internal.http.ForeignResponseException;
import io.github.persona4j.internal.http.RetryAfter;
import io.github.persona4j.internal.http.ReusedConnection;
import io.github.persona4j.internal.http.SurplusBytesException;
import io.github.persona4j.internal.http.UserCodeException;
import io.github.persona4j.internal.retry.AttemptResult;
import io.github.persona4j.internal.retry.RetryBudget;
import io.github.persona4j.internal.retry.RetryRules;
import io.github.persona4j.internal.retry.RetrySafety;
import io.github.persona4j.internal.retry.TimeSource;
import io.github.persona4j.model.ErrorDocument;
import io.github.persona4j.model.ErrorObject;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.List;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Applies the retry rules to one call.
 *
 * @param maxRetries the maximum number of retries of the call
 */
record RetryPlan(
    RetryRules rules, RetryBudget budget, TimeSource time, RetrySafety safety, int maxRetries) {
  private static final int MAX_ERROR_BODY = 64 * 1024;

  /**
   * Returns the retry after a failed attempt, and takes it from the budget.
   *
   * @param response the error response; null if there is none
   * @param failure the failure of the attempt; null if there is a response
   * @return null if the request is not retried
   */
  RetryRules.@Nullable Retry next(
      CallState state, @Nullable Response response, @Nullable IOException failure) {
    AttemptResult result = result(state, response, failure);
    RetryRules.Retry retry =
        result == null
            ? null
            : rules.next(safety, maxRetries, state.history(), result, time.random());
    boolean granted =
        retry != null
            && retry.waitNanos() < state.remainingNanos()
            && (!retry.takesBudget() || budget.take());
    return granted ? retry : null;
  }

  private @Nullable AttemptResult result(
      CallState state, @Nullable Response response, @Nullable IOException failure) {
    Attempt attempt = state.attempt();
    if (failure instanceof SurplusBytesException) {
      return new AttemptResult.SurplusBytes(state.requestSent());
    } else if (failure instanceof ForeignResponseException) {
      return new AttemptResult.ForeignResponse();
    } else if (failure != null) {
      boolean stale = attempt != null && attempt.isStale();
      return new AttemptResult.Failed(
          state.requestSent(), isLasting(state.request(), failure), stale);
    } else if (response == null) {
      return null;
    } else if (attempt != null
        && attempt.reusedConnection() != null
        && ReusedConnection.isUnrequested(response)) {
      return new AttemptResult.UnrequestedTimeout();
    } else if (attempt != null && attempt.token() != null && response.code() == 401) {
      return new AttemptResult.RejectedToken();
    }
    return new AttemptResult.Refused(
        response.code(),
        RetryAfter.of(response, time.now()),
        RateLimits.of(response.headers()),
        () -> isStaleObject(response));
  }

  // Failures that would recur, or after which there must be no other attempt.
  private static boolean isLasting(Request request, IOException failure) {
    BodyReceiver receiver = request.tag(BodyReceiver.class);
    return failure instanceof UserCodeException
        || failure instanceof FileNotFoundException
        || failure instanceof FileSystemException
        || failure instanceof ContentEncoding.UnreadableException
        || (receiver != null && receiver.isLocal(failure))
        || ConnectionFailure.isLasting(failure);
  }

  private static boolean isStaleObject(Response response) {
    List<ErrorObject> errors;
    try {
      errors = ErrorDocument.fromJson(response.peekBody(MAX_ERROR_BODY).string()).errors();
    } catch (IOException | RuntimeException | StackOverflowError e) {
      return false; // a conflict without this error is another one
    }
    for (int i = 0; i < errors.size(); i++) {
      if (isStaleObject(errors, i)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isStaleObject(List<ErrorObject> errors, int index) {
    try {
      ErrorObject error = errors.get(index);
      return error != null && "Stale object error".equals(error.title());
    } catch (RuntimeException | StackOverflowError e) {
      return false; // an entry that is not an object must not hide the others
    }
  }
}
