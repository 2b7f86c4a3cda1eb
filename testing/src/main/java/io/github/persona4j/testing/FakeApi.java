package io.github.persona4j.testing;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.persona4j.testing.internal.http.ApiFailure;
import io.github.persona4j.testing.internal.http.ApiRequest;
import io.github.persona4j.testing.internal.http.FakeResponse;
import io.github.persona4j.testing.internal.http.IdempotencyStore;
import io.github.persona4j.testing.internal.http.Query;
import io.github.persona4j.testing.internal.http.RateWindow;
import io.github.persona4j.testing.internal.json.Inflection;
import io.github.persona4j.testing.internal.store.Ids;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Handles a request: checks the key, the rate limit, the idempotency store and the version,
 * executes the operation, and applies the casing. Key and rate limit are checked before the store,
 * so that a rejected request does not use its idempotency key.
 */
final class FakeApi {
  static final String PREFIX = "/api/v1";

  private static final Set<String> VERSIONS =
      Set.of(
          "2020-05-18",
          "2021-02-21",
          "2021-05-14",
          "2021-07-05",
          "2021-08-18",
          "2022-09-01",
          "2023-01-05",
          "2025-10-27",
          "2025-12-08");

  private final byte[] authorization;
  private final RateWindow rateWindow;
  private final IdempotencyStore idempotency;
  private final EventOperations events;
  private final InquiryOperations inquiries;
  private final InquiryCreation creation;

  FakeApi(
      String apiKey,
      RateWindow rateWindow,
      InstantSource clock,
      Store store,
      PageFaults pageFaults) {
    this.authorization = ("bearer " + apiKey).getBytes(StandardCharsets.UTF_8);
    this.rateWindow = rateWindow;
    this.idempotency = new IdempotencyStore(clock);
    Pages pages = new Pages(pageFaults);
    this.events = new EventOperations(store, pages);
    this.inquiries = new InquiryOperations(store, pages);
    this.creation = new InquiryCreation(store);
  }

  /**
   * Returns the response, with the headers that every response has. The fault may replace the
   * operation.
   */
  FakeResponse handle(ApiRequest request, UnaryOperator<Supplier<FakeResponse>> fault) {
    FakeResponse response;
    try {
      response = checked(request, fault.apply(() -> execute(request)));
    } catch (ApiFailure e) {
      response = e.response();
    }
    Map<String, String> headers = new HashMap<>(rateWindow.headers());
    headers.put("Request-Id", UUID.randomUUID().toString());
    headers.put("Persona-Environment-Id", Ids.of("env", "sandbox"));
    headers.put("Persona-Organization-Id", Ids.of("org", "fake"));
    return response.withDefaultHeaders(headers);
  }

  private FakeResponse checked(ApiRequest request, Supplier<FakeResponse> execution) {
    if (!authorized(request.header("Authorization"))) {
      throw ApiFailure.titleOnly(401, "Not authenticated");
    }
    if (!rateWindow.tryAcquire()) {
      throw ApiFailure.titleOnly(429, "Too many requests");
    }
    String key = request.header("Idempotency-Key");
    return request.method().equals("POST") && key != null
        ? idempotency.execute(key, request, execution)
        : execution.get();
  }

  private boolean authorized(@Nullable String header) {
    if (header == null || header.length() < "bearer ".length()) {
      return false;
    }
    int end = "bearer ".length();
    String given = header.substring(0, end).toLowerCase(Locale.ROOT) + header.substring(end);
    return MessageDigest.isEqual(authorization, given.getBytes(StandardCharsets.UTF_8));
  }

  /** Turns failures into responses, since the idempotency store keeps those, too. */
  private FakeResponse execute(ApiRequest request) {
    try {
      String version = request.header("Persona-Version");
      if (version != null && !VERSIONS.contains(version)) {
        throw ApiFailure.badRequest("There is no such Persona-Version.");
      }
      Inflection inflection = inflection(request.header("Key-Inflection"));
      Query query = Query.parse(request.rawQuery());
      JsonObject document = document(request, query);
      limitAttributes(document, query.sparseFields());
      return FakeResponse.json(
          request.method().equals("POST") ? 201 : 200, inflection.apply(document));
    } catch (ApiFailure e) {
      return e.response();
    }
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
