package io.github.persona4j.internal.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * A socket that counts the bytes read and reports unread bytes. OkHttp and TLS buffer above the
 * socket, so only the socket shows whether bytes of a response arrived before its request was sent.
 *
 * <p>It also limits the bytes that are received without the expected part of a response. OkHttp
 * searches for the end of some lines, such as that of a chunk size, without a limit.
 */
final class CountingSocket extends Socket {
  /** The part of the protocol expected next, and the limit of bytes received without it. */
  enum Expected {
    CONNECTION(
        256,
        "more than 256 KiB were received before the connection was established, such as headers of a proxy"),
    HEAD(256, "the headers of the response are longer than 256 KiB"),
    /** Less than for headers, because OkHttp counts trailers together with headers. */
    BODY(128, "more than 128 KiB were received without any byte of the body"),
    /** For HTTP/2. More than the unread bodies that OkHttp's flow control allows. */
    STREAM(32 * 1024, "more than 32 MiB were received without headers or a body");

    final long limit;
    final String message;

    Expected(int kibibytes, String message) {
      this.limit = kibibytes * 1024L;
      this.message = message;
    }
  }

  private record Endpoints(@Nullable SocketAddress local, @Nullable SocketAddress remote) {
    static Endpoints of(Socket socket) {
      return new Endpoints(socket.getLocalSocketAddress(), socket.getRemoteSocketAddress());
    }
  }

  // A TLS socket does not expose its underlying socket, but has the same endpoints.
  private static final Map<Endpoints, WeakReference<CountingSocket>> CONNECTED =
      new ConcurrentHashMap<>();

  private final AtomicLong received = new AtomicLong();
  private volatile @Nullable Endpoints endpoints;
  private volatile Expected expected = Expected.CONNECTION;
  private volatile long expectedSince;
  private volatile boolean exceeded;

  private CountingSocket() {}

  /** The underlying socket of a connection; null if another factory created it. */
  static @Nullable CountingSocket below(Socket socket) {
    if (socket instanceof CountingSocket watched) {
      return watched;
    }
    WeakReference<CountingSocket> found = CONNECTED.get(Endpoints.of(socket));
    return found == null ? null : found.get();
  }

  /** The number of bytes read. */
  long received() {
    return received.get();
  }

  /** Whether the socket has received bytes that were not read. */
  boolean hasUnreadBytes() throws IOException {
    return super.getInputStream().available() > 0;
  }

  /** The expected part was received, and this one is next. */
  void expect(Expected next) {
    expected = next;
    expectedSince = received();
  }

  /** The message for an exceeded limit; null if none was exceeded. */
  @Nullable String limitExceeded() {
    return exceeded ? expected.message : null;
  }

  private int allowed(int length) throws IOException {
    long remaining = expectedSince + expected.limit - received();
    if (remaining <= 0) {
      exceeded = true;
      throw ConnectionFailure.lasting(expected.message);
    }
    return (int) Math.min(length, remaining);
  }

  @Override
  public void connect(SocketAddress endpoint, int timeout) throws IOException {
    super.connect(endpoint, timeout);
    Endpoints connected = Endpoints.of(this);
    endpoints = connected;
    CONNECTED.put(connected, new WeakReference<>(this));
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return new FilterInputStream(super.getInputStream()) {
      @Override
      public int read() throws IOException {
        int unused = allowed(1);
        int read = super.read();
        received.addAndGet(read < 0 ? 0 : 1);
        return read;
      }

      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = super.read(bytes, offset, allowed(length));
        received.addAndGet(Math.max(read, 0));
        return read;
      }
    };
  }

  @Override
  public synchronized void close() throws IOException {
    Endpoints connected = endpoints;
    if (connected != null) {
      endpoints = null;
      CONNECTED.computeIfPresent(
          connected, (known, socket) -> socket.get() == this ? null : socket);
    }
    super.close();
  }

  /** Creates counting sockets. */
  static final class Factory extends SocketFactory {
    static final Factory INSTANCE = new Factory();

    private Factory() {}

    @Override
    public Socket createSocket() {
      return new CountingSocket();
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
      return connected(new InetSocketAddress(host, port), null);
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort)
        throws IOException {
      return connected(
          new InetSocketAddress(host, port), new InetSocketAddress(localHost, localPort));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
      return connected(new InetSocketAddress(host, port), null);
    }

    @Override
    public Socket createSocket(
        InetAddress address, int port, InetAddress localAddress, int localPort) throws IOException {
      return connected(
          new InetSocketAddress(address, port), new InetSocketAddress(localAddress, localPort));
    }

    private static Socket connected(SocketAddress remote, @Nullable SocketAddress local)
        throws IOException {
      Socket socket = new CountingSocket();
      try {
        socket.bind(local);
        socket.connect(remote, 0);
      } catch (IOException e) {
        socket.close();
        throw e;
      }
      return socket;
    }
  }
}
