package io.github.persona4j.drift;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The result of a comparison.
 *
 * @param from what the old description is called
 * @param to what the new description is called
 * @param differences the differences that count, the worst first
 * @param ignored the accepted differences with their reasons
 * @param unused entries of the ignore file that match no difference
 * @param problems what is wrong with the descriptions
 */
record Report(
    String from,
    String to,
    List<Difference> differences,
    Map<Difference, String> ignored,
    List<String> unused,
    List<String> problems) {

  /** Compares two descriptions. */
  static Report of(
      String from,
      Description old,
      String to,
      Description now,
      JavaNames names,
      IgnoreFile ignore) {
    List<Difference> all = new ArrayList<>(Comparison.of(old, now));
    all.replaceAll(names::complete);
    all.sort(
        Comparator.comparing(Difference::worst)
            .reversed()
            .thenComparing(Difference::rule)
            .thenComparing(Difference::place)
            .thenComparing(Difference::part)
            .thenComparing(Difference::from)
            .thenComparing(Difference::to));
    List<Difference> differences = new ArrayList<>();
    Map<Difference, String> ignored = new LinkedHashMap<>();
    for (Difference difference : all) {
      String reason = ignore.reason(difference);
      if (reason == null) {
        differences.add(difference);
      } else {
        ignored.put(difference, reason);
      }
    }
    return new Report(
        from, to, differences, ignored, ignore.unused(), problems(from, old, to, now));
  }

  private static List<String> problems(String from, Description old, String to, Description now) {
    List<String> problems = new ArrayList<>();
    add(problems, from, old.problems());
    add(problems, to, now.problems());
    return problems;
  }

  private static void add(List<String> problems, String description, Set<String> found) {
    found.forEach(problem -> problems.add(description + ": " + problem));
  }

  /** Returns the worst verdict of all differences that count. */
  Verdict worst() {
    return differences.stream().map(Difference::worst).reduce(Verdict.NONE, Verdict::worse);
  }

  long count(Verdict verdict) {
    return differences.stream().filter(difference -> difference.worst() == verdict).count();
  }

  /** Returns the number of differences with the verdict or a worse one. */
  long countFrom(Verdict verdict) {
    return differences.stream().filter(each -> each.worst().compareTo(verdict) >= 0).count();
  }

  /** Returns the differences by the change that they have in common, in order. */
  List<List<Difference>> groups() {
    Map<String, List<Difference>> groups = new LinkedHashMap<>();
    for (Difference difference : differences) {
      boolean alone =
          difference.part().isEmpty() || !difference.place().matches("[A-Z]+ /.*|webhook .*");
      String key = alone ? difference.fingerprint() : difference.group();
      groups.computeIfAbsent(key, k -> new ArrayList<>()).add(difference);
    }
    return new ArrayList<>(groups.values());
  }
}
