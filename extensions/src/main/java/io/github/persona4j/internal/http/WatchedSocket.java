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
 * A socket that tells how many bytes were read from it and whether more have arrived. OkHttp has a
 * buffer above it, and TLS one more, so that the bytes of a response can be here before anything
 * was requested.
 *
 * <p>It also limits how much may come without what is expected next. OkHttp looks for the end of
 * some lines, such as that of the size of a chunk, in as many bytes as there are.
 */
final class WatchedSocket extends Socket {
  /** What is expected next, how many bytes may come without it, and what more of them mean. */
  enum Expected {
    CONNECTION(
        256,
        "more than 256 KiB came before the connection was established, such as headers of a proxy"),
    HEAD(256, "the headers of the response are longer than 256 KiB"),
    /** Less than of headers, since OkHttp counts trailers with them. */
    BODY(128, "more than 128 KiB came without any byte of the body"),
    /** With HTTP/2. That is more than the bodies that OkHttp lets a server send unread. */
    STREAM(32 * 1024, "more than 32 MiB came without headers or a body");

    final long limit;
    final String excess;

    Expected(int kibibytes, String excess) {
      this.limit = kibibytes * 1024L;
      this.excess = excess;
    }
  }

  private record Ends(@Nullable SocketAddress local, @Nullable SocketAddress remote) {
    static Ends of(Socket socket) {
      return new Ends(socket.getLocalSocketAddress(), socket.getRemoteSocketAddress());
    }
  }

  // A socket of TLS does not give away the one below it, but it has the same ends.
  private static final Map<Ends, WeakReference<WatchedSocket>> CONNECTED =
      new ConcurrentHashMap<>();

  private final AtomicLong received = new AtomicLong();
  private volatile @Nullable Ends ends;
  private volatile Expected expected = Expected.CONNECTION;
  private volatile long expectedSince;
  private volatile boolean exceeded;

  private WatchedSocket() {}

  /** The socket below a connection, or null where another factory made it. */
  static @Nullable WatchedSocket below(Socket socket) {
    if (socket instanceof WatchedSocket watched) {
      return watched;
    }
    WeakReference<WatchedSocket> found = CONNECTED.get(Ends.of(socket));
    return found == null ? null : found.get();
  }

  /** How many bytes were read so far. */
  long received() {
    return received.get();
  }

  /** Whether bytes have arrived that were not read. */
  boolean holdsBytes() throws IOException {
    return super.getInputStream().available() > 0;
  }

  /** What was expected has come; this is next. */
  void expect(Expected next) {
    expected = next;
    expectedSince = received();
  }

  /** What more came than was allowed without what was expected, or null if that is not so. */
  @Nullable String excess() {
    return exceeded ? expected.excess : null;
  }

  private int allowed(int length) throws IOException {
    long left = expectedSince + expected.limit - received();
    if (left <= 0) {
      exceeded = true;
      throw ConnectionFailure.lasting(expected.excess);
    }
    return (int) Math.min(length, left);
  }

  @Override
  public void connect(SocketAddress endpoint, int timeout) throws IOException {
    super.connect(endpoint, timeout);
    Ends connected = Ends.of(this);
    ends = connected;
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
    Ends connected = ends;
    if (connected != null) {
      ends = null;
      CONNECTED.computeIfPresent(
          connected, (known, socket) -> socket.get() == this ? null : socket);
    }
    super.close();
  }

  /** Makes such sockets. */
  static final class Factory extends SocketFactory {
    static final Factory INSTANCE = new Factory();

    private Factory() {}

    @Override
    public Socket createSocket() {
      return new WatchedSocket();
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
      Socket socket = new WatchedSocket();
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
