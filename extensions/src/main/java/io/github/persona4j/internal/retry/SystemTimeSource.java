package io.github.persona4j.internal.retry;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The system's clocks. The JDK's own daemon thread watches the pauses. */
public final class SystemTimeSource implements TimeSource {
  public static final SystemTimeSource INSTANCE = new SystemTimeSource();

  private SystemTimeSource() {}

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
