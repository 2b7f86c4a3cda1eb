package io.github.persona4j;

import java.io.IOException;
import java.io.InterruptedIOException;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.ForwardingSource;
import okio.Okio;
import okio.Source;

/** A response body whose failures are those that its deadline tells. */
final class DeadlineBody {
  private DeadlineBody() {}

  static ResponseBody of(ResponseBody body, BodyDeadline deadline) {
    return ResponseBody.create(
        Okio.buffer(telling(body.source(), deadline)), body.contentType(), body.contentLength());
  }

  private static Source telling(Source body, BodyDeadline deadline) {
    return new ForwardingSource(body) {
      @Override
      public long read(Buffer sink, long byteCount) throws IOException {
        try {
          return super.read(sink, byteCount);
        } catch (InterruptedIOException e) {
          throw deadline.tell(e);
        }
      }
    };
  }
}
