package io.github.persona4j.testing;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import io.github.persona4j.testing.internal.http.ApiFailure;
import io.github.persona4j.testing.internal.http.ApiRequest;
import io.github.persona4j.testing.internal.http.Query;
import io.github.persona4j.testing.internal.json.Inflection;
import io.github.persona4j.testing.internal.json.Json;
import io.github.persona4j.testing.internal.json.StrictJsonParser;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The operation {@code POST /inquiries}: checks the body, then stores a new inquiry and its event.
 */
final class InquiryCreation {
  private static final Duration DEFAULT_LIFETIME = Duration.ofDays(1);

  private final Store store;
  private final Inclusion inclusion;

  InquiryCreation(Store store) {
    this.store = store;
    this.inclusion = new Inclusion(store);
  }

  /**
   * Synchronized, so that timestamps match the order and two requests never create the same
   * account.
   */
  synchronized JsonObject create(ApiRequest request, Query query) {
    Set<String> include = inclusion.paths(query);
    JsonObject body = body(request);
    JsonObject attributes = child(child(body, "data"), "attributes");
    JsonObject meta = body.has("meta") ? child(body, "meta") : new JsonObject();

    String template = string(attributes, "template-id");
    String inquiryTemplate = string(attributes, "inquiry-template-id");
    String version = string(attributes, "inquiry-template-version-id");
    if (template == null && inquiryTemplate == null && version == null) {
      throw ApiFailure.badRequest("An inquiry needs inquiry-template-id or template-id.");
    }
    if (version == null && inquiryTemplate != null) {
      version = Catalog.versionOf(inquiryTemplate);
    }
    checkRedirect(string(attributes, "redirect-uri"));
    JsonObject fields = fields(attributes.get("fields"));
    List<String> tags = tags(attributes.get("tags"));
    String note = string(attributes, "note");
    String reference = string(attributes, "reference-id");
    String creator = string(attributes, "creator-email-address");
    String firstStep = string(attributes, "initial-step-name");
    Duration lifetime = lifetime(meta.get("expiration-after-create-interval-seconds"));
    boolean session = bool(meta, "auto-create-inquiry-session");
    boolean link = bool(meta, "auto-create-one-time-link");
    String account = account(attributes, meta, reference);

    Instant now = store.now();
    Inquiry inquiry =
        new Inquiry(
            store.newId("inq"),
            now,
            now.plus(lifetime),
            "created",
            reference,
            note,
            tags,
            creator == null ? "API" : creator,
            account,
            template,
            inquiryTemplate,
            version,
            firstStep == null ? "start" : firstStep,
            fields::deepCopy);
    store.inquiries.add(inquiry);
    store.recordEvent("inquiry.created", inquiry.id(), inquiry::json);

    JsonObject document = Json.object("data", inquiry.json());
    inclusion.addTo(document, inquiry, include);
    addMeta(document, inquiry.id(), session, link);
    return document;
  }

  private static JsonObject body(ApiRequest request) {
    try {
      if (Inflection.normalized(StrictJsonParser.parse(request.bodyText()))
          instanceof JsonObject object) {
        return object;
      }
    } catch (JsonParseException e) {
      // The response is created below, since the message of the parser contains parts of the body.
    }
    throw ApiFailure.badRequest("The body must be a JSON object.");
  }

  private static JsonObject child(JsonObject parent, String name) {
    if (parent.get(name) instanceof JsonObject object) {
      return object;
    }
    throw ApiFailure.badRequest("The body must have an object named " + name + ".");
  }

  private static @Nullable String string(JsonObject attributes, String name) {
    JsonElement value = attributes.get(name);
    if (value == null || value instanceof JsonNull) {
      return null;
    }
    if (value instanceof JsonPrimitive primitive && primitive.isString()) {
      return primitive.getAsString();
    }
    throw ApiFailure.badRequest(name + " must be a string.");
  }

  private static boolean bool(JsonObject meta, String name) {
    JsonElement value = meta.get(name);
    if (value == null || value instanceof JsonNull) {
      return false;
    }
    if (value instanceof JsonPrimitive primitive && primitive.isBoolean()) {
      return primitive.getAsBoolean();
    }
    throw ApiFailure.badRequest(name + " must be true or false.");
  }

