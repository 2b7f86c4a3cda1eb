package io.github.persona4j.testing.internal.state;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import io.github.persona4j.testing.internal.http.ApiFailure;
import io.github.persona4j.testing.internal.json.Json;
import io.github.persona4j.testing.internal.operation.OperationCall;
import io.github.persona4j.testing.internal.operation.OperationResult;
import io.github.persona4j.testing.internal.operation.Operations;
import io.github.persona4j.testing.internal.seed.Catalog;
import io.github.persona4j.testing.internal.seed.Person;
import io.github.persona4j.testing.internal.store.ObjectStore;
import io.github.persona4j.testing.internal.store.StoredObject;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The operation {@code POST /inquiries}, with what its meta data asks for. */
final class InquiryCreation {
  private static final List<String> TEMPLATES =
      List.of("template-id", "inquiry-template-id", "inquiry-template-version-id");
  private static final Duration DEFAULT_LIFETIME = Duration.ofDays(1);

  private final Operations operations;
  private final ObjectStore store;
  private final InquiryMoves inquiries;

  InquiryCreation(Operations operations, ObjectStore store, InquiryMoves inquiries) {
    this.operations = operations;
    this.store = store;
    this.inquiries = inquiries;
  }

  void register() {
    operations.on("inquiries.create", this::create);
  }

  private OperationResult create(OperationCall call) {
    JsonObject attributes = call.attributes();
    JsonObject meta = call.meta();
    if (TEMPLATES.stream().allMatch(name -> OperationCall.text(attributes, name) == null)) {
      throw ApiFailure.badRequest("An inquiry needs inquiry-template-id or template-id.");
    }
    checkRedirect(OperationCall.text(attributes, "redirect-uri"));
    Duration lifetime = lifetime(meta.get("expiration-after-create-interval-seconds"));
    StoredObject account = account(attributes, meta, call);
    String creator = OperationCall.text(attributes, "creator-email-address");
    StoredObject draft = draft(attributes);
    StoredObject inquiry =
        inquiries.create(
            draft
                .with("creator", creator == null ? "API" : creator)
                .with("expires-at", draft.createdAt().plus(lifetime))
                .withRelated("account", account),
            new InquiryMoves.Intervals(
                StateOperations.seconds(meta, "expiration-after-start-interval-seconds"),
                StateOperations.seconds(meta, "expiration-after-resume-interval-seconds")));
    return withLinks(inquiry, meta);
  }

  /** Creates an inquiry as a person does who opens the link to a template. */
  StoredObject createInFlow(JsonObject attributes) {
    return store.write(
        () ->
            inquiries.create(
                draft(attributes).with("creator", "Hosted flow"), InquiryMoves.Intervals.OF_TABLE));
  }

  private StoredObject draft(JsonObject attributes) {
    String template = OperationCall.text(attributes, "template-id");
    String inquiryTemplate = OperationCall.text(attributes, "inquiry-template-id");
    String version = OperationCall.text(attributes, "inquiry-template-version-id");
    ensureTemplates(template, inquiryTemplate, version);
    JsonObject requested = new JsonObject();
    for (Map.Entry<String, JsonElement> entry : attributes.entrySet()) {
      if (!entry.getKey().equals("account-id")) {
        requested.add(entry.getKey(), entry.getValue());
      }
    }
    if (version == null && inquiryTemplate != null) {
      requested.addProperty("inquiry-template-version-id", Catalog.versionOf(inquiryTemplate));
    }
    String firstStep = OperationCall.text(attributes, "initial-step-name");
    StoredObject empty = operations.drafts().empty("inquiry").without("signals");
    return operations
        .drafts()
        .with(empty.with("fields", Person.emptyInquiryFields()), requested)
        .with("next-step-name", firstStep == null ? "start" : firstStep);
  }

  private void ensureTemplates(
      @Nullable String template, @Nullable String inquiryTemplate, @Nullable String version) {
    if (template != null) {
      Catalog.ensureFormerTemplate(store, template);
    }
    if (inquiryTemplate != null) {
      Catalog.ensureTemplate(store, inquiryTemplate);
    }
    if (version != null) {
      Catalog.ensureVersion(
          store, version, inquiryTemplate == null ? null : store.find(inquiryTemplate));
    }
  }

  private static Duration lifetime(@Nullable JsonElement seconds) {
    if (seconds == null || seconds instanceof JsonNull) {
      return DEFAULT_LIFETIME;
    }
    if (seconds.getAsInt() > 0) {
      return Duration.ofSeconds(seconds.getAsInt());
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

  /**
   * Returns the given account, the one with the same reference, or a new one if the request asks
   * for it.
   */
  private @Nullable StoredObject account(
      JsonObject attributes, JsonObject meta, OperationCall call) {
    String given = OperationCall.text(attributes, "account-id");
    if (given != null) {
      StoredObject account = store.find("account", given);
      if (account == null) {
        throw ApiFailure.notFound();
      }
      return account;
    }
    String wanted = OperationCall.text(meta, "auto-create-account-reference-id");
    boolean create = OperationCall.flag(meta, "auto-create-account") || wanted != null;
    String reference = wanted == null ? OperationCall.text(attributes, "reference-id") : wanted;
    StoredObject existing = reference == null ? null : store.accountByReference(reference);
    if (existing != null || !create) {
      return existing;
    }
    JsonObject account = Json.object("reference-id", reference);
    String type = OperationCall.text(meta, "auto-create-account-type-id");
    if (type != null) {
      account.addProperty("account-type-id", type);
    }
    return operations.createAccount(account, call);
  }

  private OperationResult withLinks(StoredObject inquiry, JsonObject meta) {
    boolean token = OperationCall.flag(meta, "auto-create-inquiry-session");
    boolean link = OperationCall.flag(meta, "auto-create-one-time-link");
    OperationResult result = OperationResult.of(inquiry);
    if (!token && !link) {
      return result;
    }
    StoredObject session = inquiries.openSession(inquiry.id());
    result = OperationResult.of(inquiries.inquiry(inquiry.id()));
    if (token) {
      result = result.withMeta("session-token", inquiries.token(session));
    }
    if (link) {
      Duration lifetime = StateOperations.seconds(meta, "one-time-link-expiration-seconds");
      result =
          inquiries
              .link(session, lifetime == null ? null : store.now().plus(lifetime))
              .addTo(result);
    }
    return result;
  }
}
