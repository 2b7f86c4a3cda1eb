package io.github.persona4j.benchmarks;

import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** A checksum of values, to compare what contestants have read. */
final class ValueSum {
  private long sum;

  /** Adds the length of a string. */
  ValueSum add(@Nullable String value) {
    sum += value == null ? 0 : value.length();
    return this;
  }

  /** Adds the seconds of a date. */
  ValueSum add(@Nullable OffsetDateTime value) {
    sum += value == null ? 0 : value.toEpochSecond();
    return this;
  }

  /** Adds a number, which is a multiple of 1/8. */
  ValueSum add(@Nullable Number value) {
    sum += value == null ? 0 : (long) (value.doubleValue() * 8);
    return this;
  }

  /** Counts a boolean that is true. */
  ValueSum add(@Nullable Boolean value) {
    sum += value != null && value ? 1 : 0;
    return this;
  }

  long value() {
    return sum;
  }
}
