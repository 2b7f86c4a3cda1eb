package io.github.persona4j.micrometer;

import io.github.persona4j.ApiOperation;
import io.github.persona4j.error.RateLimits;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The limits that responses reported last, as gauges. Thread-safe. */
final class ReportedLimits {
  private final MeterRegistry registry;
  private final Tags tags;
  private final Map<Key, AtomicLong> values = new ConcurrentHashMap<>();

  /**
   * What identifies a gauge of this client.
   *
   * @param operation null for all operations
   */
  private record Key(String meter, @Nullable String operation) {}

  ReportedLimits(MeterRegistry registry, Tags tags) {
    this.registry = registry;
    this.tags = tags;
  }

  void report(ApiOperation operation, @Nullable RateLimits limits) {
    if (limits == null) {
      return;
    }
    set(
        "persona.rate.limit",
        "Requests that the Persona API allows in a window",
        "requests",
        null,
        limits.limit());
    set(
        "persona.rate.limit.remaining",
        "Requests that remained in the window at the last response",
        "requests",
        null,
        limits.remaining());
    // There is one for each type of object that is created.
    set(
        "persona.quota",
        "Objects that may be created in a quota period",
        "objects",
        operation.name(),
        limits.quotaLimit());
    set(
        "persona.quota.remaining",
        "Objects that could still be created in the quota period at the last response",
        "objects",
        operation.name(),
        limits.quotaRemaining());
  }

  private void set(
      String meter,
      String description,
      String unit,
      @Nullable String operation,
      @Nullable Long value) {
    if (value == null) {
      return;
    }
    Key key = new Key(meter, operation);
    AtomicLong known = values.get(key);
    if (known != null) {
      known.set(value);
      return;
    }
    AtomicLong first = new AtomicLong(value);
    AtomicLong other = values.putIfAbsent(key, first);
    if (other != null) {
      other.set(value);
      return;
    }
    Gauge unused =
        Gauge.builder(meter, first, AtomicLong::doubleValue)
            .description(description)
            .baseUnit(unit)
            .tags(operation == null ? tags : tags.and("operation", operation))
            .register(registry);
  }
}
