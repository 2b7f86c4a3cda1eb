package io.github.persona4j.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.persona4j.contract.Operation.Body;
import io.github.persona4j.contract.Operation.FormField;
import io.github.persona4j.contract.Operation.QueryParameter;
import io.github.persona4j.testing.FakePersona;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import okhttp3.FormBody;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.MultipartBody;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Requests of the examples of the description, sent to a server that keeps objects: an id of an
 * example is replaced by that of a new object, which is created by the operation for its type.
 */
final class FakeRequests {
  private static final MediaType JSON = MediaType.get("application/json");
  private static final String SEARCH =
      "{\"query\":{\"attribute\":\"%s\",\"operator\":\"gt\",\"value\":\"2020-01-01T00:00:00Z\"}}";
  private static final String CSV = "value\nada@example.com\n";

  /** What a server responds. */
  record Result(int status, @Nullable String contentType, String body, String request) {
    JsonNode json() {
      return Json.parse(body);
    }
  }

  private final FakePersona persona;
  private final List<Operation> operations;
  private final OkHttpClient http;
  private final Map<String, String> typesByPrefix = new LinkedHashMap<>();
  private final Map<String, Operation> creators = new LinkedHashMap<>();

  FakeRequests(FakePersona persona, Description description, OkHttpClient http) {
    this.persona = persona;
    this.operations = Operations.of(description);
    this.http = http;
    for (Operation operation : operations) {
      String name = operation.id().substring(operation.id().indexOf('.') + 1);
      if (operation.method().equals("POST")
          && !operation.path().contains("{")
          && (name.startsWith("create") || name.startsWith("import"))) {
        creators.putIfAbsent(dataType(operation), operation);
      }
    }
    description.resources().forEach(this::addType);
  }

  private void addType(String type, JsonNode example) {
    String prefix = prefixOf(example.path("id").asText());
    if (creators.containsKey(type)) {
      typesByPrefix.put(prefix, type);
    } else {
      typesByPrefix.putIfAbsent(prefix, type);
    }
  }

  /** Sends the example request of an operation, for new objects. */
  Result send(Operation operation) throws IOException {
    return send(example(operation));
  }

  /** Sends a request for an object that does not exist. */
  Result sendForUnknown(Operation operation) throws IOException {
    String path = operation.path();
    for (String parameter : operation.pathParameters().keySet()) {
      path = path.replace("{" + parameter + "}", "none_1");
    }
    return send(request(operation, path, body(operation, new LinkedHashMap<>())));
  }

  /** Returns the example request of an operation, for new objects. */
  Request example(Operation operation) throws IOException {
    Map<String, String> ids = new LinkedHashMap<>();
    String path = operation.path();
    for (Map.Entry<String, String> parameter : operation.pathParameters().entrySet()) {
      // The type of the response is more exact than the prefix, which several types may share.
      boolean typed =
          !operation.method().equals("POST") && path.endsWith("{" + parameter.getKey() + "}");
      String id =
          typed
              ? idOf(dataType(operation), parameter.getValue(), ids)
              : idFor(parameter.getValue(), ids);
      path = path.replace("{" + parameter.getKey() + "}", id);
    }
    prepare(operation, path);
    // Another map, since the objects of a body are not the object of the path.
    return request(operation, path, body(operation, new LinkedHashMap<>()));
  }

  /** Executes what must have happened to an object before an operation. */
  private void prepare(Operation operation, String path) throws IOException {
    switch (operation.id()) {
      case "connect.reactivateConnection" ->
          post(path.replace("/reactivate", "/deactivate"), RequestBody.create(new byte[0]));
      case "reports.dismiss", "reports.pause", "reports.reviewMatches", "reports.run" ->
          awaitReport();
      case "reports.resume" -> {
        awaitReport();
        post(path.replace("/resume", "/pause"), RequestBody.create(new byte[0]));
      }
      default -> {}
    }
  }

  /** Lets the time pass until a new report is ready. */
  private void awaitReport() {
    persona.clock().advance(Duration.ofMinutes(1));
  }

  private void post(String path, RequestBody body) throws IOException {
    Result result =
        send(
            new Request.Builder()
                .url(persona.baseUrl() + path)
                .header("Authorization", "Bearer " + persona.apiKey())
                .post(body)
                .build());
    if (result.status() / 100 != 2) {
      throw new IllegalStateException(result.toString());
    }
  }

  private Request request(Operation operation, String path, @Nullable RequestBody body) {
    String base =
        operation.basePath() == null
            ? persona.baseUrl()
            : HttpUrl.get(persona.baseUrl())
                .newBuilder()
                .encodedPath(operation.basePath())
                .toString();
    HttpUrl.Builder url = HttpUrl.get(base + path).newBuilder();
    for (QueryParameter parameter : operation.queryParameters()) {
      if (parameter.required()) {
        url.addQueryParameter(parameter.name(), Samples.of(parameter.schema()));
      }
    }
    boolean needsBody = !operation.method().equals("GET") && !operation.method().equals("DELETE");
    Request.Builder request =
        new Request.Builder()
            .url(url.build())
            .method(
                operation.method(),
                body == null && needsBody ? RequestBody.create(new byte[0]) : body);
    operation.headers().forEach(request::header);
    request.removeHeader("Idempotency-Key");
    request.removeHeader("Persona-Version");
    request.header("Key-Inflection", "kebab");
    if (operation.secured()) {
      request.header("Authorization", "Bearer " + persona.apiKey());
    }
    return request.build();
  }

