package io.github.persona4j.testing;

import com.google.gson.JsonObject;
import io.github.persona4j.testing.internal.http.ApiFailure;
import io.github.persona4j.testing.internal.http.Query;
import io.github.persona4j.testing.internal.json.Json;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The operations that read inquiries. */
final class InquiryOperations {
  private static final List<String> LIST_PARAMETERS =
      Stream.concat(
              Pages.PARAMETERS.stream(),
              Stream.of(
                  "filter[account-id]",
                  "filter[created-at-end]",
                  "filter[created-at-start]",
                  "filter[inquiry-id]",
                  "filter[inquiry-template-id]",
                  "filter[note]",
                  "filter[reference-id]",
                  "filter[status]",
                  "filter[template-id]"))
          .toList();

  private final Store store;
  private final Pages pages;
  private final Inclusion inclusion;

  InquiryOperations(Store store, Pages pages) {
    this.store = store;
    this.pages = pages;
    this.inclusion = new Inclusion(store);
  }

  JsonObject list(String path, Query query) {
    query.allowOnly(LIST_PARAMETERS);
    return pages.page(path, query, store.inquiries, filter(query), Inquiry::json);
  }

  private static Predicate<Inquiry> filter(Query query) {
    Set<String> accounts = query.list("filter[account-id]");
    Set<String> ids = query.list("filter[inquiry-id]");
    Set<String> inquiryTemplates = query.list("filter[inquiry-template-id]");
    Set<String> templates = query.list("filter[template-id]");
    Set<String> references = query.list("filter[reference-id]");
    Set<String> statuses = query.list("filter[status]");
    String note = query.get("filter[note]"); // not a list: a note may contain commas
    Instant start = time(query, "filter[created-at-start]");
    Instant end = time(query, "filter[created-at-end]");
    return inquiry ->
        matches(inquiry.accountId(), accounts)
            && matches(inquiry.id(), ids)
            && matches(inquiry.inquiryTemplateId(), inquiryTemplates)
            && matches(inquiry.templateId(), templates)
            && matches(inquiry.referenceId(), references)
            && matches(inquiry.status(), statuses)
            && (note == null || note.equals(inquiry.note()))
            && (start == null || !inquiry.createdAt().isBefore(start))
            && (end == null || !inquiry.createdAt().isAfter(end));
  }

  private static boolean matches(@Nullable String value, @Nullable Set<String> wanted) {
    return wanted == null || (value != null && wanted.contains(value));
  }

  private static @Nullable Instant time(Query query, String name) {
    String text = query.get(name);
    if (text == null) {
      return null;
    }
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException e) {
      throw ApiFailure.badRequest(name + " must be an ISO 8601 time with an offset.");
    }
  }

  JsonObject retrieve(String id, Query query) {
    Set<String> include = inclusion.paths(query);
    Inquiry inquiry = store.inquiries.find(id);
    if (inquiry == null) {
      throw ApiFailure.notFound();
    }
    JsonObject document = Json.object("data", inquiry.json());
    inclusion.addTo(document, inquiry, include);
    return document;
  }
}
