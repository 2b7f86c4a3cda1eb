package io.github.persona4j.drift;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** A lower and an upper bound; null is no bound. */
record Range(@Nullable Bound low, @Nullable Bound high) {
  static final Range ALL = new Range(null, null);

  /** A bound, which may itself be excluded. */
  record Bound(BigDecimal value, boolean exclusive) {
    /** Compares values as numbers, so that 1 and 1.0 are equal. */
    boolean sameAs(Bound other) {
      return value.compareTo(other.value) == 0 && exclusive == other.exclusive;
    }

    String text() {
      return Node.plain(value) + (exclusive ? " (excluded)" : "");
    }
  }

  /** Returns the bounds that are in both. */
  Range and(Range other) {
    return new Range(tighter(low, other.low, 1), tighter(high, other.high, -1));
  }

  /** Returns the bounds that contain both. */
  Range or(Range other) {
    return new Range(
        low == null || other.low == null ? null : looser(low, other.low, 1),
        high == null || other.high == null ? null : looser(high, other.high, -1));
  }

  private static @Nullable Bound tighter(@Nullable Bound a, @Nullable Bound b, int sign) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    return order(a, b, sign) >= 0 ? a : b;
  }

  private static Bound looser(Bound a, Bound b, int sign) {
    return order(a, b, sign) >= 0 ? b : a;
  }

  /** Returns a positive number if a is tighter than b. The sign is 1 for lower bounds. */
  private static int order(Bound a, Bound b, int sign) {
    int order = a.value.compareTo(b.value) * sign;
    return order != 0 ? order : Boolean.compare(a.exclusive, b.exclusive);
  }

  /**
   * Returns whether the new bound, of the kind with the sign, refuses values that the old accepts.
   */
  static boolean isTighter(@Nullable Bound old, @Nullable Bound now, int sign) {
    return now != null && (old == null || order(now, old, sign) > 0);
  }
}
