package io.github.persona4j.testing;

import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the first result of each idempotency key for a day and gives it again for the same request.
 * Results with status 401 and 429 are not kept. Of two requests with one key at the same time, the
 * second waits. Thread-safe.
 */
final class IdempotencyStore {
  private static final Duration KEPT = Duration.ofHours(24);

  private record Stored(Instant at, Object parameters, Answer answer) {}

  private static final class Slot {
    @Nullable Stored stored;
  }

  private final InstantSource clock;
  private final Map<String, Slot> slots = new ConcurrentHashMap<>();

  IdempotencyStore(InstantSource clock) {
    this.clock = clock;
  }

  Answer answer(String key, ApiRequest request, Supplier<Answer> execution) {
    Object parameters = parameters(request);
    Slot slot = slots.computeIfAbsent(key, unused -> new Slot());
    synchronized (slot) {
      Stored stored = slot.stored;
      if (stored != null && clock.instant().isBefore(stored.at.plus(KEPT))) {
        if (!stored.parameters.equals(parameters)) {
          throw ApiFailure.of(
              400, "Idempotency error", "This key was used before with other parameters.");
        }
        return stored.answer;
      }
      Answer answer = execution.get();
      if (answer.status() != 401 && answer.status() != 429) {
        slot.stored = new Stored(clock.instant(), parameters, answer);
      }
      return answer;
    }
  }

  /** Two bodies that differ in spaces or in the order of keys hold the same parameters. */
  private static Object parameters(ApiRequest request) {
    JsonElement body;
    try {
      body = JsonText.parse(request.bodyText());
    } catch (JsonParseException e) {
      body = new JsonPrimitive(request.bodyText());
    }
    String query = request.rawQuery();
    return Map.of("path", request.path(), "query", query == null ? "" : query, "body", body);
  }
}
