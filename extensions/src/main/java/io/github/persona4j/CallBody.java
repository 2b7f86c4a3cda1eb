package io.github.persona4j;

import java.io.IOException;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.BufferedSource;
import okio.ForwardingSource;
import okio.Okio;

/**
 * The body of a response whose call goes on while it is read: closing the client ends it, and a
 * thread that was interrupted is told so.
 */
final class CallBody extends ForwardingSource {
  private final RepeatingCall call;
  private final boolean decoded;

  private CallBody(BufferedSource source, RepeatingCall call, boolean decoded) {
    super(source);
    this.call = call;
    this.decoded = decoded;
  }

  /**
   * A body that belongs to a call.
   *
   * @param decoded whether the client itself reads it. What an interceptor's body throws, also at
   *     its end, is packed then, since it is no fault of the decoding
   */
  static ResponseBody of(ResponseBody body, RepeatingCall call, boolean decoded) {
    return ResponseBody.create(
        Okio.buffer(new CallBody(body.source(), call, decoded)),
        body.contentType(),
        body.contentLength());
  }

  @Override
  public long read(Buffer sink, long byteCount) throws IOException {
    long read;
    try {
      read = super.read(sink, byteCount);
      if (decoded && read == -1) {
        super.close();
      }
    } catch (IOException e) {
      call.bodyEnded();
      throw call.told(e);
    } catch (Throwable e) {
      call.bodyEnded();
      if (decoded) {
        throw new CallFault(e);
      }
      throw e;
    }
    if (read == -1) {
      call.bodyEnded();
    }
    return read;
  }

  @Override
  public void close() throws IOException {
    try {
      super.close();
    } finally {
      call.bodyEnded();
    }
  }
}
