package io.github.persona4j.drift;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** Collects differences. What is found at several places of the same part is one difference. */
final class Findings {
  private final Map<List<String>, Difference> found = new LinkedHashMap<>();
  private SortedSet<String> operations = new TreeSet<>();
  private int count;

  /** Sets the operations where the differences that follow show. */
  void setOperations(SortedSet<String> operations) {
    this.operations = operations;
  }

  /** Adds what happened at a place. */
  void add(Site site, Change change, String from, String to) {
    boolean request = site.direction() == Direction.REQUEST;
    add(
        new Difference(
            site.noun() + "-" + change.id(),
            site.shownPlace(),
            site.part(),
            from,
            to,
            request ? change.request() : Verdict.NONE,
            request ? Verdict.NONE : change.response(),
            new TreeSet<>(),
            operations));
  }

  private void add(Difference difference) {
    count++;
    found.merge(
        List.of(
            difference.rule(),
            difference.place(),
            difference.part(),
            difference.from(),
            difference.to()),
        difference,
        (a, b) -> {
          SortedSet<String> all = new TreeSet<>(a.operations());
          all.addAll(b.operations());
          return new Difference(
              a.rule(),
              a.place(),
              a.part(),
              a.from(),
              a.to(),
              a.request().worse(b.request()),
              a.response().worse(b.response()),
              a.touches(),
              all);
        });
  }

  /** Returns how many differences were added, those that were merged included. */
  int count() {
    return count;
  }

  List<Difference> all() {
    return new ArrayList<>(found.values());
  }
}
