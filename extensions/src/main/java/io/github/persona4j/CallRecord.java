package io.github.persona4j;

import io.github.persona4j.error.FailedCall;
import io.github.persona4j.error.PersonaException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import okhttp3.Connection;
import okhttp3.Interceptor;
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
  private static final AtomicLong CALLS = new AtomicLong();

  /** Tells this call from all others of this program. */
  final long number = nextNumber();

  private final String basePath;

  /** The request with another idempotency key, once it was sent with one. */
  volatile @Nullable Request rekeyed;

  /** The last answer; only its status and headers may be read. */
  volatile @Nullable Response answer;

  /** The start of a successful answer that says it is text and not JSON. */
  volatile @Nullable String text;

  /** Whether the present attempt began to send its request. */
  volatile boolean left;

  /** The connection of the present attempt if it is HTTP/1.1 and had served another request. */
  volatile @Nullable Connection reused;

  /** Whether the present attempt failed because a connection had died while it was idle. */
  volatile boolean stale;

  /** The host and port of the proxy that refused the present attempt, if one did. */
  volatile @Nullable String refusingProxy;

  /** The attempts before the present one. */
  final EarlierAttempts earlier = new EarlierAttempts();

  /** How many requests were begun. */
  private volatile int attempts;

  /** How long the call waited between and before its requests. */
  volatile long waitedNanos;

  CallRecord(String basePath) {
    this.basePath = basePath;
  }

  /** The response as it came over the network, whatever interceptors make of it. */
  private volatile @Nullable Response network;

  private static long nextNumber() {
    return CALLS.incrementAndGet();
  }

  /** The record of the call that an interceptor sees, even if another dropped the tags. */
  static @Nullable CallRecord of(Interceptor.Chain chain) {
    return chain.call().request().tag(CallRecord.class);
  }

  /** A response came over the network. */
  void received(Response response) {
    network = response;
  }

  /**
   * Frees the connection of the last response where nobody else does: an interceptor failed that
   * had it in hand.
   */
  void closeNetworkResponse() {
    Response last = network;
    if (last != null) {
      // What a listener of OkHttp's events throws must not hide why the call failed.
      Listeners.tell(Response::close, last);
    }
  }

  /** A new request begins. */
  void attemptBegins() {
    int before = attempts;
    attempts = before + 1;
    answer = null;
    text = null;
    reused = null;
    stale = false;
    refusingProxy = null;
    network = null;
  }

  /**
   * The present attempt has failed, and another one follows.
   *
   * @param sent its request
   * @param response the error response, or null
   * @param failure why there is none, or null
   */
  void attemptFailed(Request sent, @Nullable Response response, @Nullable IOException failure) {
    FailedCall call = attempt(sent, failure == null ? response : null);
    boolean executed = call.mayHaveBeenExecuted() && (failure == null || left);
    earlier.add(call.withExecution(executed, false), failure, response);
  }

  /** What the call is one of. */
  static ApiOperation operation(Request request) {
    CallRecord record = request.tag(CallRecord.class);
    return ApiOperation.of(request, record == null ? "/" : record.basePath);
  }

  /** Which attempt of which call an interceptor sees: {@code call 17, attempt 2}. */
  static String attempt(Interceptor.Chain chain) {
    CallRecord record = of(chain);
    return record == null
        ? "call " + nextNumber() + ", attempt 1" // of a client that is not ours
        : "call " + record.number + ", attempt " + record.attempts;
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
    FailedCall call = attempt(rekeyed == null ? request : rekeyed, answer);
    if (record == null) {
      return call;
    }
    boolean executed = call.mayHaveBeenExecuted() && (answer != null || record.left);
    return call.withAttempts(record.attempts, Duration.ofNanos(record.waitedNanos))
        .withExecution(executed, record.earlier.mayHaveBeenExecuted());
  }

  /** One request and its response. */
  private static FailedCall attempt(Request sent, @Nullable Response answer) {
    FailedCall call = answer == null ? FailedCall.of(sent) : FailedCall.of(sent, answer);
    return sent.header("Authorization") == null
        ? call
        : call.withPath(operation(sent).path()); // which may hold a token too
  }

  /** Adds the failures of earlier attempts to the exception of a call. */
  static <E extends PersonaException> E withEarlier(Request request, E exception) {
    CallRecord record = request.tag(CallRecord.class);
    return record == null ? exception : record.earlier.addTo(exception);
  }
}
