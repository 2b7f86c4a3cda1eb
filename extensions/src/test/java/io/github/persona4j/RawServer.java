package io.github.persona4j;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ServerSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * A server that sends exactly the bytes that its script writes, and knows no rule of HTTP but where
 * a request ends.
 */
public final class RawServer implements AutoCloseable {
  /** What to do with a request; the connection stays open unless the script closes it. */
  @FunctionalInterface
  public interface Script {
    void respond(Request request, Socket socket) throws Exception;
  }

  /** What to do with a connection on which nothing was said yet. */
  @FunctionalInterface
  public interface ConnectionScript {
    void run(Socket socket) throws Exception;
  }

  /**
   * A request as it arrived.
   *
   * @param number 1 for the first
   * @param body one character for each byte
   */
  public record Request(int number, String head, String body) {
    String header(String name) {
      Matcher found =
          Pattern.compile("(?im)^" + name + ": *(.*?)\\r?$", Pattern.MULTILINE).matcher(head);
      return found.find() ? found.group(1) : "";
    }
  }

  private static final Pattern LENGTH =
      Pattern.compile("(?im)^content-length: *(\\d+)", Pattern.MULTILINE);

  private final ServerSocket server;
  private final int port;
  private final ConnectionScript connectionScript;
  private final Script script;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "raw server");
            thread.setDaemon(true);
            return thread;
          });
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger accepted = new AtomicInteger();
  private volatile int limitedRequests;
  private volatile int bodyLimit;

  public RawServer(Script script) throws IOException {
    this(ServerSocketFactory.getDefault(), script);
  }

  public RawServer(ServerSocketFactory sockets, Script script) throws IOException {
    this(sockets, socket -> {}, script);
  }

  /** A server that has enough of a connection before it has read of it. */
  public RawServer(ConnectionScript connectionScript) throws IOException {
    this(
        ServerSocketFactory.getDefault(),
        socket -> {
          try (socket) {
            connectionScript.run(socket);
          }
        },
        (request, socket) -> {});
  }

  private RawServer(ServerSocketFactory sockets, ConnectionScript connectionScript, Script script)
      throws IOException {
    this.server = sockets.createServerSocket(0, 200, InetAddress.getLoopbackAddress());
    this.port = server.getLocalPort();
    this.connectionScript = connectionScript;
    this.script = script;
    threads.execute(this::accept);
  }

  public int port() {
    return port;
  }

  public String origin() {
    return "http://127.0.0.1:" + port();
  }

  public List<Request> requests() {
    return requests;
  }

  /** Of the bodies of the first requests reads no more than so many bytes before it answers. */
  public void limitBodies(int requests, int bytes) {
    bodyLimit = bytes;
    limitedRequests = requests;
  }

  /** How many connections were made. */
  public int accepted() {
    return accepted.get();
  }

  /** How many connections nobody has closed yet. */
  public int connections() {
    return open.size();
  }

  /** Closes a connection so that the other side sees a reset instead of an end. */
  public static void reset(Socket socket) throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  public static void write(Socket socket, String text) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(text.getBytes(ISO_8859_1));
    out.flush();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        accepted.incrementAndGet();
        socket.setTcpNoDelay(true);
        open.add(socket);
        threads.execute(() -> serve(socket));
      } catch (IOException e) {
        // Closed.
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      connectionScript.run(socket);
      InputStream in = socket.getInputStream();
      while (!socket.isClosed()) {
        String head = head(in);
        if (head == null) {
          return;
        }
        Matcher length = LENGTH.matcher(head);
        int size = length.find() ? Integer.parseInt(length.group(1)) : 0;
        int wanted = requests.size() < limitedRequests ? Math.min(size, bodyLimit) : size;
        String body = new String(in.readNBytes(wanted), ISO_8859_1);
        Request request;
        synchronized (requests) {
          request = new Request(requests.size() + 1, head, body);
          requests.add(request);
        }
        script.respond(request, socket);
      }
    } catch (Exception e) {
      // The client hung up, as clients do.
    } finally {
      open.remove(socket);
    }
  }

  private static @Nullable String head(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    int last = 0;
    while (last != ('\r' << 24 | '\n' << 16 | '\r' << 8 | '\n')) {
      int next = in.read();
      if (next == -1) {
        return null;
      }
      head.write(next);
      last = last << 8 | next;
    }
    return head.toString(ISO_8859_1);
  }

  @Override
  public void close() {
    try {
      server.close();
      for (Socket socket : open) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.shutdownNow();
    try {
      // The port takes connections until nobody waits for one any more.
      boolean unused = threads.awaitTermination(2, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
