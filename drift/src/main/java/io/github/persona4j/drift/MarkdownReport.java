package io.github.persona4j.drift;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** Prints a report as Markdown, for people. */
final class MarkdownReport {
  private static final int SHOWN = 3;

  private final StringBuilder text = new StringBuilder();

  private MarkdownReport() {}

  static String of(Report report) {
    MarkdownReport printer = new MarkdownReport();
    printer.print(report);
    return printer.text.toString();
  }

  private void print(Report report) {
    text.append("# Differences of the API description\n\n");
    text.append("From ").append(code(report.from())).append(" to ").append(code(report.to()));
    text.append(".\n\n");
    if (report.differences().isEmpty()) {
      text.append("No difference.\n");
    } else {
      text.append("| Verdict | Differences | Meaning |\n| --- | ---: | --- |\n");
      count(report, Verdict.BREAKING, "calls that worked fail, or return other data");
      count(
          report, Verdict.NEEDS_RELEASE, "calls work, but the types of the client do not know it");
      count(report, Verdict.TOLERATED, "the client keeps it, or nothing changes for it");
    }
    for (Verdict verdict :
        List.of(Verdict.BREAKING, Verdict.NEEDS_RELEASE, Verdict.TOLERATED, Verdict.NONE)) {
      section(report, verdict);
    }
    if (!report.ignored().isEmpty()) {
      text.append("\n## Ignored\n\n| Difference | Reason | Fingerprint |\n| --- | --- | --- |\n");
      report
          .ignored()
          .forEach(
              (difference, reason) -> row(difference.text(), reason, difference.fingerprint()));
    }
    list("Entries of the ignore file that match nothing", report.unused());
    list("Problems of the descriptions", report.problems());
  }

  private void count(Report report, Verdict verdict, String meaning) {
    text.append("| ").append(verdict.text()).append(" | ").append(report.count(verdict));
    text.append(" | ").append(meaning).append(" |\n");
  }

  private void section(Report report, Verdict verdict) {
    List<List<Difference>> groups =
        report.groups().stream().filter(group -> group.get(0).worst() == verdict).toList();
    if (groups.isEmpty()) {
      return;
    }
    String title = verdict.text();
    text.append("\n## ").append(title.substring(0, 1).toUpperCase(java.util.Locale.ROOT));
    text.append(title.substring(1)).append("\n\n");
    text.append("| Rule | Place | What | Request | Response | Java | Fingerprint |\n");
    text.append("| --- | --- | --- | --- | --- | --- | --- |\n");
    groups.forEach(this::group);
  }

  private void group(List<Difference> group) {
    Difference first = group.get(0);
    SortedSet<String> places = new TreeSet<>();
    SortedSet<String> touches = new TreeSet<>();
    group.forEach(
        difference -> {
          places.add(code(difference.place()));
          touches.addAll(difference.touches());
        });
    row(
        first.rule(),
        folded(places, "places"),
        what(first),
        first.request().text(),
        first.response().text(),
        folded(
            new TreeSet<>(touches.stream().map(MarkdownReport::code).toList()),
            "types and methods"),
        group.size() == 1 ? first.fingerprint() : first.group());
  }

  /** Returns all texts; many of them are folded. */
  private static String folded(SortedSet<String> texts, String noun) {
    String all = String.join(", ", texts);
    return texts.size() <= SHOWN
        ? all
        : "<details><summary>%d %s</summary>%s</details>".formatted(texts.size(), noun, all);
  }

  private static String what(Difference difference) {
    StringBuilder what = new StringBuilder();
    if (!difference.part().isEmpty()) {
      what.append(code(difference.part()));
    }
    if (!difference.from().isEmpty() || !difference.to().isEmpty()) {
      what.append(what.length() == 0 ? "" : ": ");
      if (!difference.from().isEmpty()) {
        what.append(code(difference.from()));
      }
      if (!difference.to().isEmpty()) {
        what.append(difference.from().isEmpty() ? "" : " → ").append(code(difference.to()));
      }
    }
    return what.toString();
  }

  private void row(String... cells) {
    text.append("| ");
    for (String cell : cells) {
      text.append(cell.replace("|", "\\|").replaceAll("\\s+", " ")).append(" | ");
    }
    text.setLength(text.length() - 1);
    text.append('\n');
  }

  private void list(String title, List<String> items) {
    if (!items.isEmpty()) {
      text.append("\n## ").append(title).append("\n\n");
      items.forEach(item -> text.append("- ").append(item).append('\n'));
    }
  }

  private static String code(String text) {
    return "`" + text.replace('`', '\'') + "`";
  }
}
