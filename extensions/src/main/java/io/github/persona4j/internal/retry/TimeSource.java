package io.github.persona4j.internal.retry;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Clocks, random numbers and pauses, so that tests can replace them. Thread-safe. */
public interface TimeSource {
  /** Nanoseconds since an arbitrary origin; monotonic, like {@link System#nanoTime}. */
  long nanos();

  /** The time of day, for dates that a server names. */
  Instant now();

  /** A random number from 0 (inclusive) to 1 (exclusive). */
  double random();

  /** A future that completes after this time. Completing it earlier ends the pause. */
  CompletableFuture<@Nullable Void> pause(long nanos);

  /** Like {@link #pause}, for a deadline, which nothing waits for. */
  default CompletableFuture<@Nullable Void> alarm(long nanos) {
    return pause(nanos);
  }
}
