package io.github.persona4j;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Clocks, chance and waiting, in one place so that tests can have their own. */
interface Time {
  /** Nanoseconds since some moment; never jumps, unlike the time of day. */
  long nanos();

  /** The time of day, for dates that a server names. */
  Instant now();

  /** A number from 0 up to but not including 1. */
  double random();

  /** How long the body of an answer may take that is received whole. */
  default Duration longestBody() {
    return Duration.ofMinutes(5);
  }

  /** Completes after this time; whoever completes it earlier ends the wait. */
  CompletableFuture<@Nullable Void> pause(long nanos);

  /** Completes after this time unless someone completes it earlier; nothing waits for it. */
  default CompletableFuture<@Nullable Void> alarm(long nanos) {
    return pause(nanos);
  }
}
