package io.github.persona4j.testing.internal.state;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.github.persona4j.testing.internal.description.ApiDescription;
import io.github.persona4j.testing.internal.description.ResourceType;
import io.github.persona4j.testing.internal.json.Json;
import io.github.persona4j.testing.internal.operation.Drafts;
import io.github.persona4j.testing.internal.store.ObjectStore;
import io.github.persona4j.testing.internal.store.StoredObject;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Verifications of an inquiry with the document or selfie that is submitted for them. Their data is
 * that of the description's examples, with the fields of the inquiry and what the test sets.
 */
final class VerificationMoves {
  private static final String PREFIX = "verification/";

  /** The type of what a person submits for a type of verifications, and its relationship. */
  private static final Map<String, String> EVIDENCE =
      Map.of(
          "government-id", "document/government-id",
          "government-id-nfc", "document/government-id-nfc",
          "document", "document/generic",
          "selfie", "selfie/profile-and-center");

  private final ObjectStore store;
  private final Transitions transitions;
  private final Drafts drafts;

  VerificationMoves(ObjectStore store, Transitions transitions, Drafts drafts) {
    this.store = store;
    this.transitions = transitions;
    this.drafts = drafts;
  }

  /** Creates a verification and moves it to its outcome. */
  StoredObject submit(StoredObject inquiry, Submission submission) {
    String kind = submission.type().substring(PREFIX.length());
    JsonObject values = values(inquiry, submission);
    StoredObject draft =
        drafts
            .empty(submission.type())
            .withAll(known(submission.type(), values))
            .with("checks", checks(submission))
            .withRelated("inquiry", inquiry);
    for (String relationship : List.of("inquiry-template", "inquiry-template-version")) {
      draft = draft.withRelated(relationship, related(inquiry, relationship));
    }
    StoredObject account = related(inquiry, "account");
    if (account != null) {
      draft = draft.withRelated("accounts", List.of(account));
    }
    if (submission.template() != null) {
      draft =
          draft.withRelated(
              "verification-template", template(kind, submission.template(), draft.createdAt()));
    }
    StoredObject verification = transitions.create(draft);
    link(inquiry.id(), "verifications", verification);
    StoredObject evidence = evidence(inquiry, kind, values);
    if (evidence != null) {
      String relationship = evidence.family();
      store.update(verification.id(), former -> former.withRelated(relationship, evidence));
    }
    if (transitions.allows(verification, "confirm")) {
      transitions.apply(verification, "confirm");
    }
    verification = transitions.apply(verification, "submit");
    if (evidence != null) {
      transitions.apply(transitions.apply(evidence, "submit"), "process");
    }
    if (submission.outcome() != null) {
      verification = transitions.apply(verification, submission.outcome());
      if (submission.outcome().startsWith("pass")) {
        store.update(inquiry.id(), former -> withFields(former, values));
      }
    }
    return verification;
  }

  /** Returns what stands for a template in a relationship: no operation reads one. */
  private static StoredObject template(String kind, String id, Instant createdAt) {
    return StoredObject.of(
        "verification-template/" + kind, id, createdAt, new JsonObject(), new JsonObject());
  }

  private @Nullable StoredObject related(StoredObject object, String relationship) {
    String id = object.relatedId(relationship);
    return id == null ? null : store.find(id);
  }

  private void link(String inquiryId, String relationship, StoredObject object) {
    store.update(inquiryId, former -> former.withAdded(relationship, object));
  }

  private @Nullable StoredObject evidence(StoredObject inquiry, String kind, JsonObject values) {
    String type = EVIDENCE.get(kind);
    if (type == null) {
      return null;
    }
    StoredObject draft =
        drafts
            .empty(type)
            .withAll(sampleAttributes(type))
            .withAll(known(type, values))
            .without("status");
    if (draft.relationships().has("inquiry")) {
      draft = draft.withRelated("inquiry", inquiry);
    }
    for (String name : List.of("processed-at", "processed-at-ts")) {
      if (draft.attributes().has(name)) {
        draft = draft.with(name, null);
      }
    }
    StoredObject evidence = transitions.create(draft);
    link(inquiry.id(), evidence.family() + "s", evidence);
    return evidence;
  }

