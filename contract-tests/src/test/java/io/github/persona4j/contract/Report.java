package io.github.persona4j.contract;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.persona4j.error.MalformedResponseException;
import io.github.persona4j.json.JsonException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What came out of each call: gathered while the tests run, with a line of progress now and then,
 * and written to {@code target/contract-report.md} and {@code .json} at their end. Thread-safe.
 */
final class Report {
  private static final int PROGRESS_EVERY = 500;
  private static final String PASSED = "passed";

  private final long start = System.nanoTime();
  private final List<Line> lines = new ArrayList<>();

  /** A check of one call. */
  @FunctionalInterface
  interface Check {
    /** Adds what the models do not know, and throws what is wrong. */
    void run(List<String> unknown) throws IOException;
  }

  /** Runs a check and notes what came out of it. */
  void check(Operation operation, int status, String way, Check check) throws IOException {
    List<String> unknown = new ArrayList<>();
    long before = System.nanoTime();
    String result = "failed";
    try {
      check.run(unknown);
      result = unknown.isEmpty() ? PASSED : "unknown parts";
    } catch (ContractViolation e) {
      result = "violation: " + e.getMessage();
      throw e;
    } catch (JsonException | MalformedResponseException e) {
      result = "not decoded: " + e.getMessage();
      throw e;
    } finally {
      long millis = (System.nanoTime() - before) / 1_000_000;
      add(new Line(operation, status, way, result, List.copyOf(unknown), millis));
    }
  }

  private synchronized void add(Line line) {
    lines.add(line);
    if (lines.size() % PROGRESS_EVERY == 0) {
      System.out.printf(
          "[contract] %d calls after %d s, the last was %s%n",
          lines.size(), (System.nanoTime() - start) / 1_000_000_000, line.operation());
    }
  }

  /**
   * Writes both files.
   *
   * @param prism how Prism was run
   */
  synchronized void write(Path folder, String prism) {
    List<String> missing = new ArrayList<>(keys(Contract.ours()));
    missing.removeAll(keys(Contract.mocked()));
    List<String> added = new ArrayList<>(keys(Contract.mocked()));
    added.removeAll(keys(Contract.ours()));
    try {
      Files.createDirectories(folder);
      Files.writeString(folder.resolve("contract-report.md"), markdown(prism, missing, added));
      Files.writeString(
          folder.resolve("contract-report.json"), json(prism, missing, added).toPrettyString());
    } catch (IOException e) {
      throw new UncheckedIOException("The report cannot be written to " + folder, e);
    }
    System.out.printf("[contract] %d calls, report in %s%n", lines.size(), folder);
  }

  private static Set<String> keys(List<Operation> operations) {
    Set<String> keys = new TreeSet<>();
    operations.forEach(operation -> keys.add(operation.key()));
    return keys;
  }

  private String markdown(String prism, List<String> missing, List<String> added) {
    StringBuilder text =
        new StringBuilder("# Contract report\n\n")
            .append("Prism: ")
            .append(prism)
            .append(". Calls: ")
            .append(lines.size())
            .append(". Other than passed: ")
            .append(lines.stream().filter(line -> !line.result().equals(PASSED)).count())
            .append(".\n\n## By tag\n\n")
            .append("| Tag | Operations | Calls | Passed | ms |\n|---|--:|--:|--:|--:|\n");
    Map<String, List<Line>> byTag = new TreeMap<>();
    lines.forEach(
        line -> byTag.computeIfAbsent(line.operation().tag(), t -> new ArrayList<>()).add(line));
    byTag.forEach(
        (tag, calls) ->
            text.append(
                String.format(
                    "| %s | %d | %d | %d | %d |%n",
                    tag,
                    calls.stream().map(Line::operation).distinct().count(),
                    calls.size(),
                    calls.stream().filter(line -> line.result().equals(PASSED)).count(),
                    calls.stream().mapToLong(Line::millis).sum())));
    list(text, "Operations that the mocked description lacks", missing);
    list(text, "Operations that only the mocked description has", added);
    text.append("\n## Calls\n\n| Operation | Status | Way | Result | Unknown | ms |\n")
        .append("|---|--:|---|---|---|--:|\n");
    for (Line line : lines) {
      text.append(
          String.format(
              "| %s | %d | %s | %s | %s | %d |%n",
              line.operation().id(),
              line.status(),
              line.way(),
              cell(line.result()),
              cell(String.join("; ", line.unknown())),
              line.millis()));
    }
    return text.toString();
  }

  private static void list(StringBuilder text, String title, List<String> items) {
    if (!items.isEmpty()) {
      text.append("\n## ").append(title).append("\n\n");
      items.forEach(item -> text.append("- ").append(item).append('\n'));
    }
  }

  private static String cell(String text) {
    return text.replace("|", "\\|").replaceAll("\\s+", " ");
  }

  private ObjectNode json(String prism, List<String> missing, List<String> added) {
    ObjectNode report = JsonNodeFactory.instance.objectNode();
    report.put("prism", prism);
    missing.forEach(report.putArray("missing")::add);
    added.forEach(report.putArray("added")::add);
    var calls = report.putArray("calls");
    for (Line line : lines) {
      ObjectNode call = calls.addObject();
      call.put("operation", line.operation().id());
      call.put("tag", line.operation().tag());
      call.put("status", line.status());
      call.put("way", line.way());
      call.put("result", line.result());
      line.unknown().forEach(call.putArray("unknown")::add);
      call.put("milliseconds", line.millis());
    }
    return report;
  }

  private record Line(
      Operation operation,
      int status,
      String way,
      String result,
      List<String> unknown,
      long millis) {}
}
