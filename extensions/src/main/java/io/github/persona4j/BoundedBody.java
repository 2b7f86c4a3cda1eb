package io.github.persona4j;

import java.io.IOException;
import java.io.InterruptedIOException;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.ForwardingSource;
import okio.Okio;
import okio.Source;

/**
 * An answer to be decoded that ends with a failure after so many bytes, unpacked; otherwise a
 * server that never stops would fill the memory.
 */
final class BoundedBody {
  static final long MOST = 64L * 1024 * 1024;

  /** There are more bytes. */
  static final class TooLongException extends IOException {
    private static final long serialVersionUID = 1L;

    TooLongException() {
      super("the answer is longer than 64 MiB");
    }
  }

  private BoundedBody() {}

  static ResponseBody of(ResponseBody body, BodyDeadline deadline) {
    return ResponseBody.create(
        Okio.buffer(bounded(body.source(), deadline)), body.contentType(), body.contentLength());
  }

  private static Source bounded(Source body, BodyDeadline deadline) {
    return new ForwardingSource(body) {
      private long received;

      @Override
      public long read(Buffer sink, long byteCount) throws IOException {
        long read;
        try {
          read = super.read(sink, byteCount);
        } catch (InterruptedIOException e) {
          throw deadline.tell(e);
        }
        received += Math.max(read, 0);
        if (received > MOST) {
          throw new TooLongException();
        }
        return read;
      }
    };
  }
}
