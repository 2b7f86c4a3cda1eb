package io.github.persona4j.testing.internal.access;

import io.github.persona4j.testing.internal.http.RateLimits;
import io.github.persona4j.testing.internal.http.RateWindow;
import io.github.persona4j.testing.internal.json.Json;
import io.github.persona4j.testing.internal.operation.OperationCall;
import io.github.persona4j.testing.internal.operation.OperationResult;
import io.github.persona4j.testing.internal.operation.Operations;
import java.util.List;

/** The operation that returns the rate limits. */
public final class LimitOperations {
  private LimitOperations() {}

  /** Registers the operation. */
  public static void register(Operations operations, RateLimits limits) {
    operations.on("limits.list", call -> list(call, limits));
  }

  private static OperationResult list(OperationCall call, RateLimits limits) {
    RateWindow.State state = limits.state(call.request().credential());
    return OperationResult.document(
        Json.object(
            "data",
            List.of(
                Json.object(
                    "type",
                    "rate-limit/api",
                    "attributes",
                    Json.object(
                        "limit", state.limit(),
                        "remaining", state.remaining(),
                        "seconds-to-reset", state.secondsToReset())))));
  }
}
