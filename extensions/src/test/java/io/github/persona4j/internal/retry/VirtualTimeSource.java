package io.github.persona4j.internal.retry;

import java.time.Duration;
import java.time.Instant;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Time that passes only when a test lets it, and then ends the pauses in their order. */
public final class VirtualTimeSource implements TimeSource {
  private final PriorityQueue<Pause> pauses = new PriorityQueue<>();
  private final Random random = new Random(7);
  private long nanos;
  private long count;

  private record Pause(long end, long number, CompletableFuture<@Nullable Void> future)
      implements Comparable<Pause> {
    @Override
    public int compareTo(Pause other) {
      return end == other.end ? Long.compare(number, other.number) : Long.compare(end, other.end);
    }
  }

  /** Ends the next pause; returns false if there is none. */
  public boolean endNextPause() {
    Pause next;
    synchronized (this) {
      do {
        next = pauses.poll();
      } while (next != null && next.future.isDone());
      if (next == null) {
        return false;
      }
      nanos = Math.max(nanos, next.end);
    }
    next.future.complete(null);
    return true;
  }

  @Override
  public synchronized long nanos() {
    return nanos;
  }

  @Override
  public synchronized Instant now() {
    return TestTimeSource.START.plus(Duration.ofNanos(nanos));
  }

  @Override
  public synchronized double random() {
    return random.nextDouble();
  }

  @Override
  public synchronized CompletableFuture<@Nullable Void> pause(long time) {
    CompletableFuture<@Nullable Void> future = new CompletableFuture<>();
    pauses.add(new Pause(nanos + Math.max(0, time), count++, future));
    return future;
  }
}
