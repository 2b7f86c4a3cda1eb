package io.github.persona4j.mockserver;

/** What happens to the connection. */
public interface SocketEffect {
  /** It is closed. */
  final class CloseSocket implements SocketEffect {}

  /** The stream is reset, the connection stays open; of HTTP/2 only. */
  final class CloseStream implements SocketEffect {
    private final int http2ErrorCode;

    public CloseStream(int http2ErrorCode) {
      this.http2ErrorCode = http2ErrorCode;
    }

    int http2ErrorCode() {
      return http2ErrorCode;
    }
  }

  /** It says goodbye: of HTTP/2 only, and at the end of an answer. */
  final class ShutdownConnection implements SocketEffect {
    public static final ShutdownConnection INSTANCE = new ShutdownConnection();

    private ShutdownConnection() {}
  }

  /** It stays open and silent. */
  final class Stall implements SocketEffect {
    public static final Stall INSTANCE = new Stall();

    private Stall() {}
  }
}
