package io.github.persona4j.testing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

final class SettableClock implements InstantSource {
  private volatile Instant now = Instant.parse("2026-02-01T12:00:00Z");

  void advance(Duration time) {
    set(now.plus(time));
  }

  void set(Instant instant) {
    now = instant;
  }

  @Override
  public Instant instant() {
    return now;
  }
}
