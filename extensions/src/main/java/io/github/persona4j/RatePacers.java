package io.github.persona4j;

import io.github.persona4j.error.RateLimits;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One {@link RatePacer} for each key, since limits belong to keys. Thread-safe. */
final class RatePacers {
  // Access tokens come and go; the ones that were not used for long are forgotten.
  private static final int MOST_KEYS = 1000;

  private final Time time;
  private final double share;
  private final Duration maxWait;
  private final @Nullable Consumer<RateLimits> listener;
  private final Map<String, RatePacer> pacers =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, RatePacer> eldest) {
          return size() > MOST_KEYS;
        }
      };

  RatePacers(Time time, double share, Duration maxWait, @Nullable Consumer<RateLimits> listener) {
    this.time = time;
    this.share = share;
    this.maxWait = maxWait;
    this.listener = listener;
  }

  RatePacer of(String key) {
    synchronized (pacers) {
      RatePacer pacer = pacers.get(key);
      if (pacer == null) {
        pacer = new RatePacer(time, share, maxWait, listener);
        pacers.put(key, pacer);
      }
      return pacer;
    }
  }
}