  private static Duration lifetime(@Nullable JsonElement seconds) {
    if (seconds == null || seconds instanceof JsonNull) {
      return DEFAULT_LIFETIME;
    }
    try {
      int value = seconds.getAsBigDecimal().intValueExact();
      if (value > 0) {
        return Duration.ofSeconds(value);
      }
    } catch (ArithmeticException
        | NumberFormatException
        | IllegalStateException
        | UnsupportedOperationException e) {
      // Rejected below, like a number that is too small.
    }
    throw ApiFailure.unprocessable(
        "/meta/expiration-after-create-interval-seconds",
        "The interval must be an integer above 0.");
  }

  private static void checkRedirect(@Nullable String uri) {
    try {
      if (uri == null || URI.create(uri).isAbsolute()) {
        return;
      }
    } catch (IllegalArgumentException e) {
      // Rejected below, like a URI without a scheme.
    }
    throw ApiFailure.unprocessable(
        "/data/attributes/redirect-uri", "The redirect URI must be absolute.");
  }

  private static List<String> tags(@Nullable JsonElement value) {
    List<String> tags = new ArrayList<>();
    if (value instanceof JsonArray array) {
      for (JsonElement item : array) {
        if (!(item instanceof JsonPrimitive primitive) || !primitive.isString()) {
          throw ApiFailure.badRequest("tags must contain strings.");
        }
        tags.add(primitive.getAsString());
      }
    } else if (value != null && !(value instanceof JsonNull)) {
      throw ApiFailure.badRequest("tags must be a list.");
    }
    return List.copyOf(tags);
  }

  /** Converts fields: a response has a type and a value where a request has only the value. */
  private static JsonObject fields(@Nullable JsonElement value) {
    JsonObject fields = Person.emptyInquiryFields();
    if (value instanceof JsonObject given) {
      for (Map.Entry<String, JsonElement> entry : given.entrySet()) {
        boolean date = entry.getKey().equals("birthdate");
        if (date) {
          checkDate(entry.getValue());
        }
        fields.add(
            entry.getKey(),
            Person.field(date ? "date" : fieldType(entry.getValue()), entry.getValue()));
      }
    } else if (value != null && !(value instanceof JsonNull)) {
      throw ApiFailure.badRequest("fields must be an object.");
    }
    return fields;
  }

  private static void checkDate(JsonElement value) {
    if (value instanceof JsonNull) {
      return;
    }
    try {
      LocalDate.parse(value.getAsString());
    } catch (DateTimeParseException | IllegalStateException | UnsupportedOperationException e) {
      throw ApiFailure.unprocessable(
          "/data/attributes/fields/birthdate", "The date must be year, month and day.");
    }
  }

  private static String fieldType(JsonElement value) {
    if (value instanceof JsonArray) {
      return "array";
    }
    if (value instanceof JsonObject) {
      return "hash";
    }
    if (value instanceof JsonPrimitive primitive) {
      return primitive.isBoolean() ? "boolean" : primitive.isNumber() ? "number" : "string";
    }
    return "string";
  }

  /**
   * Returns the given account, the one with the same reference, or a new one if the request asks
   * for it.
   */
  private @Nullable String account(
      JsonObject attributes, JsonObject meta, @Nullable String reference) {
    String given = string(attributes, "account-id");
    if (given != null) {
      if (store.account(given) == null) {
        throw ApiFailure.notFound();
      }
      return given;
    }
    String wanted = string(meta, "auto-create-account-reference-id");
    boolean create = bool(meta, "auto-create-account") || wanted != null;
    String accountReference = wanted == null ? reference : wanted;
    if (accountReference != null) {
      Account existing = store.accountByReference(accountReference);
      if (existing != null) {
        return existing.id();
      }
    }
    if (!create) {
      return null;
    }
    Account account =
        new Account(store.newId("act"), store.now(), accountReference, JsonObject::new);
    store.add(account);
    store.recordEvent("account.created", account.id(), account::json);
    return account.id();
  }

  private void addMeta(JsonObject document, String inquiryId, boolean session, boolean link) {
    JsonObject meta = new JsonObject();
    if (session) {
      meta.addProperty("session-token", store.newId("session"));
    }
    if (link) {
      String code = store.newId("code");
      // A reserved domain, so that a link never leads to the real flow.
      meta.addProperty(
          "one-time-link",
          "https://inquiry.persona.example/verify?inquiry-id=" + inquiryId + "&code=" + code);
      meta.addProperty("one-time-link-short", "https://persona.example/" + code);
    }
    if (meta.size() > 0) {
      document.add("meta", meta);
    }
  }
}
