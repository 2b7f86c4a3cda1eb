package io.github.persona4j.micrometer;

import io.github.persona4j.CallReport;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The values of tags, which meters and observations have in common. */
final class CallValues {
  static final String NONE = "none";

  private CallValues() {}

  /** Returns {@code success}, or why a call failed. */
  static String outcome(CallReport.@Nullable Failure failure) {
    return failure == null ? "success" : failure.name().toLowerCase(Locale.ROOT);
  }

  static String status(@Nullable Integer status) {
    return status == null ? NONE : status.toString();
  }
}
