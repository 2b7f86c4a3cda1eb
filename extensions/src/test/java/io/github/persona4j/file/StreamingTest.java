package io.github.persona4j.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.persona4j.PersonaClient;
import io.github.persona4j.api.ImportersApi;
import io.github.persona4j.request.FileUpload;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files are streamed through a much smaller heap: a program with a heap of 10 MiB downloads and
 * uploads 160 MiB.
 */
class StreamingTest {
  private static final long SIZE = 160L * 1024 * 1024;

  @TempDir Path folder;

  /** Runs in a separate JVM. */
  static final class Program {
    public static void main(String[] arguments) throws Exception {
      Path folder = Path.of(arguments[1]);
      String origin = arguments[0];
      try (PersonaClient client =
          PersonaClient.builder()
              .apiKey("k")
              .baseUrl(origin + "/api/v1")
              .allowFilesFrom(origin)
              .build()) {
        try (Download download = client.files().download(origin + "/file")) {
          print(download.stream().transferTo(OutputStream.nullOutputStream()));
        }
        Path stored = client.files().saveTo(origin + "/file", folder);
        print(Files.size(stored));
        Files.delete(stored);
        try (Download print = client.inquiries().print("inq_1")) {
          print.saveAs(stored);
        }
        print(Files.size(stored));
        AtomicLong sent = new AtomicLong();
        upload(client, FileUpload.of(stored, "text/csv").onProgress((done, all) -> sent.set(done)));
        print(sent.get());
        try (InputStream once = Files.newInputStream(stored)) {
          upload(client, FileUpload.once("l.csv", "text/csv", -1, once));
        }
      }
    }

    private static void upload(PersonaClient client, FileUpload file) {
      client
          .importers()
          .importAccounts(ImportersApi.ImportAccountsForm.builder().file(file).build());
    }

    private static void print(long number) {
      System.out.println(number);
    }
  }

  @Test
  void filesLargerThanHeap_areStreamed() throws Exception {
    List<Long> received = Collections.synchronizedList(new ArrayList<>());
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", exchange -> respond(exchange, received));
    server.start();
    Process program =
        new ProcessBuilder(
                System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                "-Xmx10m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                Program.class.getName(),
                "http://127.0.0.1:" + server.getAddress().getPort(),
                folder.toString())
            .redirectErrorStream(true)
            .start();
    try {
      List<String> printed = program.inputReader().lines().toList();

      assertThat(printed).hasSize(4).containsOnly(Long.toString(SIZE));
      assertThat(program.waitFor(5, TimeUnit.SECONDS)).isTrue();
      assertThat(program.exitValue()).isZero();
      assertThat(received).hasSize(2).allMatch(bytes -> bytes > SIZE && bytes < SIZE + 1000);
    } finally {
      program.destroyForcibly();
      server.stop(0);
    }
  }

  private static void respond(HttpExchange exchange, List<Long> received) throws IOException {
    try (exchange) {
      if (exchange.getRequestMethod().equals("POST")) {
        received.add(exchange.getRequestBody().transferTo(OutputStream.nullOutputStream()));
        byte[] response = "{\"data\":{\"type\":\"importer/account\",\"id\":\"i\"}}".getBytes(UTF_8);
        exchange.sendResponseHeaders(201, response.length);
        exchange.getResponseBody().write(response);
      } else {
        exchange.sendResponseHeaders(200, SIZE);
        byte[] block = new byte[64 * 1024];
        for (long sent = 0; sent < SIZE; sent += block.length) {
          exchange.getResponseBody().write(block);
        }
      }
    }
  }
}
