package io.github.persona4j.testing.internal.webhook;

import com.google.gson.JsonPrimitive;
import io.github.persona4j.testing.internal.http.ApiFailure;
import io.github.persona4j.testing.internal.json.Json;
import io.github.persona4j.testing.internal.operation.OperationCall;
import io.github.persona4j.testing.internal.operation.OperationResult;
import io.github.persona4j.testing.internal.operation.Operations;
import io.github.persona4j.testing.internal.state.Transitions;
import io.github.persona4j.testing.internal.store.ObjectStore;
import io.github.persona4j.testing.internal.store.StoredObject;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The operations on webhooks that handle secrets. */
public final class WebhookOperations {
  private static final String CUSTOM_HEADERS = "custom-http-headers";
  private static final Duration DEFAULT_OVERLAP = Duration.ofDays(1);

  private final Operations operations;
  private final ObjectStore store;
  private final InstantSource clock;
  private final CustomHeaders customHeaders;
  private final Transitions transitions;

  public WebhookOperations(
      Operations operations,
      ObjectStore store,
      InstantSource clock,
      CustomHeaders customHeaders,
      Transitions transitions) {
    this.customHeaders = customHeaders;
    this.transitions = transitions;
    this.operations = operations;
    this.store = store;
    this.clock = clock;
  }

  /** Registers the operations. */
  public void register() {
    operations.on("webhooks.create", this::create);
    operations.on("webhooks.clone", this::copy);
    operations.on("webhooks.rotateSecret", this::rotate);
  }

  private OperationResult create(OperationCall call) {
    if (!isHttp(OperationCall.text(call.attributes(), "url"))) {
      throw ApiFailure.unprocessable("/data/attributes/url", "The URL must begin with https://.");
    }
    StoredObject draft =
        operations
            .drafts()
            .empty("webhook")
            .with("status", "disabled")
            .with("api-key-inflection", "kebab")
            .with("api-version", "2025-12-08")
            .with("file-access-token-expires-in", 21_600)
            .with("included-allowlist", Json.object("state", "include_none"))
            .with("relationship-allowlist", Json.object("state", "include_all"));
    StoredObject webhook = add(operations.drafts().with(draft, call.attributes()), call);
    customHeaders.put(webhook.id(), call.attributes().get(CUSTOM_HEADERS));
    return OperationResult.of(webhook);
  }

  private OperationResult copy(OperationCall call) {
    StoredObject former = call.object("webhook");
    StoredObject draft = operations.drafts().empty("webhook");
    StoredObject webhook =
        add(
            draft
                .withAll(former.attributes())
                .with("status", "disabled")
                .with("created-at", draft.createdAt()),
            call);
    customHeaders.copy(former.id(), webhook.id());
    return OperationResult.of(webhook);
  }

  private StoredObject add(StoredObject draft, OperationCall call) {
    String secret = newSecret(store);
    StoredObject webhook =
        draft
            .with("secret", secret)
            .with("secrets", List.of(Json.object("value", secret, "expires-at", null)));
    return operations.create(webhook, call);
  }

  /** Returns whether this is an absolute URL with a host that requests can be sent to. */
  public static boolean isHttp(@Nullable String url) {
    try {
      URI uri = new URI(url == null ? "" : url);
      String scheme = uri.getScheme();
      return uri.getHost() != null && ("https".equals(scheme) || "http".equals(scheme));
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private OperationResult rotate(OperationCall call) {
    StoredObject webhook = call.object("webhook");
    transitions.require(webhook, "rotate-secret");
    Duration overlap =
        call.meta().get("expires-in-seconds") instanceof JsonPrimitive seconds
            ? Duration.ofSeconds(seconds.getAsLong())
            : DEFAULT_OVERLAP;
    StoredObject rotated =
        store.update(
            webhook.id(), old -> rotated(old, newSecret(store), clock.instant().plus(overlap)));
    return OperationResult.of(rotated);
  }

  /** Returns a new secret. */
  public static String newSecret(ObjectStore store) {
    return store.newId("wbhsec");
  }

  /** Returns a webhook whose secret is replaced; the former one is valid until a time. */
  public static StoredObject rotated(StoredObject webhook, String secret, Instant formerExpiresAt) {
    String former = Objects.requireNonNullElse(webhook.text("secret"), "");
    return webhook
        .with("secret", secret)
        .with(
            "secrets",
            List.of(
                Json.object("value", secret, "expires-at", null),
                Json.object("value", former, "expires-at", formerExpiresAt)));
  }
}
