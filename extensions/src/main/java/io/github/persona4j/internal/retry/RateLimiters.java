package io.github.persona4j.internal.retry;

import io.github.persona4j.error.RateLimits;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One {@link RateLimiter} per API key, since limits belong to keys. Thread-safe. */
public final class RateLimiters {
  // Access tokens come and go; those not used for the longest time are removed.
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
