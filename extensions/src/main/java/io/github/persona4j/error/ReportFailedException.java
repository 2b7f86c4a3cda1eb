package io.github.persona4j.error;

import io.github.persona4j.model.Report;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A report ended with an error, or was redacted, so that it will not be ready. */
public final class ReportFailedException extends WaitFailedException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message why the report failed, without personal values
   * @param last the report as it was retrieved last; null if it was not
   */
  public ReportFailedException(String message, @Nullable Object last) {
    super(message, last);
  }

  /** Returns the report as it was retrieved last; empty in a deserialized copy. */
  public Optional<Report> report() {
    return last(Report.class);
  }
}
