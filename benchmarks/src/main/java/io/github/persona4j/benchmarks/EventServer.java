package io.github.persona4j.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.List;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLServerSocketFactory;

/** A server that responds to every request with one event, as fast as it can. */
final class EventServer {
  private static final byte[] END_OF_HEAD = {'\r', '\n', '\r', '\n'};

  private EventServer() {}

  static ServerProcess startHttp() throws IOException {
    return ServerProcess.start(EventServer.class, List.of(), "http");
  }

  static ServerProcess startHttps(ServerCertificate certificate) throws IOException {
    return ServerProcess.start(EventServer.class, certificate.serverOptions(), "https");
  }

  /**
   * Runs the server.
   *
   * @param arguments {@code http} or {@code https}
   */
  public static void main(String[] arguments) throws IOException {
    byte[] response = ServerProcess.response(EventJson.make());
    ServerProcess.serve(
        arguments[0].equals("https")
            ? SSLServerSocketFactory.getDefault()
            : ServerSocketFactory.getDefault(),
        socket -> serve(socket, response));
  }

  private static void serve(Socket socket, byte[] response) throws IOException {
    InputStream in = socket.getInputStream();
    OutputStream out = socket.getOutputStream();
    // Blocks, not single bytes, to leave the CPU to the client.
    byte[] block = new byte[4096];
    int matched = 0;
    int count = in.read(block);
    while (count >= 0) {
      for (int i = 0; i < count; i++) {
        byte b = block[i];
        matched = b == END_OF_HEAD[matched] ? matched + 1 : b == '\r' ? 1 : 0;
        if (matched == END_OF_HEAD.length) {
          out.write(response);
          out.flush();
          matched = 0;
        }
      }
      count = in.read(block);
    }
  }
}