  /** Sends a request as it is. */
  Result send(Request request) throws IOException {
    try (Response response = http.newCall(request).execute()) {
      MediaType type = response.body().contentType();
      return new Result(
          response.code(),
          type == null ? null : type.type() + '/' + type.subtype(),
          response.body().string(),
          request.method() + ' ' + request.url().encodedPath());
    }
  }

  private @Nullable RequestBody body(Operation operation, Map<String, String> ids)
      throws IOException {
    Body body = operation.body();
    if (body == null) {
      return null;
    }
    if (body.isMultipart()) {
      MultipartBody.Builder form = new MultipartBody.Builder().setType(MultipartBody.FORM);
      for (FormField field : operation.form()) {
        if (field.file()) {
          form.addFormDataPart(
              field.name(), "items.csv", RequestBody.create(CSV, MediaType.get("text/csv")));
        } else if (field.required()) {
          form.addFormDataPart(field.name(), list(operation, ids));
        }
      }
      return form.build();
    }
    if (operation.id().equals("relay.createPrivacyPass")) {
      Result challenge =
          send(
              new Request.Builder()
                  .url(persona.baseUrl().replace("/api/v1", "/api/privacy/v1/relays/challenge"))
                  .post(RequestBody.create("{\"claim-type\":\"sample\"}", JSON))
                  .build());
      String keyId = challenge.json().path("token-key-id").asText();
      return RequestBody.create(
          "{\"blinded-token\":\"c2FtcGxl\",\"key-id\":\"" + keyId + "\"}", JSON);
    }
    if (operation.path().endsWith("/search")) {
      boolean byChange = operation.id().equals("webhookEvents.search");
      return RequestBody.create(SEARCH.formatted(byChange ? "updated_at" : "created_at"), JSON);
    }
    JsonNode example = body.examples().values().iterator().next();
    if (operation.id().equals("oauth.createToken")) { // the assertion of the example is not one
      return new FormBody.Builder()
          .add("grant-type", "authorization_code")
          .add("code", authorizationCode())
          .build();
    }
    if (!body.isJson()) {
      FormBody.Builder form = new FormBody.Builder();
      example.properties().forEach(field -> form.add(field.getKey(), field.getValue().asText()));
      return form.build();
    }
    JsonNode json = withIds(example, ids);
    if (operation.path().contains("list-item/")
        && json.at("/data/attributes") instanceof ObjectNode attributes) {
      attributes.put("list-id", list(operation, ids)); // one of the type of the item
    }
    return RequestBody.create(json.toString(), JSON);
  }

  private String authorizationCode() throws IOException {
    for (Operation operation : operations) {
      if (operation.id().equals("oauth.authorize")) {
        return send(operation).json().path("code").asText();
      }
    }
    throw new IllegalStateException("There is no operation to authorize an application");
  }

  /** Returns the id of a new list that an importer can fill. */
  private String list(Operation creator, Map<String, String> ids) throws IOException {
    String kind = creator.path().substring(creator.path().lastIndexOf('/'));
    for (String path : List.of("/list" + kind, "/list/strings")) { // some types have no lists
      for (Operation operation : operations) {
        if (operation.method().equals("POST") && operation.path().equals(path)) {
          return create(operation, ids);
        }
      }
    }
    throw new IllegalStateException("There is no operation to create a list for " + creator.id());
  }

  private JsonNode withIds(JsonNode example, Map<String, String> ids) throws IOException {
    if (example instanceof ObjectNode object) {
      ObjectNode copy = object.objectNode();
      for (Map.Entry<String, JsonNode> entry : object.properties()) {
        if (!entry.getKey().equals("upsert-by")) { // each object is a new one
          copy.set(entry.getKey(), withIds(entry.getValue(), ids));
        }
      }
      return copy;
    }
    if (example instanceof ArrayNode array) {
      ArrayNode copy = array.arrayNode();
      for (JsonNode item : array) {
        copy.add(withIds(item, ids));
      }
      return copy;
    }
    return example.isTextual() ? TextNode.valueOf(idFor(example.asText(), ids)) : example;
  }

  /** Returns the id of an object to use instead of an id of an example; other texts as they are. */
  private String idFor(String text, Map<String, String> ids) throws IOException {
    String type = typesByPrefix.get(prefixOf(text));
    return type == null || !text.matches("[a-z]+_[0-9A-Za-z]{24}") ? text : idOf(type, text, ids);
  }

  private String idOf(String type, String text, Map<String, String> ids) throws IOException {
    String known = ids.get(text);
    if (known != null) {
      return known;
    }
    Operation creator = creators.get(type);
    List<String> existing = persona.ids(type);
    String id =
        creator != null ? create(creator, ids) : existing.isEmpty() ? text : existing.get(0);
    ids.put(text, id);
    return id;
  }

  private static String dataType(Operation operation) {
    return data(operation).path("type").asText();
  }

  private static JsonNode data(Operation operation) {
    Operation.DocumentedResponse success = operation.success();
    return success == null || success.examples().isEmpty()
        ? MissingNode.getInstance()
        : success.examples().values().iterator().next().path("data");
  }

  private static String prefixOf(String id) {
    return id.substring(0, Math.max(0, id.lastIndexOf('_')));
  }

  private String create(Operation creator, Map<String, String> ids) throws IOException {
    Result result = send(request(creator, creator.path(), body(creator, ids)));
    if (result.status() / 100 != 2) {
      throw new IllegalStateException(
          result.request() + " failed with " + result.status() + ": " + result.body());
    }
    return result.json().at("/data/id").asText();
  }
}
