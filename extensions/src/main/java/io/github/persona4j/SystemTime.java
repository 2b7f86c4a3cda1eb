package io.github.persona4j;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The time of the machine. Pauses are watched by the JDK's own daemon thread. */
final class SystemTime implements Time {
  static final SystemTime INSTANCE = new SystemTime();

  private SystemTime() {}

  @Override
  public long nanos() {
    return System.nanoTime();
  }

  @Override
  public Instant now() {
    return Instant.now();
  }

  @Override
  public double random() {
    return ThreadLocalRandom.current().nextDouble();
  }

  @Override
  public CompletableFuture<@Nullable Void> pause(long nanos) {
    return new CompletableFuture<@Nullable Void>()
        .completeOnTimeout(null, nanos, TimeUnit.NANOSECONDS);
  }
}
