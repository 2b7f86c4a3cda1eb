package io.github.persona4j.contract;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.persona4j.contract.Description.Node;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * The example request of an operation in the mocked description: the examples of its body and of
 * its required parameters, sent without the client. If Prism rejects it, the description is
 * inconsistent.
 */
final class ExampleRequest {
  private final Node root;
  private final Node path;
  private final Node operation;
  private final String pathName;
  private final String method;

  private ExampleRequest(Node root, String pathName, Node path, String method, Node operation) {
    this.root = root;
    this.pathName = pathName;
    this.path = path;
    this.method = method;
    this.operation = operation;
  }

  /** Returns the reasons why Prism rejects the request of an operation; empty if it accepts it. */
  static List<String> rejection(Description description, Operation operation, PrismServer prism) {
    Node root = description.root();
    for (Map.Entry<String, Node> path : root.entries("paths").entrySet()) {
      for (Map.Entry<String, Node> method : path.getValue().entries().entrySet()) {
        if (Operation.key(method.getKey(), path.getKey()).equals(operation.key())) {
          return new ExampleRequest(
                  root, path.getKey(), path.getValue(), method.getKey(), method.getValue())
              .rejection(prism);
        }
      }
    }
    return List.of();
  }

  private List<String> rejection(PrismServer prism) {
    try (Response response = Contract.plainHttp().newCall(request(prism)).execute()) {
      Violation violation = Violation.in(response, response.body().string());
      return violation != null && violation.outcome() == Outcome.REJECTED
          ? violation.reasons()
          : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException("The example request cannot be sent", e);
    }
  }

  private Request request(PrismServer prism) {
    String filled = pathName;
    Map<String, String> query = new LinkedHashMap<>();
    Request.Builder request = new Request.Builder();
    for (Node owner : List.of(path, operation)) {
      for (Node parameter : owner.items("parameters")) {
        String name = String.valueOf(parameter.text("name"));
        String value = Samples.ofParameter(parameter);
        switch (String.valueOf(parameter.text("in"))) {
          case "path" -> filled = filled.replace("{" + name + "}", value);
          case "query" -> query.putAll(requiredQuery(name, parameter));
          case "header" -> {
            if (parameter.json().path("required").asBoolean()) {
              request.header(name, value);
            }
          }
          default -> {} // cookies are not supported
        }
      }
    }
    authorize(request, query);
    HttpUrl.Builder url = HttpUrl.get(prism.baseUrl() + filled).newBuilder();
    query.forEach(url::addQueryParameter);
    String verb = method.toUpperCase(Locale.ROOT);
    return request.url(url.build()).method(verb, verb.equals("GET") ? null : body()).build();
  }

  private static Map<String, String> requiredQuery(String name, Node parameter) {
    List<Operation.QueryParameter> parts = new ArrayList<>();
    Operations.addQuery(name, parameter, parts);
    Map<String, String> required = new LinkedHashMap<>();
    for (Operation.QueryParameter part : parts) {
      if (part.required()) {
        required.put(part.name(), Samples.of(part.schema()));
      }
    }
    return required;
  }

  private RequestBody body() {
    Node body = operation.get("requestBody");
    if (body != null) {
      for (Map.Entry<String, Node> content : body.entries("content").entrySet()) {
        for (JsonNode example : Operations.examples(content.getValue()).values()) {
          String text = example.isTextual() ? example.textValue() : example.toString();
          return RequestBody.create(text, MediaType.get(content.getKey()));
        }
      }
    }
    return RequestBody.create(new byte[0], null);
  }

  /** Sets the credentials of the first alternative of the security requirements. */
  private void authorize(Request.Builder request, Map<String, String> query) {
    JsonNode own = operation.json().get("security");
    JsonNode security = own == null ? root.json().path("security") : own;
    Node components = root.get("components");
    Map<String, Node> schemes =
        components == null ? Map.of() : components.entries("securitySchemes");
    security
        .path(0)
        .fieldNames()
        .forEachRemaining(
            name -> {
              Node scheme = schemes.get(name);
              String place = scheme == null ? null : scheme.text("in");
              String key = scheme == null ? null : scheme.text("name");
              if (key != null && "query".equals(place)) {
                query.put(key, "sample");
              } else if (key != null && "header".equals(place)) {
                request.header(key, "Bearer sample");
              } else if (scheme != null && "basic".equalsIgnoreCase(scheme.text("scheme"))) {
                request.header("Authorization", "Basic c2FtcGxlOnNhbXBsZQ==");
              } else {
                request.header("Authorization", "Bearer sample");
              }
            });
  }
}
