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
 * A running Prism: a mock of the API that checks each request and each answer against a
 * description.
 *
 * <p>Closing it leaves nothing running, and so does the end of the JVM. Thread-safe.
 */
abstract class PrismServer implements AutoCloseable {
  /** Long, because Prism reads a large description for minutes; a Prism that died is noticed. */
  static final Duration READY_WITHIN = Duration.ofMinutes(4);

  private static final int LOG_END_LINES = 25;

  // One client: each has a thread of its own.
  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();

  /** Starts a Prism for a description, the way that the settings ask for or the machine allows. */
  static PrismServer start(Settings settings, Path toMock) {
    Path description =
        settings.mode() == Settings.Mode.EXTERNAL ? toMock : MockFile.of(settings, toMock);
    return switch (settings.mode()) {
      case DOCKER -> DockerPrism.start(settings.image(), description);
      case NODE -> NodePrism.start(description);
      case EXTERNAL -> ExternalPrism.find(settings.baseUrl());
      case AUTO -> {
        String obstacle = DockerPrism.obstacle(settings.image());
        if (obstacle == null) {
          yield DockerPrism.start(settings.image(), description);
        }
        System.out.println("[contract] node, because " + obstacle);
        yield NodePrism.start(description);
      }
    };
  }

  /** Where it listens, without a slash at the end. */
  abstract String baseUrl();

  /** How it runs, in a few words. */
  abstract String way();

  /** Why it runs no more; null while it does. */
  abstract @Nullable String death();

  @Override
  public abstract void close();

  /** Waits until it answers, whatever the answer. */
  static void awaitAnswer(String baseUrl, PrismServer server) {
    long deadline = System.nanoTime() + READY_WITHIN.toNanos();
    while (!answers(baseUrl)) {
      String death = server.death();
      if (death != null) {
        throw new IllegalStateException(death);
      }
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(
            "Prism does not answer at " + baseUrl + " within " + READY_WITHIN.toSeconds() + " s");
      }
      pause();
    }
  }

  static boolean answers(String baseUrl) {
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

  /** The last lines of a log, which say why Prism ended. */
  static String endOf(Path log) {
    try {
      // Not necessarily UTF-8 at its very end, where a line may be cut.
      List<String> lines =
          new String(Files.readAllBytes(log), StandardCharsets.UTF_8).lines().toList();
      int from = Math.max(0, lines.size() - LOG_END_LINES);
      return String.join("\n", lines.subList(from, lines.size()));
    } catch (IOException e) {
      return "(no log: " + e + ")";
    }
  }

  /** What node loads before Prism, to end it when its input ends. */
  static Path preloaded() {
    return Settings.module().resolve("src/test/prism/end-with-parent.cjs");
  }

  /** A new, empty log in the folder of what is built. */
  static Path newLog(String name) {
    try {
      Path folder = Files.createDirectories(Settings.module().resolve("target/prism"));
      return Files.createTempFile(folder, name + "-", ".log");
    } catch (IOException e) {
      throw new IllegalStateException("No log can be written below target/prism", e);
    }
  }
}
