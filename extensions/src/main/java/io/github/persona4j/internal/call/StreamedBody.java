package io.github.persona4j.internal.call;

import io.github.persona4j.internal.http.UserCodeException;
import java.io.IOException;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.BufferedSource;
import okio.ForwardingSource;
import okio.Okio;

/**
 * The body of a response whose call goes on while it is read: closing the client ends it, and an
 * interrupted thread gets an exception that says so.
 */
final class StreamedBody extends ForwardingSource {
  /** The call of a streamed body. */
  interface Owner {
    /** The body was read to its end, failed or was closed. Called any number of times. */
    void bodyEnded();

    /** The exception to throw in place of a failure to read the body. */
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
   * A body that belongs to a call.
   *
   * @param decoded whether the client itself reads it. What a body of an interceptor throws, also
   *     at its end, is wrapped then, since decoding did not fail
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
