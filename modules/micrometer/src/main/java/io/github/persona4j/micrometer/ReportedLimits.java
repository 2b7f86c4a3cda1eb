package io.github.persona4j.micrometer;

import io.github.persona4j.ApiOperation;
import io.github.persona4j.error.RateLimits;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The limits that responses reported last, as gauges. Thread-safe. */
final class ReportedLimits {
  /**
   * The values of each registry, which has only weak references to them. Clients with the same tags
   * have one gauge, also one client after another.
   */
  private static final Map<MeterRegistry, Map<Key, AtomicLong>> VALUES =
      Collections.synchronizedMap(new WeakHashMap<>());

  private final MeterRegistry registry;
  private final Tags tags;
  private final Map<Key, AtomicLong> values;

  private record Key(String meter, Tags tags) {}

  ReportedLimits(MeterRegistry registry, Tags tags) {
    this.registry = registry;
    this.tags = tags;
    this.values = VALUES.computeIfAbsent(registry, any -> new ConcurrentHashMap<>());
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
    Tags all = operation == null ? tags : tags.and("operation", operation);
    AtomicLong current = values.computeIfAbsent(new Key(meter, all), any -> new AtomicLong());
    current.set(value);
    // Returns the gauge that is registered, unless the registry was cleared.
    Gauge unused =
        Gauge.builder(meter, current, AtomicLong::doubleValue)
            .description(description)
            .baseUnit(unit)
            .tags(all)
            .register(registry);
  }
}
