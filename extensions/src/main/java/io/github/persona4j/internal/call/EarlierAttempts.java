package io.github.persona4j.internal.call;

import io.github.persona4j.error.FailedCall;
import io.github.persona4j.error.PersonaApiException;
import io.github.persona4j.error.PersonaException;
import io.github.persona4j.internal.http.ErrorBodyInterceptor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * The failed attempts of a call before the last one, for the exception of the call. One thread at a
 * time writes; any thread may read.
 */
final class EarlierAttempts {
  private static final int MAX_ATTEMPTS = 8;
  private static final long MAX_BODY = 16L * 1024;

  /** An attempt with its failure, or with the start of the body of its error response. */
  private record Failed(FailedCall call, @Nullable IOException failure, String body) {}

  private volatile List<Failed> failed = List.of();
  private volatile boolean mayHaveBeenExecuted;

  /**
   * Adds an attempt.
   *
   * @param call describes this attempt alone
   * @param failure the failure of the attempt; null if there is a response
   * @param response the error response, with its body in memory; null if there is none
   */
  void add(FailedCall call, @Nullable IOException failure, @Nullable Response response) {
    mayHaveBeenExecuted |= call.mayHaveBeenExecuted();
    if (failed.size() == MAX_ATTEMPTS || (failure == null && response == null)) {
      return;
    }
    List<Failed> more = new ArrayList<>(failed);
    String body = failure == null && response != null ? start(response) : "";
    more.add(new Failed(call.withRetry(), failure, body));
    failed = more;
  }

  /** Whether one of them may have been executed. */
  boolean mayHaveBeenExecuted() {
    return mayHaveBeenExecuted;
  }

  /** Adds the first of them to the exception of the call, as suppressed exceptions. */
  <E extends PersonaException> E addTo(E exception) {
    for (Failed attempt : failed) {
      exception.addSuppressed(
          attempt.failure == null
              ? PersonaApiException.of(attempt.call, attempt.body)
              : AttemptFailure.exception(attempt.call, attempt.failure));
    }
    return exception;
  }

  private static String start(Response response) {
    try {
      return ErrorBodyInterceptor.string(response.peekBody(MAX_BODY));
    } catch (IOException e) {
      return ""; // the status is sufficient
    }
  }
}
