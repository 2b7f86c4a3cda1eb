package io.github.persona4j.spring;

import io.github.persona4j.PersonaClient;
import io.github.persona4j.error.PermissionDeniedException;
import io.github.persona4j.error.PersonaApiException;
import io.github.persona4j.error.PersonaException;
import io.github.persona4j.error.RateLimitException;
import io.github.persona4j.request.RequestOptions;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Asks the API for one event to find out whether it responds and accepts the key, and keeps the
 * result for a time. Thread-safe: requests at the same time share one result.
 */
final class HealthProbe {
  private final PersonaClient client;
  private final RequestOptions options;
  private final long intervalNanos;

  // Guarded by this.
  private @Nullable Result last;
  private long lastAt;

  /**
   * A result.
   *
   * @param details have no values of the API but the status and the request ID
   */
  record Result(boolean isUp, Map<String, Object> details) {}

  HealthProbe(PersonaClient client, PersonaProperties.Health settings) {
    RequestOptions.Builder builder = RequestOptions.builder().maxRetries(0);
    Setting.apply("health.timeout", settings.timeout(), builder::callTimeout);
    Duration interval = settings.interval();
    if (interval.isNegative() || interval.compareTo(Duration.ofDays(1)) > 0) {
      throw Setting.invalid("health.interval", "must be from zero to one day");
    }
    this.client = client;
    this.options = builder.build();
    this.intervalNanos = interval.toNanos();
  }

  /** Returns the last result, or a new one if it is too old. */
  synchronized Result check() {
    Result result = last;
    if (result == null || System.nanoTime() - lastAt >= intervalNanos) {
      result = ask();
      last = result;
      lastAt = System.nanoTime();
    }
    return result;
  }

  private Result ask() {
    try {
      client.events().list(query -> query.pageSize(1), options);
      return new Result(true, Map.of());
    } catch (PermissionDeniedException | RateLimitException e) {
      return new Result(true, Map.of("status", e.status())); // it responds and knows the key
    } catch (PersonaException e) {
      Map<String, Object> details = new LinkedHashMap<>();
      details.put("error", e.getClass().getSimpleName());
      if (e instanceof PersonaApiException refused) {
        details.put("status", refused.status());
        if (refused.requestId() != null) {
          details.put("requestId", refused.requestId());
        }
      }
      return new Result(false, details);
    } catch (RuntimeException e) { // such as of credentials
      return new Result(false, Map.of("error", e.getClass().getSimpleName()));
    }
  }
}
