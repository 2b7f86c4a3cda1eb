package io.github.persona4j.testing;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import io.github.persona4j.testing.internal.description.EventNames;
import io.github.persona4j.testing.internal.json.Json;
import io.github.persona4j.testing.internal.json.StrictJsonParser;
import io.github.persona4j.testing.internal.store.Ids;
import io.github.persona4j.testing.internal.webhook.Attempt;
import io.github.persona4j.testing.internal.webhook.WebhookHeaders;
import io.github.persona4j.testing.internal.webhook.WebhookSignature;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A request as Persona sends it to a webhook, with its signature, for tests of a handler.
 * <!-- code: examples/src/test/java/io/github/persona4j/examples/JavadocExamplesTest.java#webhook-request -->
 *
 * <pre>{@code
 * WebhookRequest request =
 *     WebhookRequest.event("inquiry.approved")
 *         .subject("{\"type\":\"inquiry\",\"id\":\"inq_1\"}")
 *         .casing(KeyCasing.CAMEL)
 *         .sign(secret);
 * WebhookResult result = webhook.handle(request.body(), request.headers());
 * }</pre>
 *
 * <p>Immutable and thread-safe; its builder is not thread-safe.
 */
public final class WebhookRequest {
  private static final int MAX_ATTEMPTS = WebhookHeaders.MAX_ATTEMPTS;

  /** A type for each name of events that is not that of a type. */
  private static final Map<String, String> FIRST_TYPES =
      Map.of(
          "document", "document/government-id",
          "report/screening", "report/watchlist",
          "report/sentilink-scores", "report/integration/sentilink-scores",
          "selfie", "selfie/profile-and-center",
          "verification", "verification/government-id");

  private final byte[] body;
  private final Map<String, List<String>> headers;

  private WebhookRequest(byte[] body, Map<String, List<String>> headers) {
    this.body = body;
    this.headers = headers;
  }

  /** Returns the request of an attempt of the fake. */
  static WebhookRequest of(Attempt attempt) {
    return new WebhookRequest(attempt.body().getBytes(StandardCharsets.UTF_8), attempt.headers());
  }

  /**
   * Returns a builder of a request with an event.
   *
   * @param name the name, such as {@code inquiry.approved}; any name is allowed
   */
  public static Builder event(String name) {
    return new Builder(Objects.requireNonNull(name, "name"), null);
  }

  /** Returns a builder of a request with a body, valid or not. */
  public static Builder body(byte[] body) {
    return new Builder("", Objects.requireNonNull(body, "body").clone());
  }

  /** As {@link #body(byte[])}, in UTF-8. */
  public static Builder body(String body) {
    byte[] bytes = Objects.requireNonNull(body, "body").getBytes(StandardCharsets.UTF_8);
    return new Builder("", bytes);
  }

  /** Returns the names of all events whose body Persona describes; unmodifiable. */
  public static List<String> describedEvents() {
    return EventNames.all();
  }

  /** Returns a copy of the body. */
  public byte[] body() {
    return body.clone();
  }

  /** Returns the headers by name; unmodifiable. */
  public Map<String, List<String>> headers() {
    return headers;
  }

  /**
   * Returns the value of a header; null if the request does not have it.
   *
   * @param name the name, in any case
   */
  public @Nullable String header(String name) {
    Objects.requireNonNull(name, "name");
    for (Map.Entry<String, List<String>> header : headers.entrySet()) {
      if (header.getKey().equalsIgnoreCase(name)) {
        return header.getValue().get(0);
      }
    }
    return null;
  }

  /** Returns the value of the header {@code Persona-Signature}. */
  public String signature() {
    return Objects.requireNonNull(header(WebhookSignature.HEADER));
  }

  /** Shows the size of the body. */
  @Override
  public String toString() {
    return "WebhookRequest{" + body.length + " bytes}";
  }

