package io.github.persona4j;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A time in which pauses end at once and are remembered, and chance is as chosen. */
final class TestTime implements Time {
  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final AtomicLong nanos = new AtomicLong();
  private final List<Duration> pauses = new CopyOnWriteArrayList<>();
  volatile double random = 0.5;

  List<Duration> pauses() {
    return pauses;
  }

  void advance(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  @Override
  public long nanos() {
    return nanos.get();
  }

  @Override
  public Instant now() {
    return START.plusNanos(nanos.get());
  }

  @Override
  public double random() {
    return random;
  }

  @Override
  public CompletableFuture<@Nullable Void> pause(long time) {
    pauses.add(Duration.ofNanos(time));
    nanos.addAndGet(time);
    return CompletableFuture.completedFuture(null);
  }
}
