package io.github.persona4j.contract;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A running Prism server: a mock of the API that validates each request and response against a
 * description.
 *
 * <p>It is stopped by {@code close()}, or at the end of the JVM. Thread-safe.
 */
abstract class PrismServer implements AutoCloseable {
  /**
   * The startup timeout. Prism takes minutes to read a large description; a crash is detected
   * earlier.
   */
  static final Duration STARTUP_TIMEOUT = Duration.ofMinutes(4);

  private static final int LOG_END_LINES = 25;

  // One shared client, since each has its own thread.
  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();

  /** Starts Prism with a description, in the mode of the settings or one that is available. */
  static PrismServer start(Settings settings, Path toMock) {
    Path description =
        settings.mode() == Settings.Mode.EXTERNAL ? toMock : MockFile.of(settings, toMock);
    return switch (settings.mode()) {
      case DOCKER -> DockerPrism.start(settings.image(), description);
      case NODE -> NodePrism.start(description);
      case EXTERNAL -> ExternalPrism.find(settings.baseUrl());
      case AUTO -> {
        String unavailableReason = DockerPrism.unavailableReason(settings.image());
        if (unavailableReason == null) {
          yield DockerPrism.start(settings.image(), description);
        }
        System.out.println("[contract] node, because " + unavailableReason);
        yield NodePrism.start(description);
      }
    };
  }

  /** Returns the base URL, without a trailing slash. */
  abstract String baseUrl();

  /** Returns how Prism runs, for the report. */
  abstract String variant();

  /** Returns why Prism exited; null while it runs. */
  abstract @Nullable String exitReason();

  @Override
  public abstract void close();

  /** Waits until a server responds with any status. */
  static void awaitResponse(String baseUrl, PrismServer server) {
    long deadline = System.nanoTime() + STARTUP_TIMEOUT.toNanos();
    while (!responds(baseUrl)) {
      String exitReason = server.exitReason();
      if (exitReason != null) {
        throw new IllegalStateException(exitReason);
      }
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(
            "Prism does not respond at "
                + baseUrl
                + " within "
                + STARTUP_TIMEOUT.toSeconds()
                + " s");
      }
      pause();
    }
  }

  static boolean responds(String baseUrl) {
    HttpRequest question =
        HttpRequest.newBuilder(URI.create(baseUrl + "/")).timeout(Duration.ofSeconds(5)).build();
    try {
      HTTP.send(question, HttpResponse.BodyHandlers.discarding());
      return true;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting for Prism", e);
    }
  }

  static void pause() {
    try {
      Thread.sleep(50);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting for Prism", e);
    }
  }

  /** Returns the last lines of a log, with the reason why Prism exited. */
  static String endOf(Path log) {
    try {
      // The end may not be UTF-8 if a line is incomplete.
      List<String> lines =
          new String(Files.readAllBytes(log), StandardCharsets.UTF_8).lines().toList();
      int from = Math.max(0, lines.size() - LOG_END_LINES);
      return String.join("\n", lines.subList(from, lines.size()));
    } catch (IOException e) {
      return "(no log: " + e + ")";
    }
  }

  /** Returns the script that Node loads before Prism, to exit at the end of its input. */
  static Path preloadScript() {
    return Settings.module().resolve("src/test/prism/end-with-parent.cjs");
  }

  /** Creates an empty log in the build folder. */
  static Path newLog(String name) {
    try {
      Path folder = Files.createDirectories(Settings.module().resolve("target/prism"));
      return Files.createTempFile(folder, name + "-", ".log");
    } catch (IOException e) {
      throw new IllegalStateException("No log can be written below target/prism", e);
    }
  }
}