  /** Builds a {@link WebhookRequest}. Not thread-safe. */
  public static final class Builder {
    private final String name;
    private final byte @Nullable [] body;
    private String id;
    private @Nullable JsonElement subject;
    private final JsonArray included = new JsonArray();
    private @Nullable Instant createdAt;
    private KeyCasing casing = KeyCasing.KEBAB;
    private @Nullable Instant time;
    private int attempt = 1;

    private Builder(String name, byte @Nullable [] body) {
      this.name = name;
      this.body = body;
      this.id = "evt_" + UUID.randomUUID().toString().replace("-", "");
    }

    /** Sets the ID of the event; a random one if not set, which is that of all its requests. */
    public Builder id(String id) {
      this.id = Objects.requireNonNull(id, "id");
      return this;
    }

    /**
     * Sets the resource that the event is about. If not set, it has an ID, no attributes, and the
     * type in the name of the event; where that is not a type, such as {@code verification}, one of
     * its types.
     *
     * @param json the resource as the API has it in kebab casing, such as {@code inquiry.toJson()};
     *     {@code null} as JSON is allowed
     * @throws IllegalArgumentException if it is not JSON
     */
    public Builder subject(String json) {
      this.subject = parse(json);
      return this;
    }

    /** Adds a resource to {@code included}, as {@link #subject}. */
    public Builder include(String json) {
      included.add(parse(json));
      return this;
    }

    private static JsonElement parse(String json) {
      try {
        return StrictJsonParser.parse(Objects.requireNonNull(json, "json"));
      } catch (JsonParseException e) {
        throw new IllegalArgumentException("json: must be JSON", e);
      }
    }

    /** Sets the time of the event; that of the signature if not set. */
    public Builder createdAt(Instant createdAt) {
      this.createdAt = Objects.requireNonNull(createdAt, "createdAt");
      return this;
    }

    /** Sets the casing of the keys of an event; kebab if not set. */
    public Builder casing(KeyCasing casing) {
      this.casing = Objects.requireNonNull(casing, "casing");
      return this;
    }

    /** Sets the time of the signature; the current time if not set. */
    public Builder time(Instant time) {
      this.time = Objects.requireNonNull(time, "time");
      return this;
    }

    /**
     * Sets the number of the attempt; 1 if not set.
     *
     * @throws IllegalArgumentException if it is not from 1 to 8
     */
    public Builder attempt(int attempt) {
      if (attempt < 1 || attempt > MAX_ATTEMPTS) {
        throw new IllegalArgumentException("attempt: must be from 1 to " + MAX_ATTEMPTS);
      }
      this.attempt = attempt;
      return this;
    }

    /**
     * Returns the request.
     *
     * @param secret the secret of the webhook
     * @param others the other secrets while it rotates; the header has a signature for each
     */
    public WebhookRequest sign(String secret, String... others) {
      Objects.requireNonNull(secret, "secret");
      Objects.requireNonNull(others, "others");
      Instant signedAt = time == null ? Instant.now() : time;
      byte[] bytes =
          body == null ? json(signedAt).toString().getBytes(StandardCharsets.UTF_8) : body;
      List<String> secrets = new ArrayList<>();
      secrets.add(secret);
      secrets.addAll(Arrays.asList(others));
      String signature = WebhookSignature.of(secrets, signedAt, bytes);
      return new WebhookRequest(bytes, WebhookHeaders.of(signature, attempt, signedAt));
    }

    private JsonElement json(Instant signedAt) {
      JsonElement about = subject;
      if (about == null) {
        int dot = name.lastIndexOf('.');
        String type = dot < 0 ? name : name.substring(0, dot);
        type = FIRST_TYPES.getOrDefault(type, type);
        about = Json.resource(type, Ids.of("obj", name), new JsonObject(), new JsonObject());
      }
      JsonObject payload = Json.object("data", about, "included", included);
      JsonObject event =
          Json.event(id, name, createdAt == null ? signedAt : createdAt, payload, new JsonObject());
      return casing.inflection().apply(Json.object("data", event));
    }
  }
}
