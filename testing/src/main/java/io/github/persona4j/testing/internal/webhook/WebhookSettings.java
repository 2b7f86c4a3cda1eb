package io.github.persona4j.testing.internal.webhook;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.github.persona4j.testing.internal.json.Inflection;
import io.github.persona4j.testing.internal.store.StoredObject;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The settings of a webhook, read from its attributes. Absent ones have their defaults. */
record WebhookSettings(StoredObject webhook) {
  private static final Duration FILE_LIFETIME = Duration.ofHours(6);

  String id() {
    return webhook.id();
  }

  String url() {
    String url = webhook.text("url");
    return url == null ? "" : url;
  }

  boolean isEnabled() {
    return "enabled".equals(webhook.status());
  }

  /** Returns whether the webhook wants events of this name. */
  boolean wants(String event) {
    List<String> enabled = texts(webhook.attribute("enabled-events"));
    return enabled.contains("*") || enabled.contains(event);
  }

  Inflection inflection() {
    String name = webhook.text("api-key-inflection");
    Inflection inflection = name == null ? null : Inflection.named(name);
    return inflection == null ? Inflection.KEBAB : inflection;
  }

  List<String> blocklist() {
    return texts(webhook.attribute("api-attributes-blocklist"));
  }

  Duration fileLifetime() {
    return webhook.attribute("file-access-token-expires-in") instanceof JsonPrimitive seconds
            && seconds.isNumber()
        ? Duration.ofSeconds(seconds.getAsLong())
        : FILE_LIFETIME;
  }

  boolean hasRelationships() {
    return !"include_none".equals(state(webhook.attribute("relationship-allowlist")));
  }

  /**
   * Returns the names of the relationships whose objects an event of this name includes, {@code *}
   * for all.
   */
  Set<String> included(String event) {
    JsonElement allowlist = webhook.attribute("included-allowlist");
    Set<String> names = new LinkedHashSet<>();
    String state = state(allowlist);
    if ("include_all".equals(state)) {
      names.add("*");
    } else if ("custom".equals(state)
        && allowlist instanceof JsonObject custom
        && custom.get("event-types") instanceof JsonArray types) {
      for (JsonElement type : types) {
        if (type instanceof JsonObject entry && event.equals(text(entry.get("event-type")))) {
          texts(entry.get("relationships")).forEach(name -> names.add(Inflection.kebab(name)));
        }
      }
    }
    return names;
  }

  /** Returns the filter on the payload; null if there is none. */
  @Nullable JsonObject payloadFilter() {
    return webhook.attribute("payload-filter") instanceof JsonObject filter ? filter : null;
  }

  /** Returns the secrets that are valid at this time, the current one first. */
  List<String> secrets(Instant now) {
    Set<String> valid = new LinkedHashSet<>();
    String current = webhook.text("secret");
    if (current != null) {
      valid.add(current);
    }
    if (webhook.attribute("secrets") instanceof JsonArray secrets) {
      for (JsonElement element : secrets) {
        if (element instanceof JsonObject secret) {
          String value = text(secret.get("value"));
          String end = text(secret.get("expires-at"));
          if (value != null
              && (end == null || now.isBefore(OffsetDateTime.parse(end).toInstant()))) {
            valid.add(value);
          }
        }
      }
    }
    return new ArrayList<>(valid);
  }

  private static @Nullable String state(@Nullable JsonElement allowlist) {
    return allowlist instanceof JsonObject object ? text(object.get("state")) : null;
  }

  private static List<String> texts(@Nullable JsonElement element) {
    List<String> texts = new ArrayList<>();
    if (element instanceof JsonArray array) {
      for (JsonElement item : array) {
        String text = text(item);
        if (text != null) {
          texts.add(text);
        }
      }
    }
    return texts;
  }

  private static @Nullable String text(@Nullable JsonElement element) {
    return element instanceof JsonPrimitive primitive ? primitive.getAsString() : null;
  }
}
