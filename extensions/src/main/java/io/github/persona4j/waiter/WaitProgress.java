package io.github.persona4j.waiter;

import io.github.persona4j.json.SafeText;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a wait knows after a retrieval.
 *
 * @param id the ID of the resource; empty for a wait that is not for one resource
 * @param state the state, usually the status, or how many of several have ended; null if the
 *     retrieval failed
 * @param known false if this client does not know the state, which is then waited through
 * @param failure why the retrieval failed, such as a 404 or a 503 that is waited through; null if
 *     it did not
 * @param retrievals the number of retrievals so far
 * @param elapsed the time since the wait began
 */
public record WaitProgress(
    String id,
    @Nullable String state,
    boolean known,
    @Nullable Throwable failure,
    int retrievals,
    Duration elapsed) {
  /** Checks that no required part is null. */
  public WaitProgress {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(elapsed, "elapsed");
  }

  /** Shows all values on one line. */
  @Override
  public String toString() {
    return "WaitProgress{id="
        + SafeText.of(id)
        + ", state="
        + (state == null ? null : SafeText.of(state))
        + (known ? "" : " (unknown)")
        + (failure == null ? "" : ", failure=" + failure.getClass().getSimpleName())
        + ", retrievals="
        + retrievals
        + ", elapsed="
        + elapsed
        + '}';
  }
}
