package io.github.persona4j.mockserver;

/** An effect on the connection. */
public interface SocketEffect {
  /** Closes the connection. */
  final class CloseSocket implements SocketEffect {}

  /** Resets the stream and keeps the connection open; for HTTP/2 only. */
  final class CloseStream implements SocketEffect {
    private final int http2ErrorCode;

    public CloseStream(int http2ErrorCode) {
      this.http2ErrorCode = http2ErrorCode;
    }

    int http2ErrorCode() {
      return http2ErrorCode;
    }
  }

  /** Shuts the connection down at the end of a response; for HTTP/2 only. */
  final class ShutdownConnection implements SocketEffect {
    public static final ShutdownConnection INSTANCE = new ShutdownConnection();

    private ShutdownConnection() {}
  }

  /** Keeps the connection open without sending data. */
  final class Stall implements SocketEffect {
    public static final Stall INSTANCE = new Stall();

    private Stall() {}
  }
}
