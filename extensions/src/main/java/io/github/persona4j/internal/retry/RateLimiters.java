package io.github.persona4j.internal.retry;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** One {@link RateLimiter} per API key, since limits belong to keys. Thread-safe. */
public final class RateLimiters {
  // Access tokens come and go; those not used for the longest time are removed.
  private static final int MAX_KEYS = 1000;

  private final Supplier<RateLimiter> factory;
  private final Map<String, RateLimiter> limiters =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, RateLimiter> eldest) {
          return size() > MAX_KEYS;
        }
      };

  /** Limiters that the factory makes. */
  public RateLimiters(Supplier<RateLimiter> factory) {
    this.factory = factory;
  }

  /** The rate limiter of a key. */
  public RateLimiter of(String key) {
    synchronized (limiters) {
      RateLimiter limiter = limiters.get(key);
      if (limiter == null) {
        limiter = factory.get();
        limiters.put(key, limiter);
      }
      return limiter;
    }
  }
}
