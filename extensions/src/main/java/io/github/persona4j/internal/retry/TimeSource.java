package io.github.persona4j.internal.retry;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A source of time and randomness that tests can replace. Thread-safe. */
public interface TimeSource {
  /** Nanoseconds since an arbitrary origin; monotonic, like {@link System#nanoTime}. */
  long nanos();

  /** The current time, to compare with dates of a server. */
  Instant now();

  /** A random number from 0 (inclusive) to 1 (exclusive). */
  double random();

  /** Returns a future that completes after this time. Completing it earlier ends the pause. */
  CompletableFuture<@Nullable Void> pause(long nanos);

  /** Like {@link #pause}, for a deadline. */
  default CompletableFuture<@Nullable Void> alarm(long nanos) {
    return pause(nanos);
  }
}
