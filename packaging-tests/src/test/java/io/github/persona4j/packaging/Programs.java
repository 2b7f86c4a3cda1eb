package io.github.persona4j.packaging;

import io.github.persona4j.testing.FakePersona;
import io.github.persona4j.testing.WebhookRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs {@link TaskList} in a process of its own, with a fake that has the same data each time. */
final class Programs {
  private static final String SECRET = "wbhsec_test";

  private Programs() {}

  /** Writes a webhook, and returns its arguments for {@link TaskList}. */
  static List<String> webhook(Path folder) throws IOException {
    WebhookRequest webhook =
        WebhookRequest.event("inquiry.approved")
            .subject(
                "{\"type\":\"inquiry\",\"id\":\"inq_1\",\"attributes\":{\"status\":\"approved\"}}")
            .sign(SECRET);
    Path body = folder.resolve("webhook.json");
    Files.write(body, webhook.body());
    return List.of(SECRET, webhook.signature(), body.toString());
  }

  /** Returns what the program prints. */
  static String taskList(String classPath, Path folder) throws Exception {
    try (FakePersona fake = FakePersona.builder().events(250).inquiries(6).start()) {
      List<String> command =
          new ArrayList<>(List.of("-cp", classPath, TaskList.class.getName(), fake.baseUrl()));
      command.add(fake.apiKey());
      command.addAll(webhook(folder));
      return java(folder, command);
    }
  }

  /** Runs a program, and returns its output if it succeeds. */
  static String java(Path folder, List<String> arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(arguments);
    Path output = Files.createTempFile(folder, "output", ".txt");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      boolean ended = process.waitFor(10, TimeUnit.MINUTES);
      String text = Files.readString(output);
      if (!ended || process.exitValue() != 0) {
        throw new AssertionError((ended ? "failed: " : "does not end: ") + text);
      }
      return text;
    } finally {
      process.destroyForcibly();
    }
  }
}
