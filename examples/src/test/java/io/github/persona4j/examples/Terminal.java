package io.github.persona4j.examples;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Captures the output of an example. */
final class Terminal {
  private final ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
  private final ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
  final PrintStream out = new PrintStream(outBytes, true, StandardCharsets.UTF_8);
  final PrintStream err = new PrintStream(errBytes, true, StandardCharsets.UTF_8);

  List<String> outLines() {
    return outBytes.toString(StandardCharsets.UTF_8).lines().toList();
  }

  List<String> errLines() {
    return errBytes.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
