package io.github.persona4j.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLServerSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * A server in a process of its own that answers every request with one event, as fast as it can.
 *
 * <p>Prints its port, and ends when its standard input does, that is, with whoever started it.
 */
final class EventServer implements AutoCloseable {
  private static final byte[] END_OF_HEAD = {'\r', '\n', '\r', '\n'};

  private final Process process;
  private final int port;

  private EventServer(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Starts one; with a certificate it speaks TLS. */
  static EventServer start(@Nullable Certificate certificate) throws IOException {
    List<String> command = new ArrayList<>(List.of(Jvm.java(), "-cp", Jvm.classPath()));
    if (certificate != null) {
      command.add("-Djavax.net.ssl.keyStore=" + certificate.keyStore());
      command.add("-Djavax.net.ssl.keyStorePassword=" + Certificate.PASSWORD);
    }
    command.add(EventServer.class.getName());
    command.add(certificate == null ? "http" : "https");
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String port = process.inputReader(StandardCharsets.UTF_8).readLine();
    if (port == null) {
      throw new IOException("The server did not start");
    }
    return new EventServer(process, Integer.parseInt(port));
  }

  int port() {
    return port;
  }

  @Override
  public void close() {
    process.destroy();
  }

  /**
   * Runs the server.
   *
   * @param arguments {@code http} or {@code https}
   */
  public static void main(String[] arguments) throws IOException {
    ServerSocketFactory factory =
        arguments[0].equals("https")
            ? SSLServerSocketFactory.getDefault()
            : ServerSocketFactory.getDefault();
    ServerSocket server = factory.createServerSocket(0, 64, InetAddress.getLoopbackAddress());
    System.out.println(server.getLocalPort());
    System.out.flush();
    daemon(() -> acceptAll(server));
    while (System.in.read() >= 0) {
      // nobody writes; the end is what counts
    }
  }

  private static void acceptAll(ServerSocket server) {
    byte[] body = EventText.make();
    byte[] head =
        """
        HTTP/1.1 200 OK\r
        Content-Type: application/vnd.api+json; charset=utf-8\r
        Request-Id: 7d0f1f4e-5f0b-4a52-9f1c-2f1f4ad9a0c1\r
        RateLimit-Limit: 300\r
        RateLimit-Remaining: 299\r
        RateLimit-Reset: 60\r
        Content-Length: %d\r
        \r
        """
            .formatted(body.length)
            .getBytes(StandardCharsets.US_ASCII);
    byte[] answer = new byte[head.length + body.length];
    System.arraycopy(head, 0, answer, 0, head.length);
    System.arraycopy(body, 0, answer, head.length, body.length);
    try {
      while (true) {
        Socket socket = server.accept();
        daemon(() -> serve(socket, answer));
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "event-server");
    thread.setDaemon(true);
    thread.start();
  }

  private static void serve(Socket socket, byte[] answer) {
    try (socket) {
      socket.setTcpNoDelay(true);
      InputStream in = socket.getInputStream();
      OutputStream out = socket.getOutputStream();
      // Pieces, not single bytes: a server that is busy with them would take part of the rate.
      byte[] piece = new byte[4096];
      int matched = 0;
      int count = in.read(piece);
      while (count >= 0) {
        for (int i = 0; i < count; i++) {
          byte b = piece[i];
          matched = b == END_OF_HEAD[matched] ? matched + 1 : b == '\r' ? 1 : 0;
          if (matched == END_OF_HEAD.length) {
            out.write(answer);
            out.flush();
            matched = 0;
          }
        }
        count = in.read(piece);
      }
    } catch (IOException e) {
      // The client is gone.
    }
  }
}
