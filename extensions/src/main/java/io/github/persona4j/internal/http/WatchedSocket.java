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
 */
final class WatchedSocket extends Socket {
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
        int read = super.read();
        received.addAndGet(read < 0 ? 0 : 1);
        return read;
      }

      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = super.read(bytes, offset, length);
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
