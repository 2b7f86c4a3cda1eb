package io.github.persona4j.testing.internal.http;

import io.github.persona4j.testing.internal.store.Ids;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What happens to every request before its operation: checks the key, the rate limits, the
 * idempotency store, the quota and the version. Key and rate limits are checked before the store,
 * so that a rejected request does not use its idempotency key. Thread-safe.
 */
public final class ApiGate implements FakeServer.Handler {
  private static final Set<String> VERSIONS =
      Set.of(
          "2020-05-18",
          "2021-02-21",
          "2021-05-14",
          "2021-07-05",
          "2021-08-18",
          "2022-09-01",
          "2023-01-05",
          "2025-10-27",
          "2025-12-08");

  private final ApiKeys keys;
  private final RateLimits rateLimits;
  private final CreationQuotas quotas;
  private final IdempotencyStore idempotency;
  private final Function<ApiRequest, FakeResponse> operations;

  /**
   * Creates a gate.
   *
   * @param operations executes the operation of a request, and may throw {@link ApiFailure}
   */
  public ApiGate(
      ApiKeys keys,
      RateLimits rateLimits,
      CreationQuotas quotas,
      InstantSource clock,
      Function<ApiRequest, FakeResponse> operations) {
    this.keys = keys;
    this.rateLimits = rateLimits;
    this.quotas = quotas;
    this.idempotency = new IdempotencyStore(clock);
    this.operations = operations;
  }

  @Override
  public FakeResponse handle(ApiRequest request, UnaryOperator<Supplier<FakeResponse>> fault) {
    String key = keys.accepted(request.header("Authorization"));
    FakeResponse response;
    try {
      response = checked(request, key, fault.apply(() -> execute(request)));
    } catch (ApiFailure e) {
      response = e.response();
    }
    Map<String, String> headers =
        new LinkedHashMap<>(key == null ? rateLimits.headers() : rateLimits.headers(key));
    headers.put("Request-Id", UUID.randomUUID().toString());
    headers.put("Persona-Environment-Id", Ids.of("env", "sandbox"));
    headers.put("Persona-Organization-Id", Ids.of("org", "fake"));
    return response.withDefaultHeaders(headers);
  }

  private FakeResponse checked(
      ApiRequest request, @Nullable String key, Supplier<FakeResponse> execution) {
    if (key == null && needsKey(request)) {
      throw ApiFailure.titleOnly(401, "Not authenticated");
    }
    if (key != null && !rateLimits.tryAcquire(key)) {
      throw ApiFailure.titleOnly(429, "Too many requests");
    }
    if (request.isTooLarge()) {
      throw ApiFailure.of(
          413,
          "Payload too large",
          "The fake accepts bodies of 8 MiB, and multipart bodies of 32 MiB.");
    }
    String idempotencyKey = request.header("Idempotency-Key");
    return request.method().equals("POST") && idempotencyKey != null
        ? idempotency.execute(idempotencyKey, request, execution)
        : execution.get();
  }

  /** Returns false for the operations that start without a key, with other credentials. */
  private static boolean needsKey(ApiRequest request) {
    return !request.path().equals(OperationPattern.PREFIX + "/oauth/token")
        && !request.path().startsWith("/api/privacy/");
  }

  private FakeResponse execute(ApiRequest request) {
    return quotas.execute(request, () -> operation(request));
  }

  /** Turns failures into responses, since the idempotency store keeps those, too. */
  private FakeResponse operation(ApiRequest request) {
    try {
      String version = request.header("Persona-Version");
      if (version != null && !VERSIONS.contains(version)) {
        throw ApiFailure.badRequest("There is no such Persona-Version.");
      }
      return operations.apply(request);
    } catch (ApiFailure e) {
      return e.response();
    }
  }
}
