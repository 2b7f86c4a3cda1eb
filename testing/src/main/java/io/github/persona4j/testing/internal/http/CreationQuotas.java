package io.github.persona4j.testing.internal.http;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Limits of the number of objects that operations create in 30 days. The period begins with the
 * first creation. Thread-safe.
 */
public final class CreationQuotas {
  private static final Duration PERIOD = Duration.ofDays(30);

  private static final class Quota {
    final OperationPattern operation;
    final int limit;
    Instant start;
    int used;

    Quota(OperationPattern operation, int limit, Instant start) {
      this.operation = operation;
      this.limit = limit;
      this.start = start;
    }
  }

  private final InstantSource clock;
  private final List<Quota> quotas = new ArrayList<>();

  public CreationQuotas(Map<OperationPattern, Integer> limits, InstantSource clock) {
    this.clock = clock;
    limits.forEach((operation, limit) -> quotas.add(new Quota(operation, limit, clock.instant())));
  }

  /**
   * Executes the operation unless its quota is used up. Only a response with status 201 counts. The
   * response gets the headers of the quota.
   */
  FakeResponse execute(ApiRequest request, Supplier<FakeResponse> operation) {
    Quota quota = quota(request);
    if (quota == null) {
      return operation.get();
    }
    synchronized (quota) { // creations of one kind wait for each other, so that none is too much
      Instant now = clock.instant();
      if (quota.used == 0 || !now.isBefore(quota.start.plus(PERIOD))) {
        quota.start = now;
        quota.used = 0;
      }
      FakeResponse response =
          quota.used >= quota.limit
              ? ApiFailure.titleOnly(429, "Quota exceeded").response()
              : operation.get();
      if (response.status() == 201) {
        quota.used++;
      }
      Duration reset = Duration.between(now, quota.start.plus(PERIOD));
      return response.withHeaders(
          Map.of(
              "Quota-Limit", Integer.toString(quota.limit),
              "Quota-Remaining", Integer.toString(quota.limit - quota.used),
              "Quota-Reset", Long.toString((reset.toMillis() + 999) / 1000)));
    }
  }

  private @Nullable Quota quota(ApiRequest request) {
    for (Quota quota : quotas) {
      if (quota.operation.matches(request.method(), request.path())) {
        return quota;
      }
    }
    return null;
  }
}
