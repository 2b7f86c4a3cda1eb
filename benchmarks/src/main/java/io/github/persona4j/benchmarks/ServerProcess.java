package io.github.persona4j.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.net.ServerSocketFactory;

/** An HTTP server in a process of its own, on a port of the loopback interface. */
final class ServerProcess implements AutoCloseable {
  private final Process process;
  private final int port;

  private ServerProcess(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Starts a server whose {@code main} calls {@link #serve}. */
  static ServerProcess start(Class<?> main, List<String> options, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(List.of(Jvm.java(), "-cp", Jvm.classPath()));
    command.addAll(options);
    command.add(main.getName());
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String port = process.inputReader(StandardCharsets.UTF_8).readLine();
    if (port == null) {
      throw new IOException("The server did not start");
    }
    return new ServerProcess(process, Integer.parseInt(port));
  }

  /** Returns the base URL of the API. */
  String url(String scheme) {
    String host = scheme.equals("https") ? "localhost" : "127.0.0.1";
    return String.format(Locale.ROOT, "%s://%s:%d/api/v1/", scheme, host, port);
  }

  @Override
  public void close() {
    process.destroy();
  }

  /** Serves one connection until the client closes it. */
  interface Connection {
    void serve(Socket socket) throws IOException;
  }

  /**
   * Prints the port, and serves connections, each on a thread of its own, until standard input
   * ends; this happens at the latest when the process that started this one ends.
   */
  static void serve(ServerSocketFactory sockets, Connection connection) throws IOException {
    ServerSocket server = sockets.createServerSocket(0, 64, InetAddress.getLoopbackAddress());
    System.out.println(server.getLocalPort());
    daemon(
        () -> {
          while (true) {
            Socket socket = server.accept();
            daemon(
                () -> {
                  try (socket) {
                    socket.setTcpNoDelay(true);
                    connection.serve(socket);
                  }
                });
          }
        });
    while (System.in.read() >= 0) {
      // nothing is ever written
    }
  }

  private interface Task {
    void run() throws IOException;
  }

  private static void daemon(Task task) {
    Thread thread =
        new Thread(
            () -> {
              try {
                task.run();
              } catch (IOException e) {
                // The client has closed the connection.
              }
            },
            "server");
    thread.setDaemon(true);
    thread.start();
  }

  /** Returns a response with the headers that the API sends. */
  static byte[] response(byte[] body) {
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
    byte[] response = new byte[head.length + body.length];
    System.arraycopy(head, 0, response, 0, head.length);
    System.arraycopy(body, 0, response, head.length, body.length);
    return response;
  }
}
