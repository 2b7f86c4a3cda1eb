package io.github.persona4j;

import java.io.InterruptedIOException;
import java.util.concurrent.TimeUnit;
import okhttp3.ResponseBody;

/**
 * When a body has to be there that is received whole: a byte now and then passes the limit for
 * silence, for ever.
 */
final class BodyDeadline {
  private final long end;

  private BodyDeadline(long nanos) {
    this.end = System.nanoTime() + nanos;
  }

  /** Sets the deadline of a body. */
  static BodyDeadline of(ResponseBody body, Time time) {
    long nanos = time.longestBody().toNanos();
    BodyDeadline deadline = new BodyDeadline(nanos);
    body.source().timeout().deadline(nanos, TimeUnit.NANOSECONDS);
    return deadline;
  }

  /**
   * What to report in place of a failure. Okio has two for a deadline; this is the one of a call
   * that ran out of time, which nobody repeats.
   */
  InterruptedIOException tell(InterruptedIOException failure) {
    if (System.nanoTime() - end < 0) {
      return failure;
    }
    InterruptedIOException timeout = new InterruptedIOException("timeout");
    timeout.initCause(failure);
    return timeout;
  }
}
