package io.github.persona4j.internal.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.ForwardingSource;
import okio.Okio;
import okio.Source;

/**
 * The time in which a body must be received that is decoded. The read timeout alone does not limit
 * it: a byte now and then satisfies that for ever.
 */
public final class BodyTimeout {
  private final long end;

  private BodyTimeout(long nanos) {
    this.end = System.nanoTime() + nanos;
  }

  /** Starts the timeout of a body. */
  public static BodyTimeout start(ResponseBody body, Duration timeout) {
    body.source().timeout().deadline(timeout.toNanos(), TimeUnit.NANOSECONDS);
    return new BodyTimeout(timeout.toNanos());
  }

  /**
   * The failure to report. Okio has two exceptions for a deadline; this is the one of a call that
   * ran out of time, which is not retried.
   */
  public InterruptedIOException reported(InterruptedIOException failure) {
    return System.nanoTime() - end < 0 ? failure : ConnectionFailure.timeout(failure);
  }

  /** The body, whose reads fail with the exception of this timeout. */
  public ResponseBody limit(ResponseBody body) {
    return ResponseBody.create(
        Okio.buffer(limit(body.source())), body.contentType(), body.contentLength());
  }

  private Source limit(Source body) {
    return new ForwardingSource(body) {
      @Override
      public long read(Buffer sink, long byteCount) throws IOException {
        try {
          return super.read(sink, byteCount);
        } catch (InterruptedIOException e) {
          throw reported(e);
        }
      }
    };
  }
}
