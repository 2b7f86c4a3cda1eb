package io.github.persona4j.drift;

import java.util.List;

/** Prints a report as the XML of JUnit, which CI systems show: a test case for each difference. */
final class JunitReport {
  private final StringBuilder xml = new StringBuilder();

  private JunitReport() {}

  /** Differences with the verdict or a worse one are failures. */
  static String of(Report report, Verdict failOn) {
    JunitReport printer = new JunitReport();
    printer.print(report, failOn);
    return printer.xml.toString();
  }

  private void print(Report report, Verdict failOn) {
    List<Difference> differences = report.differences();
    long failures = differences.stream().filter(d -> isFailure(d, failOn)).count();
    int tests = differences.size() + report.ignored().size() + report.unused().size();
    xml.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuite name=\"drift\" tests=\"");
    xml.append(Math.max(1, tests)).append("\" failures=\"").append(failures);
    xml.append("\" errors=\"0\" skipped=\"").append(report.ignored().size()).append("\">\n");
    if (tests == 0) {
      open("drift", "no difference");
      xml.append("/>\n");
    }
    for (Difference difference : differences) {
      open(difference.rule(), difference.text() + " [" + difference.fingerprint() + "]");
      if (isFailure(difference, failOn)) {
        xml.append(">\n    <failure type=\"").append(difference.worst().text());
        xml.append("\" message=\"").append(escaped(difference.text())).append("\">");
        xml.append(escaped("Touches: " + String.join(", ", difference.touches())));
        xml.append("</failure>\n  </testcase>\n");
      } else {
        xml.append("/>\n");
      }
    }
    report
        .ignored()
        .forEach(
            (difference, reason) -> {
              open(difference.rule(), difference.text() + " [" + difference.fingerprint() + "]");
              xml.append(">\n    <skipped message=\"").append(escaped(reason));
              xml.append("\"/>\n  </testcase>\n");
            });
    for (String entry : report.unused()) {
      open("ignore-file", "matches nothing: " + entry);
      xml.append("/>\n");
    }
    xml.append("</testsuite>\n");
  }

  private static boolean isFailure(Difference difference, Verdict failOn) {
    return failOn != Verdict.NONE && difference.worst().compareTo(failOn) >= 0;
  }

  private void open(String rule, String name) {
    xml.append("  <testcase classname=\"drift.").append(escaped(rule)).append("\" name=\"");
    xml.append(escaped(name)).append('"');
  }

  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '&' -> escaped.append("&amp;");
                case '"' -> escaped.append("&quot;");
                case '\n' -> escaped.append("&#10;");
                default -> {
                  boolean valid = c >= 0x20 && c != 0xFFFE && c != 0xFFFF && !isSurrogate(c);
                  escaped.appendCodePoint(valid ? c : '\uFFFD');
                }
              }
            });
    return escaped.toString();
  }

  private static boolean isSurrogate(int c) {
    return c >= 0xD800 && c <= 0xDFFF;
  }
}
