package io.github.persona4j.internal.retry;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Simulated time. Pauses are recorded, and end immediately or when they are released. Random
 * numbers are fixed.
 */
public final class TestTimeSource implements TimeSource {
  public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final AtomicLong nanos = new AtomicLong();
  private final List<Duration> pauses = new CopyOnWriteArrayList<>();
  private final List<CompletableFuture<@Nullable Void>> heldPauses = new CopyOnWriteArrayList<>();
  private volatile boolean holdingPauses;
  public volatile double random = 0.5;
  private volatile Duration clockError = Duration.ZERO;

  public List<Duration> pauses() {
    return pauses;
  }

  /** From now on no pause ends until {@link #releasePauses()}. */
  public void holdPauses() {
    holdingPauses = true;
  }

  /** Waits until this number of calls pause at the same time. */
  public void awaitPauses(int number) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (heldPauses.size() < number) {
      if (System.nanoTime() > end) {
        throw new AssertionError("only " + heldPauses.size() + " of " + number + " pause");
      }
      Thread.sleep(5);
    }
  }

  /** Ends all held pauses. */
  public void releasePauses() {
    holdingPauses = false;
    heldPauses.forEach(pause -> pause.complete(null));
  }

  public void advance(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  /** Never completes: time passes only in pauses. */
  @Override
  public CompletableFuture<@Nullable Void> alarm(long time) {
    return new CompletableFuture<>();
  }

  /** Adjusts the wall clock; measured time stays the same. */
  public void adjustClock(Duration time) {
    clockError = clockError.plus(time);
  }

  @Override
  public long nanos() {
    return nanos.get();
  }

  @Override
  public Instant now() {
    return START.plusNanos(nanos.get()).plus(clockError);
  }

  @Override
  public double random() {
    return random;
  }

  @Override
  public CompletableFuture<@Nullable Void> pause(long time) {
    pauses.add(Duration.ofNanos(time));
    nanos.addAndGet(time);
    if (!holdingPauses) {
      return CompletableFuture.completedFuture(null);
    }
    CompletableFuture<@Nullable Void> pause = new CompletableFuture<>();
    heldPauses.add(pause);
    return pause;
  }
}
