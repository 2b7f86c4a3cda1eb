package io.github.persona4j.testing.internal.http;

import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import io.github.persona4j.testing.internal.json.StrictJsonParser;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Stores the first response of each idempotency key for a day and returns it again for the same
 * request. Responses with status 401 and 429 are not stored. If two requests have the same key at
 * the same time, the second waits. Thread-safe.
 */
public final class IdempotencyStore {
  private static final Duration RETENTION = Duration.ofHours(24);

  private record Stored(Instant timestamp, Object parameters, FakeResponse response) {}

  private static final class Slot {
    @Nullable Stored stored;
  }

  private final InstantSource clock;
  private final Map<String, Slot> slots = new ConcurrentHashMap<>();

  public IdempotencyStore(InstantSource clock) {
    this.clock = clock;
  }

  public FakeResponse execute(String key, ApiRequest request, Supplier<FakeResponse> execution) {
    Object parameters = parameters(request);
    Slot slot = slots.computeIfAbsent(key, unused -> new Slot());
    synchronized (slot) {
      Stored stored = slot.stored;
      if (stored != null && clock.instant().isBefore(stored.timestamp.plus(RETENTION))) {
        if (!stored.parameters.equals(parameters)) {
          throw ApiFailure.of(
              400, "Idempotency error", "This key was used before with other parameters.");
        }
        return stored.response;
      }
      FakeResponse response = execution.get();
      if (response.status() != 401 && response.status() != 429) {
        slot.stored = new Stored(clock.instant(), parameters, response);
      }
      return response;
    }
  }

  /** Returns the parameters. White space and the order of keys in a body are not significant. */
  private static Object parameters(ApiRequest request) {
    JsonElement body;
    try {
      body = StrictJsonParser.parse(request.bodyText());
    } catch (JsonParseException e) {
      body = new JsonPrimitive(request.bodyText());
    }
    String query = request.rawQuery();
    return Map.of("path", request.path(), "query", query == null ? "" : query, "body", body);
  }
}
