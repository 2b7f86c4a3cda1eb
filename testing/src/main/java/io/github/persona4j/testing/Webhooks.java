package io.github.persona4j.testing;

import com.google.gson.JsonObject;
import io.github.persona4j.testing.internal.description.ApiDescription;
import io.github.persona4j.testing.internal.json.Json;
import io.github.persona4j.testing.internal.state.KnownEvents;
import io.github.persona4j.testing.internal.store.ObjectStore;
import io.github.persona4j.testing.internal.store.StoredObject;
import io.github.persona4j.testing.internal.time.Timetable;
import io.github.persona4j.testing.internal.webhook.Deliveries;
import io.github.persona4j.testing.internal.webhook.WebhookOperations;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The webhooks of a fake: registers them without a request, waits for deliveries, and causes the
 * faults that receivers must cope with.
 * <!-- code: examples/src/test/java/io/github/persona4j/examples/TestingSnippets.java#webhooks -->
 *
 * <pre>{@code
 * RegisteredWebhook webhook =
 *     fake.webhooks().to("http://localhost:8080/persona").events("inquiry.approved").register();
 * String secret = webhook.secret(); // for the receiver
 * }</pre>
 *
 * <p>A webhook that the code under test creates and enables through the API works likewise.
 *
 * <p>Deliveries are signed with the time of the fake's clock, so a receiver that checks the age of
 * a signature needs this clock if the test moves it. Thread-safe.
 */
public final class Webhooks {
  private final ObjectStore store;
  private final Timetable timetable;
  private final Deliveries deliveries;

  Webhooks(ObjectStore store, Timetable timetable, Deliveries deliveries) {
    this.store = store;
    this.timetable = timetable;
    this.deliveries = deliveries;
  }

  /**
   * Returns the settings of a new webhook.
   *
   * @param url the URL that events are sent to, on the loopback interface unless {@link
   *     FakePersona.Builder#deliverToAnyHost()} is set
   * @throws IllegalArgumentException if it is not an absolute URL with http or https
   */
  public Registration to(String url) {
    if (!WebhookOperations.isHttp(Objects.requireNonNull(url, "url"))) {
      throw new IllegalArgumentException("url must begin with http:// or https:// and a host");
    }
    return new Registration(url);
  }

  /**
   * Makes all deliveries that are due, and returns when they have ended. Must not be called by a
   * receiver, which it waits for.
   */
  public void await() {
    timetable.advance(Duration.ZERO);
  }

  /**
   * Makes each of the next deliveries arrive twice.
   *
   * @param deliveries 1 or more, otherwise {@link IllegalArgumentException}
   */
  public void duplicateNext(int deliveries) {
    this.deliveries.faults().duplicateNext(positive("deliveries", deliveries));
  }

  /**
   * Holds the next deliveries until there are so many, and then sends the newest first.
   *
   * @param deliveries 1 or more, otherwise {@link IllegalArgumentException}
   */
  public void reverseNext(int deliveries) {
    this.deliveries.faults().reverseNext(positive("deliveries", deliveries));
  }

  /**
   * Loses the responses of the next attempts: the receiver handles the event, and gets it again
   * after the wait.
   *
   * @param attempts 1 or more, otherwise {@link IllegalArgumentException}
   */
  public void loseNextResponses(int attempts) {
    deliveries.faults().loseNextResponses(positive("attempts", attempts));
  }

  /**
   * Signs the next attempts with a secret that is not that of the webhook.
   *
   * @param attempts 1 or more, otherwise {@link IllegalArgumentException}
   */
  public void missignNext(int attempts) {
    deliveries.faults().missignNext(positive("attempts", attempts));
  }

