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
 * The timeout for receiving a decoded body. The read timeout is not sufficient, because each byte
 * restarts it.
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
   * Returns the failure to report. After the deadline it is the timeout of a call, which is not
   * retried.
   */
  public InterruptedIOException reported(InterruptedIOException failure) {
    return System.nanoTime() - end < 0 ? failure : ConnectionFailure.timeout(failure);
  }

  /** Returns a body whose reads fail with the exception of this timeout. */
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
