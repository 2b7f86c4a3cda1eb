package io.github.persona4j.testing;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.persona4j.testing.internal.http.ApiFailure;
import io.github.persona4j.testing.internal.http.ApiRequest;
import io.github.persona4j.testing.internal.http.FakeResponse;
import io.github.persona4j.testing.internal.http.OperationPattern;
import io.github.persona4j.testing.internal.http.Query;
import io.github.persona4j.testing.internal.json.Inflection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Executes the operation of a request, and applies sparse fields and the casing. */
final class FakeApi {
  static final String PREFIX = OperationPattern.PREFIX;

  private final EventOperations events;
  private final InquiryOperations inquiries;
  private final InquiryCreation creation;

  FakeApi(Store store, PageFaults pageFaults) {
    Pages pages = new Pages(pageFaults);
    this.events = new EventOperations(store, pages);
    this.inquiries = new InquiryOperations(store, pages);
    this.creation = new InquiryCreation(store);
  }

  FakeResponse execute(ApiRequest request) {
    Inflection inflection = inflection(request.header("Key-Inflection"));
    Query query = Query.parse(request.rawQuery());
    JsonObject document = document(request, query);
    limitAttributes(document, query.sparseFields());
    return FakeResponse.json(
        request.method().equals("POST") ? 201 : 200, inflection.apply(document));
  }

  private static Inflection inflection(@Nullable String header) {
    Inflection inflection = header == null ? Inflection.KEBAB : Inflection.named(header);
    if (inflection == null) {
      throw ApiFailure.badRequest("Key-Inflection must be kebab, camel or snake.");
    }
    return inflection;
  }

  private JsonObject document(ApiRequest request, Query query) {
    String path = request.path();
    if (!path.startsWith(PREFIX + "/")) {
      throw ApiFailure.notFound();
    }
    String[] segments = path.substring(PREFIX.length() + 1).split("/", -1);
    String id = segments.length == 2 ? segments[1] : "";
    String call = request.method() + ' ' + segments[0] + (segments.length == 1 ? "" : "/{id}");
    if (segments.length > 2 || (segments.length == 2 && id.isEmpty())) {
      throw ApiFailure.notFound();
    }
    return switch (call) {
      case "GET events" -> events.list(path, query);
      case "GET events/{id}" -> events.retrieve(id, query);
      case "GET inquiries" -> inquiries.list(path, query);
      case "GET inquiries/{id}" -> inquiries.retrieve(id, query);
      case "POST inquiries" -> creation.create(request, query);
      default -> throw ApiFailure.notFound();
    };
  }

  private static void limitAttributes(JsonObject document, Map<String, Set<String>> sparseFields) {
    if (sparseFields.isEmpty()) {
      return;
    }
    for (JsonObject resource : resources(document)) {
      Set<String> wanted = sparseFields.get(resource.get("type").getAsString());
      if (wanted != null) {
        resource.getAsJsonObject("attributes").keySet().retainAll(wanted);
      }
    }
  }

  private static List<JsonObject> resources(JsonObject document) {
    List<JsonObject> resources = new ArrayList<>();
    for (String member : List.of("data", "included")) {
      JsonElement element = document.get(member);
      if (element instanceof JsonObject resource) {
        resources.add(resource);
      } else if (element != null) {
        element.getAsJsonArray().forEach(item -> resources.add(item.getAsJsonObject()));
      }
    }
    return resources;
  }
}
