package io.github.persona4j.contract;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The results of the cases, which are collected while they run, with progress lines, and finally
 * written as Markdown and JSON. Thread-safe.
 */
final class Report {
  private static final int PROGRESS_EVERY = 500;

  private final long start = System.nanoTime();
  private final Differences differences;
  private final List<String> unresolvable;
  private final CalledMethods methods;
  private final List<Line> lines = new ArrayList<>();

  /**
   * Creates a report without cases.
   *
   * @param unresolvable the unresolvable references of the mocked description
   * @param methods the public methods that the cases call
   */
  Report(Differences differences, List<String> unresolvable, CalledMethods methods) {
    this.methods = methods;
    this.differences = differences;
    this.unresolvable = unresolvable;
  }

  /**
   * The result of one case.
   *
   * @param reason the reason of a failure, null if there is none
   * @param unknown the parts of the response that are unknown to the models
   * @param accessors the number of accessors that were compared with the JSON
   * @param wire the request and response as sent, null if the case passed
   */
  record Line(
      String operation,
      String tag,
      int status,
      String variant,
      Outcome outcome,
      @Nullable String reason,
      List<String> unknown,
      long accessors,
      long millis,
      @Nullable String wire) {

    /** Returns the outcome, with its reason if there is one. */
    String result() {
      return reason == null ? outcome.description() : outcome.description() + ": " + reason;
    }
  }

  /** Records the end of a case. */
  Line add(ContractCase each, CaseContext context, @Nullable Throwable failure, long millis) {
    Outcome outcome = Outcome.of(failure, !context.unknown().isEmpty());
    Line line =
        new Line(
            each.name(),
            each.tag(),
            each.status(),
            each.variant(),
            outcome,
            failure == null ? null : reason(each, failure),
            List.copyOf(context.unknown()),
            context.accessors(),
            millis,
            outcome == Outcome.PASSED ? null : context.exchange().toString());
    add(line);
    return line;
  }

  // The report contains the name of the operation already.
  private static String reason(ContractCase each, Throwable failure) {
    String message =
        failure.getMessage() == null ? failure.toString() : failure.getMessage().strip();
    String name = each.name() + ": ";
    return message.startsWith(name) ? message.substring(name.length()) : message;
  }

