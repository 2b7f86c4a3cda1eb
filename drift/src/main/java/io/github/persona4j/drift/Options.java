package io.github.persona4j.drift;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of the program.
 *
 * @param from the old description
 * @param to the new description
 * @param ignore the ignore file, or null
 * @param markdown where the Markdown goes, or null for the standard output
 * @param json where the JSON goes, or null for nowhere
 * @param junit where the XML goes, or null for nowhere
 * @param failOn the verdict that makes the exit status 1; {@code NONE} for never
 */
record Options(
    Path from,
    Path to,
    @Nullable Path ignore,
    @Nullable Path markdown,
    @Nullable Path json,
    @Nullable Path junit,
    Verdict failOn) {

  static final String HELP =
      """
      Compares two descriptions of the API and states what the differences mean for users of persona4j.

      Usage: java -jar persona4j-drift.jar [options] FROM TO

        FROM, TO           a file of OpenAPI 3.0 or 3.1, YAML or JSON, or the folder that contains it;
                           references to other files are followed

        --markdown FILE    writes the report for people to a file instead of the standard output
        --json FILE        writes the report as JSON
        --junit FILE       writes the report as the XML of JUnit
        --report FOLDER    writes all three to a folder: drift.md, drift.json, drift.xml
        --ignore FILE      leaves out accepted differences: a fingerprint and a reason in each line
        --fail-on VERDICT  the verdict from which the exit status is 1: breaking (default),
                           needs-release, tolerated, never
        --help, -h         prints this text

      Verdicts, for requests and for responses:
        breaking           calls that worked fail, or return other data than before
        needs release      calls work, but the types of the client do not know it
        tolerated          the client keeps what it does not know, or nothing changes for it
        none               it does not concern the direction

      Exit status: 0; 1 if a difference has the verdict of --fail-on or a worse one; 2 if the arguments
      are wrong or a file cannot be read.
      """;

  private static final Map<String, Verdict> VERDICTS =
      Map.of(
          "breaking", Verdict.BREAKING,
          "needs-release", Verdict.NEEDS_RELEASE,
          "tolerated", Verdict.TOLERATED,
          "never", Verdict.NONE);

  /**
   * Reads the arguments.
   *
   * @throws IllegalArgumentException if they are wrong
   */
  static Options of(String... arguments) {
    List<Path> descriptions = new ArrayList<>();
    Path ignore = null;
    Path markdown = null;
    Path json = null;
    Path junit = null;
    Verdict failOn = Verdict.BREAKING;
    for (int i = 0; i < arguments.length; i++) {
      String argument = arguments[i];
      if (!argument.startsWith("-")) {
        descriptions.add(path(argument));
        continue;
      }
      if (!argument.startsWith("--")) {
        throw new IllegalArgumentException("there is no option " + argument);
      }
      int equals = argument.indexOf('=');
      String name = equals < 0 ? argument : argument.substring(0, equals);
      String value;
      if (equals >= 0) {
        value = argument.substring(equals + 1);
      } else if (i + 1 < arguments.length) {
        value = arguments[++i];
      } else {
        throw new IllegalArgumentException(name + " has no value");
      }
      switch (name) {
        case "--markdown" -> markdown = path(value);
        case "--json" -> json = path(value);
        case "--junit" -> junit = path(value);
        case "--ignore" -> ignore = path(value);
        case "--report" -> {
          markdown = path(value).resolve("drift.md");
          json = path(value).resolve("drift.json");
          junit = path(value).resolve("drift.xml");
        }
        case "--fail-on" -> failOn = verdict(value);
        default -> throw new IllegalArgumentException("there is no option " + name);
      }
    }
    if (descriptions.size() != 2) {
      throw new IllegalArgumentException(
          "expected two descriptions, FROM and TO, but there are " + descriptions.size());
    }
    return new Options(
        descriptions.get(0), descriptions.get(1), ignore, markdown, json, junit, failOn);
  }

  private static Verdict verdict(String name) {
    Verdict verdict = VERDICTS.get(name);
    if (verdict == null) {
      throw new IllegalArgumentException(
          "--fail-on must be breaking, needs-release, tolerated or never, not " + name);
    }
    return verdict;
  }

  private static Path path(String text) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("the name of a file is empty");
    }
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("not the name of a file: " + text, e);
    }
  }
}
