package io.github.persona4j.testing.internal.webhook;

import io.github.persona4j.testing.internal.json.Json;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The headers of a request to a webhook. */
public final class WebhookHeaders {
  /** The first attempt and seven retries. */
  public static final int MAX_ATTEMPTS = 8;

  private WebhookHeaders() {}

  /**
   * Returns the headers by name, unmodifiable.
   *
   * @param attempt the number of this attempt, from 1
   */
  public static Map<String, List<String>> of(String signature, int attempt, Instant first) {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    headers.put("Content-Type", List.of("application/json"));
    headers.put(WebhookSignature.HEADER, List.of(signature));
    headers.put("Persona-Webhook-Attempts-Made", List.of(String.valueOf(attempt)));
    headers.put("Persona-Webhook-Attempts-Left", List.of(String.valueOf(MAX_ATTEMPTS - attempt)));
    headers.put("Persona-Webhook-First-Attempted-At", List.of(Json.value(first).getAsString()));
    return Collections.unmodifiableMap(headers);
  }
}
