package io.github.persona4j.compatibility;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which incompatible changes a version may have: each is named in {@code CHANGELOG.md}, and the
 * version has a new minor number, from 1.0.0 on a new major number. A baseline that is a snapshot
 * stands in for a version that is not released yet, so that any number may follow it.
 */
final class ReleaseRule {
  private static final Pattern VERSION =
      Pattern.compile("([0-9]+)\\.([0-9]+)\\.[0-9]+(-SNAPSHOT)?");
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");
  private static final Pattern WORD = Pattern.compile("\\w+");
  private static final Set<String> SECTIONS = Set.of("### Changed", "### Removed");

  private final String released;
  private final String built;
  private final Set<String> named;

  /**
   * @param released the version of the baseline
   * @param built the version of this build
   * @param releasedChangelog the changelog of the baseline, whose lines cover no new change
   * @param changelog the changelog of this build
   */
  ReleaseRule(
      String released, String built, List<String> releasedChangelog, List<String> changelog) {
    this.released = released;
    this.built = built;
    this.named = named(new LinkedHashSet<>(releasedChangelog), changelog);
  }

  /** What is wrong with these changes; empty if they are allowed. */
  List<String> violations(List<ApiChange> changes) {
    List<String> violations = new ArrayList<>();
    if (!changes.isEmpty() && !allowsIncompatibleChanges()) {
      violations.add(
          "The version "
              + built
              + " may have no incompatible change since "
              + released
              + ": it needs a new "
              + (majorOf(released) == 0 ? "minor" : "major")
              + " number");
    }
    for (ApiChange change : changes) {
      if (!named.contains(change.simpleType()) && !named.contains(change.member())) {
        violations.add("CHANGELOG.md has no new entry in Changed or Removed with " + change);
      }
    }
    return violations;
  }

  private boolean allowsIncompatibleChanges() {
    if (released.endsWith("-SNAPSHOT") || majorOf(built) > majorOf(released)) {
      return true;
    }
    return majorOf(released) == 0 && number(built, 2) > number(released, 2);
  }

  private static int majorOf(String version) {
    return number(version, 1);
  }

  private static int number(String version, int group) {
    Matcher matcher = VERSION.matcher(version);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("The version must have three numbers: " + version);
    }
    return Integer.parseInt(matcher.group(group));
  }

  /**
   * The names in the code of the new lines of the sections Changed and Removed; of {@code old ->
   * new}, those of the old form.
   */
  private static Set<String> named(Set<String> released, List<String> changelog) {
    Set<String> names = new LinkedHashSet<>();
    String section = "";
    for (String line : changelog) {
      if (line.startsWith("## ") || line.startsWith("### ")) {
        section = line;
      } else if (SECTIONS.contains(section) && !released.contains(line)) {
        CODE.matcher(line.replaceFirst("` -> .*", "`"))
            .results()
            .flatMap(code -> WORD.matcher(code.group(1)).results())
            .forEach(word -> names.add(word.group()));
      }
    }
    return names;
  }
}
