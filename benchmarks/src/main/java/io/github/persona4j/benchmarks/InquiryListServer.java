package io.github.persona4j.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ServerSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * A server with a list of inquiries, 100 a page. It sends each page a given time after it has read
 * the request. The cursor of a page is {@code inq_} and its number; the first page has none.
 */
final class InquiryListServer {
  private static final Pattern CURSOR = Pattern.compile("inq_(\\d+)");
  private static final int DISTINCT_PAGES = 10;

  private InquiryListServer() {}

  static ServerProcess start(int pages, int millis) throws IOException {
    return ServerProcess.start(
        InquiryListServer.class, List.of(), String.valueOf(pages), String.valueOf(millis));
  }

  /**
   * Runs the server.
   *
   * @param arguments the number of pages, and the milliseconds for each
   */
  public static void main(String[] arguments) throws IOException {
    int pages = Integer.parseInt(arguments[0]);
    long nanos = TimeUnit.MILLISECONDS.toNanos(Integer.parseInt(arguments[1]));
    List<byte[]> responses = new ArrayList<>();
    for (int page = 0; page < pages; page++) {
      responses.add(
          ServerProcess.response(
              InquiryPageJson.make(
                  page % DISTINCT_PAGES, page + 1 == pages ? null : "inq_" + (page + 1))));
    }
    ServerProcess.serve(
        ServerSocketFactory.getDefault(), socket -> serve(socket, responses, nanos));
  }

  private static void serve(Socket socket, List<byte[]> responses, long nanos) throws IOException {
    BufferedReader in =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
    OutputStream out = socket.getOutputStream();
    String requestLine = readHead(in);
    while (requestLine != null) {
      long due = System.nanoTime() + nanos;
      Matcher cursor = CURSOR.matcher(requestLine);
      byte[] response = responses.get(cursor.find() ? Integer.parseInt(cursor.group(1)) : 0);
      for (long rest = nanos; rest > 0; rest = due - System.nanoTime()) {
        LockSupport.parkNanos(rest);
      }
      out.write(response);
      out.flush();
      requestLine = readHead(in);
    }
  }

  /** Reads the head of a request and returns its first line; null at the end. */
  private static @Nullable String readHead(BufferedReader in) throws IOException {
    String requestLine = in.readLine();
    String line = requestLine;
    while (line != null && !line.isEmpty()) {
      line = in.readLine();
    }
    return line == null ? null : requestLine;
  }
}