  /** The attributes of the example, then the fields of the inquiry, then what the test sets. */
  private static JsonObject values(StoredObject inquiry, Submission submission) {
    JsonObject values = sampleAttributes(submission.type());
    if (inquiry.attribute("fields") instanceof JsonObject fields) {
      for (Map.Entry<String, JsonElement> field : fields.entrySet()) {
        JsonElement value = fieldValue(field.getValue());
        if (value != null && values.has(field.getKey())) {
          values.add(field.getKey(), value);
        }
      }
    }
    submission
        .attributes()
        .entrySet()
        .forEach(entry -> values.add(entry.getKey(), entry.getValue()));
    return values;
  }

  private static @Nullable JsonElement fieldValue(JsonElement field) {
    JsonElement value = field instanceof JsonObject object ? object.get("value") : null;
    return value == null || value instanceof JsonNull ? null : value;
  }

  /** Returns the attributes of the example that are neither states, times nor checks. */
  private static JsonObject sampleAttributes(String type) {
    JsonObject attributes = example(type);
    attributes
        .keySet()
        .removeIf(
            name ->
                Set.of("status", "checks", "tags").contains(name)
                    || name.endsWith("-at")
                    || name.endsWith("-at-ts"));
    return attributes;
  }

  /** Returns the attributes of the description's example in a new object; empty if none. */
  private static JsonObject example(String type) {
    ResourceType resource = ApiDescription.get().resourceType(type);
    JsonObject sample = resource == null ? null : resource.sample();
    return sample != null && sample.get("attributes") instanceof JsonObject attributes
        ? attributes
        : new JsonObject();
  }

  private static JsonObject known(String type, JsonObject values) {
    ResourceType resource = ApiDescription.get().resourceType(type);
    JsonObject known = new JsonObject();
    if (resource != null) {
      for (String name : resource.attributes().keySet()) {
        if (values.has(name)) {
          known.add(name, values.get(name));
        }
      }
    }
    return known;
  }

  /** The checks of the example and those that fail; if none is named, all of the example fail. */
  private static JsonArray checks(Submission submission) {
    Map<String, Boolean> passed = new LinkedHashMap<>();
    if (example(submission.type()).get("checks") instanceof JsonArray examples) {
      boolean allFail = submission.fails() && submission.failedChecks().isEmpty();
      for (JsonElement example : examples) {
        if (example.getAsJsonObject().get("name") instanceof JsonPrimitive name) {
          passed.put(name.getAsString(), !allFail);
        }
      }
    }
    submission.failedChecks().forEach(name -> passed.put(name, false));
    String requirement =
        "require-retry".equals(submission.outcome()) ? "requires_retry" : "required";
    JsonArray checks = new JsonArray();
    passed.forEach(
        (name, isPassed) ->
            checks.add(
                Json.object(
                    "name",
                    name,
                    "status",
                    isPassed ? "passed" : "failed",
                    "reasons",
                    List.of(),
                    "requirement",
                    isPassed ? "required" : requirement,
                    "metadata",
                    new JsonObject())));
    return checks;
  }

  /** Sets the fields of the inquiry that have no value to those of the verification. */
  private static StoredObject withFields(StoredObject inquiry, JsonObject values) {
    if (!(inquiry.attribute("fields") instanceof JsonObject fields)) {
      return inquiry;
    }
    JsonObject filled = fields.deepCopy();
    for (Map.Entry<String, JsonElement> field : filled.entrySet()) {
      JsonElement value = values.get(field.getKey());
      if (field.getValue() instanceof JsonObject object
          && fieldValue(object) == null
          && value instanceof JsonPrimitive) {
        object.add("value", value);
      }
    }
    return inquiry.with("fields", filled);
  }
}
