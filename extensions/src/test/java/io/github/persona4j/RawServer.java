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
 * A server that sends exactly the bytes that its script writes. Of HTTP it knows only where a
 * request ends.
 */
public final class RawServer implements AutoCloseable {
  /** Responds to a request; the connection stays open unless the script closes it. */
  @FunctionalInterface
  public interface Script {
    void respond(Request request, Socket socket) throws Exception;
  }

  /** Handles a new connection before anything is read. */
  @FunctionalInterface
  public interface ConnectionScript {
    void run(Socket socket) throws Exception;
  }

  /**
   * A received request.
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

  /** A server that handles and closes connections without reading a request. */
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

  /** Limits how many bytes of the bodies of the first requests are read before the response. */
  public void limitBodies(int requests, int bytes) {
    bodyLimit = bytes;
    limitedRequests = requests;
  }

  /** The number of accepted connections. */
  public int accepted() {
    return accepted.get();
  }

  /** The number of open connections. */
  public int connections() {
    return open.size();
  }

  /** Closes a connection with a reset. */
  public static void reset(Socket socket) throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  public static void write(Socket socket, String string) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(string.getBytes(ISO_8859_1));
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
        int bytesToRead = requests.size() < limitedRequests ? Math.min(size, bodyLimit) : size;
        String body = new String(in.readNBytes(bytesToRead), ISO_8859_1);
        Request request;
        synchronized (requests) {
          request = new Request(requests.size() + 1, head, body);
          requests.add(request);
        }
        script.respond(request, socket);
      }
    } catch (Exception e) {
      // The client disconnected.
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
      // The port accepts connections until the accepting thread has ended.
      boolean unused = threads.awaitTermination(2, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
