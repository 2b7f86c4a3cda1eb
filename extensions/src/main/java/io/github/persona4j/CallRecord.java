package io.github.persona4j;

import io.github.persona4j.error.FailedCall;
import java.time.Duration;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * What happened to one call, for the exception that may come of it. Retrofit hands over no answer
 * when decoding fails, so the request carries this record as a tag; {@link AnswerRecorder}, {@link
 * WireRecorder} and {@link RepeatingCall} write into it, one after the other, and the caller's
 * thread reads it.
 */
final class CallRecord {
  private final String basePath;

  /** The request with another idempotency key, once it was sent with one. */
  volatile @Nullable Request rekeyed;

  /** The last answer; only its status and headers may be read. */
  volatile @Nullable Response answer;

  /** The start of a successful answer that says it is text and not JSON. */
  volatile @Nullable String text;

  /** Whether the present attempt began to send its request. */
  volatile boolean left;

  /** How many requests were begun. */
  private volatile int attempts;

  /** How long the call waited between and before its requests. */
  volatile long waitedNanos;

  CallRecord(String basePath) {
    this.basePath = basePath;
  }

  /** A new request begins. */
  void attemptBegins() {
    int before = attempts;
    attempts = before + 1;
    answer = null;
    text = null;
  }

  /** What the call is one of. */
  static ApiOperation operation(Request request) {
    CallRecord record = request.tag(CallRecord.class);
    return ApiOperation.of(request, record == null ? "/" : record.basePath);
  }

  /** The number of the present attempt. */
  static int attempts(Request request) {
    CallRecord record = request.tag(CallRecord.class);
    return record == null ? 1 : record.attempts;
  }

  /**
   * The call as exceptions show it where Retrofit hands over no answer, with the last that came.
   */
  static FailedCall failedCall(Request request) {
    CallRecord record = request.tag(CallRecord.class);
    return failedCall(request, record == null ? null : record.answer);
  }

  /** The call as exceptions and answers show it. */
  static FailedCall failedCall(Request request, @Nullable Response answer) {
    CallRecord record = request.tag(CallRecord.class);
    Request rekeyed = record == null ? null : record.rekeyed;
    Request last = rekeyed == null ? request : rekeyed;
    FailedCall call = answer == null ? FailedCall.of(last) : FailedCall.of(last, answer);
    if (request.header("Authorization") != null) { // then its path may hold a token too
      call = call.withPath(operation(request).path());
    }
    return record == null
        ? call
        : call.withAttempts(record.attempts, Duration.ofNanos(record.waitedNanos));
  }
}
