package io.github.persona4j.internal.retry;

import io.github.persona4j.error.RateLimits;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The {@link RateLimiter}s of a client, one for each API key. Thread-safe. */
public final class RateLimiters {
  // Access tokens expire, so the least recently used keys are removed.
  private static final int MAX_KEYS = 1000;

  private final TimeSource time;
  private final double threshold;
  private final Duration maxWait;
  private final @Nullable Consumer<RateLimits> listener;
  private final Map<String, RateLimiter> limiters =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, RateLimiter> eldest) {
          return size() > MAX_KEYS;
        }
      };

  /**
   * Creates a map without limiters.
   *
   * @param threshold the share of a limit below which requests are spread; 0 to spread none
   * @param maxWait the maximum wait for a permit
   * @param listener is notified when little of a limit remains; must not throw; null for none
   */
  public RateLimiters(
      TimeSource time,
      double threshold,
      Duration maxWait,
      @Nullable Consumer<RateLimits> listener) {
    this.time = time;
    this.threshold = threshold;
    this.maxWait = maxWait;
    this.listener = listener;
  }

  /** Returns the limiter of a key, and creates it on the first use. */
  public RateLimiter of(String key) {
    synchronized (limiters) {
      RateLimiter limiter = limiters.get(key);
      if (limiter == null) {
        limiter = new RateLimiter(time, threshold, maxWait, listener);
        limiters.put(key, limiter);
      }
      return limiter;
    }
  }
}
