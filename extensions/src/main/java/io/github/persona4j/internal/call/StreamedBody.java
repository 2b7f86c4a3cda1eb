package io.github.persona4j.internal.call;

import io.github.persona4j.internal.http.UserCodeException;
import java.io.IOException;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.BufferedSource;
import okio.ForwardingSource;
import okio.Okio;

/**
 * A body that is read as a stream, during which its call stays open. Closing the client ends the
 * stream. An interruption of the reading thread is reported as such.
 */
final class StreamedBody extends ForwardingSource {
  /** The call of a streamed body. */
  interface Owner {
    /** Invoked when the body was read to its end, failed or was closed; possibly several times. */
    void bodyEnded();

    /** Returns the exception to throw for a failure to read the body. */
    IOException reported(IOException failure);
  }

  private final Owner owner;
  private final boolean decoded;

  private StreamedBody(BufferedSource source, Owner owner, boolean decoded) {
    super(source);
    this.owner = owner;
    this.decoded = decoded;
  }

  /**
   * Returns a body that belongs to a call.
   *
   * @param decoded whether the client reads and decodes it. Exceptions of a body from an
   *     interceptor are then wrapped, to distinguish them from failures of the decoder
   */
  static ResponseBody of(ResponseBody body, Owner owner, boolean decoded) {
    return ResponseBody.create(
        Okio.buffer(new StreamedBody(body.source(), owner, decoded)),
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
      owner.bodyEnded();
      throw owner.reported(e);
    } catch (Throwable e) {
      owner.bodyEnded();
      if (decoded) {
        throw new UserCodeException(e);
      }
      throw e;
    }
    if (read == -1) {
      owner.bodyEnded();
    }
    return read;
  }

  @Override
  public void close() throws IOException {
    try {
      super.close();
    } finally {
      owner.bodyEnded();
    }
  }
}
