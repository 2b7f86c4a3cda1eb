package io.github.persona4j.testing.internal.access;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Tokens and codes with the scope that they were issued for, until they expire. Thread-safe. */
final class AccessTokens {
  private record Issued(String scope, Instant end) {}

  private final InstantSource clock;
  private final Map<String, Issued> issued = new ConcurrentHashMap<>();

  AccessTokens(InstantSource clock) {
    this.clock = clock;
  }

  void issue(String token, String scope, Duration lifetime) {
    issued.put(token, new Issued(scope, clock.instant().plus(lifetime)));
  }

  boolean isValid(String token) {
    Issued found = issued.get(token);
    return found != null && clock.instant().isBefore(found.end);
  }

  /** Removes a token and returns its scope; null if it is unknown or has expired. */
  @Nullable String redeem(String token) {
    Issued found = issued.remove(token);
    return found == null || !clock.instant().isBefore(found.end) ? null : found.scope;
  }
}
