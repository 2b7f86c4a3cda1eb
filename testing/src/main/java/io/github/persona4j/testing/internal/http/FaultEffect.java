package io.github.persona4j.testing.internal.http;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What happens to one request instead of, or in addition to, its regular handling. Immutable.
 *
 * @param response the response of the API or of the gateway; null for the other kinds
 * @param headers headers that replace those of the response
 */
public record FaultEffect(
    Kind kind,
    @Nullable FakeResponse response,
    Duration delay,
    boolean afterExecution,
    Map<String, String> headers) {

  /** The kinds of faults. */
  public enum Kind {
    NONE,
    API_RESPONSE,
    GATEWAY_RESPONSE,
    DROP,
    TRUNCATE
  }

  /** No fault. */
  public static final FaultEffect NONE = of(Kind.NONE, null);

  public static FaultEffect of(Kind kind, @Nullable FakeResponse response) {
    return new FaultEffect(kind, response, Duration.ZERO, false, Map.of());
  }

  /** Returns whether the API receives the request. */
  boolean reachesApi() {
    return afterExecution || (kind != Kind.GATEWAY_RESPONSE && kind != Kind.DROP);
  }

  /** Returns what the API executes instead of the operation, or the operation. */
  Supplier<FakeResponse> replace(Supplier<FakeResponse> operation) {
    if (kind != Kind.API_RESPONSE) {
      return operation;
    }
    return () -> {
      if (afterExecution) {
        FakeResponse unused = operation.get();
      }
      return Objects.requireNonNull(response);
    };
  }

  /** Returns the response of a gateway; null if the response of the API is passed on. */
  @Nullable FakeResponse gatewayResponse() {
    return kind == Kind.GATEWAY_RESPONSE ? response : null;
  }

  @Override
  public String toString() {
    return "Fault["
        + kind.name().toLowerCase(Locale.ROOT)
        + (response == null ? "" : " " + response.status())
        + (delay.isZero() ? "" : " after " + delay)
        + (afterExecution ? " after execution" : "")
        + "]";
  }
}
