package io.github.persona4j.drift;

import java.util.Set;
import java.util.TreeSet;

/**
 * Strings, numbers or booleans.
 *
 * @param type {@code string}, {@code number}, {@code integer}, {@code boolean} or an unknown type
 * @param values the known values; empty if there are none
 * @param openness whether other values are possible
 * @param formats the formats, or the empty string for none; usually one
 * @param patterns the patterns, or the empty string for none; usually one
 * @param range of numbers
 * @param length of strings
 * @param multipleOf the step of numbers, or the empty string
 */
record ScalarShape(
    String type,
    Set<String> values,
    Openness openness,
    Set<String> formats,
    Set<String> patterns,
    Range range,
    Range length,
    String multipleOf) {

  /** Whether values are possible that are not among the known values. */
  enum Openness {
    /** Only the known values are possible. */
    CLOSED,
    /** Any value is possible. */
    OPEN,
    /** Values are known, but the description does not state whether there are others. */
    STATED,
    /** Values are known from the text only. */
    PROSE
  }

  boolean hasValues() {
    return !values.isEmpty();
  }

  /** Returns the values that both accept. */
  ScalarShape and(ScalarShape other) {
    Set<String> both = new TreeSet<>(values);
    Openness open;
    if (openness == Openness.CLOSED && other.openness == Openness.CLOSED) {
      both.retainAll(other.values);
      open = Openness.CLOSED;
    } else if (openness == Openness.CLOSED) {
      open = Openness.CLOSED;
    } else if (other.openness == Openness.CLOSED) {
      both = new TreeSet<>(other.values);
      open = Openness.CLOSED;
    } else {
      both.addAll(other.values);
      open = values.isEmpty() ? other.openness : openness;
    }
    return new ScalarShape(
        type.equals("integer") ? type : other.type,
        both,
        open,
        stated(formats, other.formats),
        stated(patterns, other.patterns),
        range.and(other.range),
        length.and(other.length),
        multipleOf.isEmpty() ? other.multipleOf : multipleOf);
  }

  private static Set<String> stated(Set<String> a, Set<String> b) {
    Set<String> both = new TreeSet<>(a);
    both.addAll(b);
    if (both.size() > 1) {
      both.remove("");
    }
    return both;
  }

  /** Returns the values that one of the two accepts. */
  ScalarShape or(ScalarShape other) {
    Set<String> all = new TreeSet<>(values);
    all.addAll(other.values);
    Openness open = openness.compareTo(other.openness) >= 0 ? openness : other.openness;
    if (openness == Openness.OPEN || other.openness == Openness.OPEN) {
      open = Openness.OPEN;
    }
    Set<String> allFormats = new TreeSet<>(formats);
    allFormats.addAll(other.formats);
    Set<String> allPatterns = new TreeSet<>(patterns);
    allPatterns.addAll(other.patterns);
    return new ScalarShape(
        type.equals("number") ? type : other.type,
        all,
        open,
        allFormats,
        allPatterns,
        range.or(other.range),
        length.or(other.length),
        multipleOf.equals(other.multipleOf) ? multipleOf : "");
  }
}