  private synchronized void add(Line line) {
    lines.add(line);
    if (lines.size() % PROGRESS_EVERY == 0) {
      System.out.printf(
          "[contract] %d cases after %d s, the last was %s%n",
          lines.size(),
          TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start),
          line.operation());
    }
  }

  /** Returns the results so far, in the order of completion. */
  synchronized List<Line> lines() {
    return List.copyOf(lines);
  }

  /**
   * Writes both files, unless there are no cases.
   *
   * @param name the name of the files, without extension
   * @param description the mocked description
   * @param prism how Prism was run
   */
  synchronized void write(Path folder, String name, Path description, String prism) {
    if (lines.isEmpty()) {
      return;
    }
    lines.sort(
        Comparator.comparing(Line::tag)
            .thenComparing(Line::operation)
            .thenComparing(Line::status)
            .thenComparing(Line::variant));
    try {
      Files.createDirectories(folder);
      Files.writeString(folder.resolve(name + ".md"), markdown(description, prism));
      Files.writeString(
          folder.resolve(name + ".json"), json(description, prism).toPrettyString() + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException("The report cannot be written to " + folder, e);
    }
    StringBuilder summary = new StringBuilder("[contract] " + lines.size() + " cases");
    summary.append(", ").append(accessors(lines)).append(" accessors compared");
    counts()
        .forEach(
            (outcome, count) ->
                summary.append(", ").append(count).append(' ').append(outcome.description()));
    System.out.println(summary + "; report in " + folder.resolve(name + ".md"));
  }

  private Map<Outcome, Long> counts() {
    Map<Outcome, Long> counts = new TreeMap<>();
    lines.forEach(line -> counts.merge(line.outcome(), 1L, Long::sum));
    return counts;
  }

  private String markdown(Path description, String prism) {
    StringBuilder text = new StringBuilder("# Contract report\n\n");
    text.append("- Description: ").append(description.getFileName());
    text.append("\n- Prism: ").append(prism);
    text.append("\n- Cases: ").append(lines.size()).append('\n');
    counts()
        .forEach(
            (outcome, count) ->
                text.append("- ")
                    .append(outcome.description())
                    .append(": ")
                    .append(count)
                    .append('\n'));
    int uncalled = methods.uncalled().size();
    text.append("- Public methods called: ").append(methods.all().size() - uncalled);
    text.append(" of ").append(methods.all().size()).append('\n');
    text.append("- Unresolvable references: ").append(unresolvable.size()).append('\n');
    text.append("- Accessors compared with the JSON: ").append(accessors(lines)).append('\n');
    text.append("\n## By tag\n\n");
    appendTags(text);
    appendList(text, "Operations missing in the description", differences.missingOperations());
    appendList(text, "Additional operations", differences.addedOperations());
    appendList(text, "Missing statuses", differences.missingStatuses());
    appendList(text, "Additional statuses", differences.addedStatuses());
    appendList(text, "Different content types", differences.contentTypes());
    for (Outcome outcome : Outcome.values()) {
      if (outcome != Outcome.PASSED) {
        String title =
            Character.toUpperCase(outcome.description().charAt(0))
                + outcome.description().substring(1);
        List<String> items = new ArrayList<>(outcome == Outcome.MISTAKE ? unresolvable : List.of());
        items.addAll(summary(outcome));
        appendList(text, title, items);
      }
    }
    text.append("\n## Cases\n\n| Operation | Status | Variant | Result | Unknown | ms |\n")
        .append("|---|--:|---|---|---|--:|\n");
    for (Line line : lines) {
      text.append("| ").append(line.operation()).append(" | ").append(status(line));
      text.append(" | ").append(cell(line.variant())).append(" | ").append(cell(line.result()));
      text.append(" | ").append(cell(String.join("; ", line.unknown()))).append(" | ");
      text.append(line.millis()).append(" |\n");
    }
    return text.toString();
  }

  private void appendTags(StringBuilder text) {
    text.append(
        "| Tag | Operations or events | Cases | Passed | Accessors |\n|---|--:|--:|--:|--:|\n");
    Map<String, List<Line>> byTag = new TreeMap<>();
    lines.forEach(line -> byTag.computeIfAbsent(line.tag(), tag -> new ArrayList<>()).add(line));
    byTag.forEach((tag, cases) -> appendTag(text, tag, cases));
    appendTag(text, "All", lines);
  }

  private static void appendTag(StringBuilder text, String tag, List<Line> cases) {
    long operations = cases.stream().map(Line::operation).distinct().count();
    long passed = cases.stream().filter(line -> line.outcome() == Outcome.PASSED).count();
    text.append("| ").append(tag).append(" | ").append(operations).append(" | ");
    text.append(cases.size()).append(" | ").append(passed).append(" | ");
    text.append(accessors(cases)).append(" |\n");
  }

  private static long accessors(List<Line> cases) {
    return cases.stream().mapToLong(Line::accessors).sum();
  }

  /**
   * Returns each result once, with the number of its cases. A request is rejected regardless of the
   * requested response, so its status does not count.
   */
  private List<String> summary(Outcome outcome) {
    Map<String, Integer> met = new LinkedHashMap<>();
    for (Line line : lines) {
      // Unknown parts may be in a response with another failure.
      List<String> things =
          outcome == Outcome.UNKNOWN_PARTS
              ? line.unknown()
              : line.outcome() == outcome ? List.of(String.valueOf(line.reason())) : List.of();
      if (!things.isEmpty()) {
        for (String thing : things) {
          boolean ofRequest = outcome == Outcome.REJECTED || DescriptionMistakes.isOfRequest(thing);
          String place = line.operation() + (ofRequest ? "" : " " + status(line));
          String anyItem = cell(thing).replaceAll("\\[\\d+]", "[]");
          met.merge(place + ": " + anyItem, 1, Integer::sum);
        }
      }
    }
    List<String> items = new ArrayList<>();
    met.forEach((thing, times) -> items.add(times == 1 ? thing : thing + " (" + times + " cases)"));
    return items;
  }

  private static void appendList(StringBuilder text, String title, List<String> items) {
    if (!items.isEmpty()) {
      text.append("\n## ").append(title).append("\n\n");
      items.forEach(item -> text.append("- ").append(item).append('\n'));
    }
  }

  private static String status(Line line) {
    return line.status() == 0 ? "-" : String.valueOf(line.status());
  }

  private static String cell(String text) {
    return text.replace("|", "\\|").replaceAll("\\s+", " ");
  }

  private ObjectNode json(Path description, String prism) {
    ObjectNode report = JsonNodeFactory.instance.objectNode();
    report.put("description", String.valueOf(description.getFileName()));
    report.put("prism", prism);
    report.put("accessors", accessors(lines));
    differences.missingOperations().forEach(report.putArray("missingOperations")::add);
    differences.addedOperations().forEach(report.putArray("addedOperations")::add);
    differences.missingStatuses().forEach(report.putArray("missingStatuses")::add);
    differences.addedStatuses().forEach(report.putArray("addedStatuses")::add);
    differences.contentTypes().forEach(report.putArray("contentTypes")::add);
    report.put("publicMethods", methods.all().size());
    methods.uncalled().forEach(report.putArray("uncalledMethods")::add);
    unresolvable.forEach(report.putArray("unresolvableReferences")::add);
    var cases = report.putArray("cases");
    for (Line line : lines) {
      ObjectNode each = cases.addObject();
      each.put("operation", line.operation());
      each.put("tag", line.tag());
      each.put("status", line.status());
      each.put("variant", line.variant());
      each.put("result", line.result());
      line.unknown().forEach(each.putArray("unknown")::add);
      each.put("accessors", line.accessors());
      each.put("milliseconds", line.millis());
      if (line.wire() != null) {
        each.put("wire", line.wire());
      }
    }
    return report;
  }
}
