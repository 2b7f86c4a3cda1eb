package io.github.persona4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.persona4j.testing.FakePersona;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs each example in its own JVM, as a shell does. */
class OwnProcessTest {
  // Much shorter than the minute for which an open connection or thread pool keeps a process alive.
  private static final Duration EXIT_TIMEOUT = Duration.ofSeconds(10);

  @TempDir Path folder;

  @Test
  void listEventsWithoutKey_endsByItselfWithStatus0() throws Exception {
    Result result = start(ListEvents.class, Map.of());

    assertThat(result.status).isZero();
    assertThat(result.out).hasSize(201).last().isEqualTo("200 events");
    assertThat(result.err).hasSize(1);
    assertThat(result.afterLastLine).isLessThan(EXIT_TIMEOUT);
  }

  @Test
  void listEventsWithWrongKey_endsWithStatus1AndOneLine() throws Exception {
    try (FakePersona fake = FakePersona.start()) {
      Result result = start(ListEvents.class, environment("persona_sandbox_wrong", fake));

      assertThat(result.status).isEqualTo(1);
      assertThat(result.out).isEmpty();
      assertThat(result.err).singleElement().asString().contains("failed with 401");
    }
  }

  @Test
  void listEventsWithInvalidOption_endsWithStatus2AndOneLine() throws Exception {
    Result result = start(ListEvents.class, Map.of(), "--page-size", "1000");

    assertThat(result.status).isEqualTo(2);
    assertThat(result.out).isEmpty();
    assertThat(result.err).singleElement().asString().contains("--page-size");
  }

  @Test
  void quickstart_listsAllEventsAndEndsByItself() throws Exception {
    try (FakePersona fake = FakePersona.builder().events(25).start()) {
      Result result = start(Quickstart.class, environment(fake.apiKey(), fake));

      assertThat(result.status).isZero();
      assertThat(result.out).hasSize(25).allMatch(line -> line.matches("evt_\\w+ [a-z.-]+"));
      assertThat(result.err).isEmpty();
      assertThat(result.afterLastLine).isLessThan(EXIT_TIMEOUT);
    }
  }

  private static Map<String, String> environment(String key, FakePersona fake) {
    return Map.of("PERSONA_API_KEY", key, "PERSONA_BASE_URL", fake.baseUrl());
  }

  private Result start(Class<?> example, Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), example.getName()));
    command.addAll(List.of(arguments));
    Path err = folder.resolve("err");
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(err.toFile());
    // The environment of the tests must not matter; this variable makes Java print a line.
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    builder.environment().keySet().removeIf(name -> name.startsWith("PERSONA_"));
    builder.environment().putAll(environment);
    Process process = builder.start();
    try {
      List<String> out = new ArrayList<>();
      long lastLine = System.nanoTime();
      try (var reader = process.inputReader()) {
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
          out.add(line);
          lastLine = System.nanoTime();
        }
      }
      assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
      Duration afterLastLine = Duration.ofNanos(System.nanoTime() - lastLine);
      return new Result(process.exitValue(), out, Files.readAllLines(err), afterLastLine);
    } finally {
      process.destroyForcibly();
    }
  }

  private record Result(int status, List<String> out, List<String> err, Duration afterLastLine) {}
}
