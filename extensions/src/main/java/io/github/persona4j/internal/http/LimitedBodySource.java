package io.github.persona4j.internal.http;

import java.io.IOException;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.BufferedSource;
import okio.ForwardingSource;
import okio.Okio;
import org.jspecify.annotations.Nullable;

/**
 * The body of a response from the network. Limits the parts that OkHttp and Okio would buffer
 * without a limit: the size of a chunk, and the name and the comment in a gzip header.
 */
final class LimitedBodySource extends ForwardingSource {
  private static final int GZIP_EXTRA = 4;
  private static final int[] GZIP_STRINGS = {8, 16}; // name, comment
  private static final int MAX_GZIP_STRING = 64 * 1024;

  private final BufferedSource body;
  private final @Nullable CountingSocket socket;
  private final CountingSocket.Expected expected;
  private boolean unchecked;

  private LimitedBodySource(
      BufferedSource body,
      @Nullable CountingSocket socket,
      CountingSocket.Expected expected,
      boolean compressed) {
    super(body);
    this.body = body;
    this.socket = socket;
    this.expected = expected;
    this.unchecked = compressed;
  }

  /**
   * Returns the response with a limited body. Its headers have been received.
   *
   * @param socket the socket of the connection; null if unknown
   * @param ordered whether the connection serves one response after the other
   */
  static Response limited(Response response, @Nullable CountingSocket socket, boolean ordered) {
    CountingSocket.Expected expected =
        ordered ? CountingSocket.Expected.BODY : CountingSocket.Expected.STREAM;
    if (socket != null) {
      socket.expect(expected);
    }
    boolean compressed = "gzip".equalsIgnoreCase(response.header("Content-Encoding"));
    if (socket == null && !compressed) {
      return response;
    }
    ResponseBody body = response.body();
    return response
        .newBuilder()
        .body(
            ResponseBody.create(
                Okio.buffer(new LimitedBodySource(body.source(), socket, expected, compressed)),
                body.contentType(),
                body.contentLength()))
        .build();
  }

  @Override
  public long read(Buffer sink, long byteCount) throws IOException {
    try {
      if (unchecked) {
        unchecked = false;
        checkGzip();
      }
      long read = super.read(sink, byteCount);
      if (socket != null && read > 0) {
        socket.expect(expected);
      }
      return read;
    } catch (IOException e) {
      String exceeded = socket == null ? null : socket.limitExceeded();
      throw exceeded == null ? e : new ContentEncoding.UnreadableException(exceeded);
    }
  }

  /** Checks that the strings in the gzip header end within a limit; Okio has none. */
  private void checkGzip() throws IOException {
    if (!body.request(10)) {
      return;
    }
    int flags = body.getBuffer().getByte(3);
    long end = 10;
    if ((flags & GZIP_EXTRA) != 0) {
      if (!body.request(end + 2)) {
        return;
      }
      end +=
          2 + (body.getBuffer().getByte(10) & 0xff) + ((body.getBuffer().getByte(11) & 0xff) << 8);
    }
    for (int flag : GZIP_STRINGS) {
      if ((flags & flag) != 0) {
        long zero = body.indexOf((byte) 0, end, end + MAX_GZIP_STRING);
        if (zero == -1) {
          if (body.request(end + MAX_GZIP_STRING)) {
            throw new ContentEncoding.UnreadableException(
                "the header of its compression is longer than 64 KiB");
          }
          return;
        }
        end = zero + 1;
      }
    }
  }
}
