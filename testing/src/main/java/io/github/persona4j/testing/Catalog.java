package io.github.persona4j.testing;

import com.google.gson.JsonObject;
import io.github.persona4j.testing.internal.json.Json;
import io.github.persona4j.testing.internal.store.Ids;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The templates and users that inquiries refer to. Any other template id is accepted, too. */
final class Catalog {
  static final List<String> INQUIRY_TEMPLATES =
      List.of(Ids.of("itmpl", "identity"), Ids.of("itmpl", "age"), Ids.of("itmpl", "address"));

  private static final List<String> NAMES =
      List.of("Identity check", "Age check", "Proof of address");

  private Catalog() {}

  static String versionOf(String inquiryTemplateId) {
    return Ids.of("itmplv", inquiryTemplateId);
  }

  static JsonObject inquiryTemplate(String id) {
    int known = INQUIRY_TEMPLATES.indexOf(id);
    return Json.resource(
        "inquiry-template",
        id,
        Json.object(
            "name", known < 0 ? "Custom template" : NAMES.get(known),
            "status", "active",
            "embedded-flow-domain-allowlist", List.of(),
            "field-schemas", List.of(),
            "hosted-flow-redirect-uri-schemes", List.of(),
            "hosted-flow-subdomains", List.of()),
        Json.object(
            "latest-published-version", Json.toOne("inquiry-template-version", versionOf(id))));
  }

  static JsonObject inquiryTemplateVersion(String id, @Nullable String inquiryTemplateId) {
    return Json.resource(
        "inquiry-template-version",
        id,
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
            Instant.parse("2023-11-01T09:00:00Z"),
            "published-at",
            Instant.parse("2023-11-02T09:00:00Z"),
            "updated-at",
            Instant.parse("2023-11-02T09:00:00Z"),
            "last-updater",
            null),
        Json.object("inquiry-template", Json.toOne("inquiry-template", inquiryTemplateId)));
  }

  static JsonObject template(String id) {
    return Json.resource("template", id, Json.object("name", "Earlier template"), new JsonObject());
  }

  static JsonObject reviewer(String id) {
    return Json.resource(
        "user",
        id,
        Json.object(
            "email-address", "reviewer@example.com", "name-first", "Ines", "name-last", "Tarrant"),
        new JsonObject());
  }
}
