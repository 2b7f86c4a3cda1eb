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
 * The body of a response as it comes over the network, which ends where OkHttp would buffer without
 * a limit: within the size of a chunk, or within the name or the comment in the header of gzip.
 */
final class WireBody extends ForwardingSource {
  private static final int GZIP_EXTRA = 4;
  private static final int[] GZIP_STRINGS = {8, 16}; // name, comment
  private static final int MAX_GZIP_STRING = 64 * 1024;

  private final BufferedSource body;
  private final @Nullable WatchedSocket socket;
  private final WatchedSocket.Expected expected;
  private boolean unchecked;

  private WireBody(
      BufferedSource body,
      @Nullable WatchedSocket socket,
      WatchedSocket.Expected expected,
      boolean compressed) {
    super(body);
    this.body = body;
    this.socket = socket;
    this.expected = expected;
    this.unchecked = compressed;
  }

  /**
   * The response, whose head has come, with such a body.
   *
   * @param socket the socket below the connection, where it is known
   * @param ordered whether that serves one response after the other
   */
  static Response limited(Response response, @Nullable WatchedSocket socket, boolean ordered) {
    WatchedSocket.Expected expected =
        ordered ? WatchedSocket.Expected.BODY : WatchedSocket.Expected.STREAM;
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
                Okio.buffer(new WireBody(body.source(), socket, expected, compressed)),
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
      String excess = socket == null ? null : socket.excess();
      throw excess == null ? e : new ContentEncoding.UnreadableException(excess);
    }
  }

  /** Looks for the ends that Okio looks for in as many bytes as there are. */
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
