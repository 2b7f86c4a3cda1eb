package io.github.persona4j.testing.internal.http;

import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The two rate limits that a request counts against: that of the environment, which all keys share,
 * and that of its key. Thread-safe.
 */
public final class RateLimits {
  private final RateWindow environment;
  private final int perKey;
  private final InstantSource clock;
  private final Map<String, RateWindow> keys = new ConcurrentHashMap<>();

  /**
   * Creates limits per minute.
   *
   * @param perEnvironment 0 for no limit
   * @param perKey 0 for no limit
   */
  public RateLimits(int perEnvironment, int perKey, InstantSource clock) {
    this.environment = new RateWindow(perEnvironment, clock);
    this.perKey = perKey;
    this.clock = clock;
  }

  private RateWindow of(String key) {
    return keys.computeIfAbsent(key, unused -> new RateWindow(perKey, clock));
  }

  /** Counts a request against both limits, or against none if one of them is reached. */
  synchronized boolean tryAcquire(String key) {
    return environment.isOpen()
        && of(key).isOpen()
        && environment.tryAcquire()
        && of(key).tryAcquire();
  }

  /** Returns the state of the limit that is closer to being reached. */
  public synchronized RateWindow.State state(String key) {
    RateWindow.State shared = environment.state();
    RateWindow.State own = of(key).state();
    return own.limited() && (!shared.limited() || own.remaining() < shared.remaining())
        ? own
        : shared;
  }

  /** Returns the headers that report the limits to a caller without a key. */
  Map<String, String> headers() {
    return headers(environment.state());
  }

  Map<String, String> headers(String key) {
    return headers(state(key));
  }

  private static Map<String, String> headers(RateWindow.State state) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("RateLimit-Limit", Integer.toString(state.limit()));
    headers.put("RateLimit-Remaining", Integer.toString(state.remaining()));
    headers.put("RateLimit-Reset", Long.toString(state.secondsToReset()));
    return headers;
  }
}