  private static int positive(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be 1 or more, not " + value);
    }
    return value;
  }

  /** Settings of a new webhook. Not thread-safe. */
  public final class Registration {
    private final String url;
    private List<String> events = List.of("*");
    private KeyCasing casing = KeyCasing.KEBAB;
    private String version = "2025-12-08";
    private List<String> blocklist = List.of();
    private final Map<String, List<String>> included = new LinkedHashMap<>();
    private @Nullable String secret;

    private Registration(String url) {
      this.url = url;
    }

    /**
     * Sets the names of the events to send; all if not set.
     *
     * @param names such as {@code inquiry.approved}, or {@code *} for all
     * @throws IllegalArgumentException if the description has no event of a name
     */
    public Registration events(String... names) {
      for (String name : Objects.requireNonNull(names, "names")) {
        if (!Objects.requireNonNull(name, "names").equals("*")) {
          KnownEvents.check("names", name);
        }
      }
      this.events = List.of(names);
      return this;
    }

    /** Sets the casing of the keys; kebab if not set. */
    public Registration casing(KeyCasing casing) {
      this.casing = Objects.requireNonNull(casing, "casing");
      return this;
    }

    /**
     * Sets the version of the API of the webhook; 2025-12-08 if not set. Events have the format of
     * 2025-12-08 whichever is set.
     *
     * @param version a known version, otherwise {@link IllegalArgumentException}
     */
    public Registration version(String version) {
      List<String> known = ApiDescription.get().schema("ApiVersion").knownValues();
      if (!known.contains(Objects.requireNonNull(version, "version"))) {
        throw new IllegalArgumentException("version must be one of " + String.join(", ", known));
      }
      this.version = version;
      return this;
    }

    /**
     * Sets the attributes to leave out: names such as {@code birthdate}, with {@code *} for any
     * characters, or pointers such as {@code /data/attributes/fields/*-number}.
     */
    public Registration blocklist(String... attributes) {
      this.blocklist = List.of(Objects.requireNonNull(attributes, "attributes"));
      return this;
    }

    /**
     * Includes related objects in events of one name.
     *
     * @param event such as {@code inquiry.approved}; an event of the description, otherwise {@link
     *     IllegalArgumentException}
     * @param relationships names such as {@code account}, or {@code *} for all
     */
    public Registration include(String event, String... relationships) {
      Objects.requireNonNull(event, "event");
      List<String> names = List.of(Objects.requireNonNull(relationships, "relationships"));
      included.put(KnownEvents.check("event", event), names);
      return this;
    }

    /**
     * Sets the secret, for a receiver that has it before its URL is known; a new one if not set.
     *
     * @param secret visible ASCII without spaces, otherwise {@link IllegalArgumentException}
     */
    public Registration secret(String secret) {
      if (Objects.requireNonNull(secret, "secret").isEmpty()
          || !secret.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
        throw new IllegalArgumentException("secret must be visible ASCII and not be empty");
      }
      this.secret = secret;
      return this;
    }

    /** Adds the webhook, which is enabled at once. */
    public RegisteredWebhook register() {
      return store.write(
          () -> {
            String id = store.newId("wbh");
            Instant now = store.now();
            JsonObject attributes =
                Json.object(
                    "name",
                    "Webhook of a test",
                    "status",
                    "enabled",
                    "api-attributes-blocklist",
                    blocklist,
                    "api-key-inflection",
                    casing.inflection().name().toLowerCase(Locale.ROOT),
                    "api-version",
                    version,
                    "description",
                    null,
                    "enabled-events",
                    events,
                    "file-access-token-expires-in",
                    21_600,
                    "included-allowlist",
                    allowlist(),
                    "payload-filter",
                    null,
                    "relationship-allowlist",
                    Json.object("state", "include_all"),
                    "secret",
                    secret == null ? WebhookOperations.newSecret(store) : secret,
                    "secrets",
                    List.of(),
                    "url",
                    url,
                    "created-at",
                    now);
            store.add(StoredObject.of("webhook", id, now, attributes, new JsonObject()));
            return new RegisteredWebhook(store, timetable, id);
          });
    }

    private JsonObject allowlist() {
      if (included.isEmpty()) {
        return Json.object("state", "include_none");
      }
      List<JsonObject> types = new ArrayList<>();
      included.forEach(
          (event, relationships) ->
              types.add(Json.object("event-type", event, "relationships", relationships)));
      return Json.object("state", "custom", "event-types", types);
    }
  }
}
