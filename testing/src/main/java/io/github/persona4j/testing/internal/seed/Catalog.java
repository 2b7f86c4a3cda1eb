package io.github.persona4j.testing.internal.seed;

import com.google.gson.JsonObject;
import io.github.persona4j.testing.internal.json.Json;
import io.github.persona4j.testing.internal.store.Ids;
import io.github.persona4j.testing.internal.store.ObjectStore;
import io.github.persona4j.testing.internal.store.StoredObject;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The templates and users that inquiries refer to. Any other template id is accepted, too. */
public final class Catalog {
  public static final List<String> INQUIRY_TEMPLATES =
      List.of(Ids.of("itmpl", "identity"), Ids.of("itmpl", "age"), Ids.of("itmpl", "address"));

  private static final List<String> NAMES =
      List.of("Identity check", "Age check", "Proof of address");

  /** The user that decides seeded inquiries. */
  public static final String REVIEWER = Ids.of("user", "reviewer");

  static final Instant CREATED = Instant.parse("2023-11-01T09:00:00Z");
  private static final Instant PUBLISHED = Instant.parse("2023-11-02T09:00:00Z");

  private Catalog() {}

  public static String versionOf(String inquiryTemplateId) {
    return Ids.of("itmplv", inquiryTemplateId);
  }

  /** Adds the templates and the users to the store. */
  static void addTo(ObjectStore store) {
    INQUIRY_TEMPLATES.forEach(template -> ensureTemplate(store, template));
    store.add(
        StoredObject.of(
            "user",
            REVIEWER,
            CREATED,
            Json.object(
                "email-address",
                "reviewer@example.com",
                "name-first",
                "Ines",
                "name-last",
                "Tarrant"),
            new JsonObject()));
  }

  /** Adds an inquiry template and its version, unless the store has it. */
  public static void ensureTemplate(ObjectStore store, String id) {
    if (store.find(id) != null) {
      return;
    }
    int known = INQUIRY_TEMPLATES.indexOf(id);
    StoredObject template =
        StoredObject.of(
            "inquiry-template",
            id,
            CREATED,
            Json.object(
                "name", known < 0 ? "Custom template" : NAMES.get(known),
                "status", "active",
                "embedded-flow-domain-allowlist", List.of(),
                "field-schemas", List.of(),
                "hosted-flow-redirect-uri-schemes", List.of(),
                "hosted-flow-subdomains", List.of()),
            Json.object(
                "latest-published-version", Json.toOne("inquiry-template-version", versionOf(id))));
    store.add(template);
    ensureVersion(store, versionOf(id), template);
  }

  /** Adds a version of an inquiry template, unless the store has it. */
  public static void ensureVersion(
      ObjectStore store, String id, @Nullable StoredObject inquiryTemplate) {
    if (store.find(id) != null) {
      return;
    }
    StoredObject version =
        StoredObject.of(
            "inquiry-template-version",
            id,
            CREATED,
            Json.object(
                "name-display",
                "Version 1",
                "description",
                null,
                "status",
                "published",
                "live",
                true,
                "enabled-locales",
                List.of("en"),
                "created-at",
                CREATED,
                "published-at",
                PUBLISHED,
                "updated-at",
                PUBLISHED,
                "last-updater",
                null),
            new JsonObject());
    store.add(version.withRelated("inquiry-template", inquiryTemplate));
  }

  /** Adds a template of the former kind, unless the store has it. */
  public static void ensureFormerTemplate(ObjectStore store, String id) {
    if (store.find(id) == null) {
      store.add(
          StoredObject.of(
              "template", id, CREATED, Json.object("name", "Earlier template"), new JsonObject()));
    }
  }
}
