package io.github.persona4j.testing;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.persona4j.testing.internal.http.ApiFailure;
import io.github.persona4j.testing.internal.http.Query;
import io.github.persona4j.testing.internal.json.Inflection;
import io.github.persona4j.testing.internal.json.Json;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Adds the resources that {@code include} requests to the document of an inquiry. */
final class Inclusion {
  private static final String LATEST_VERSION = "inquiry-template.latest-published-version";

  private static final Set<String> KNOWN =
      Set.of(
          "account",
          "documents",
          "inquiry-template",
          LATEST_VERSION,
          "inquiry-template-version",
          "reports",
          "reviewer",
          "selfies",
          "sessions",
          "template",
          "transaction",
          "verifications");

  private final Store store;

  Inclusion(Store store) {
    this.store = store;
  }

  /** Returns the requested relationships; null if the request has no {@code include}. */
  @Nullable Set<String> paths(Query query) {
    Set<String> list = query.list("include");
    if (list == null) {
      return null;
    }
    Set<String> paths = new LinkedHashSet<>();
    for (String item : list) {
      String path = Inflection.kebab(item);
      if (!KNOWN.contains(path)) {
        throw ApiFailure.badRequest("include names a relationship that an inquiry does not have.");
      }
      if (path.equals(LATEST_VERSION)) {
        paths.add("inquiry-template"); // intermediate resources are included, too
      }
      paths.add(path);
    }
    return paths;
  }

  void addTo(JsonObject document, Inquiry inquiry, @Nullable Set<String> paths) {
    if (paths == null) {
      return;
    }
    Set<JsonElement> included = new LinkedHashSet<>(); // two paths may have the same resource
    paths.forEach(path -> included.addAll(resources(inquiry, path)));
    document.add("included", Json.array(included));
  }

  private List<JsonObject> resources(Inquiry inquiry, String path) {
    String template = inquiry.inquiryTemplateId();
    return switch (path) {
      case "account" -> {
        Account account = inquiry.accountId() == null ? null : store.account(inquiry.accountId());
        yield account == null ? List.of() : List.of(account.json());
      }
      case "inquiry-template" ->
          template == null ? List.of() : List.of(Catalog.inquiryTemplate(template));
      case LATEST_VERSION ->
          template == null
              ? List.of()
              : List.of(Catalog.inquiryTemplateVersion(Catalog.versionOf(template), template));
      case "inquiry-template-version" -> {
        String version = inquiry.inquiryTemplateVersionId();
        yield version == null
            ? List.of()
            : List.of(Catalog.inquiryTemplateVersion(version, template));
      }
      case "template" ->
          inquiry.templateId() == null
              ? List.of()
              : List.of(Catalog.template(inquiry.templateId()));
      case "reviewer" -> {
        String reviewer = inquiry.reviewerId();
        yield reviewer == null ? List.of() : List.of(Catalog.reviewer(reviewer));
      }
      case "sessions" -> inquiry.sessions();
      case "verifications" -> inquiry.verifications();
      default -> List.of(); // inquiries of the fake have none of the others
    };
  }
}
