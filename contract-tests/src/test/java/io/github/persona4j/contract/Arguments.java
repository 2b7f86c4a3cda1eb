package io.github.persona4j.contract;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.persona4j.contract.Operation.Body;
import io.github.persona4j.contract.Operation.DocumentedResponse;
import io.github.persona4j.contract.Operation.FormField;
import io.github.persona4j.contract.Operation.QueryParameter;
import io.github.persona4j.json.JsonModel;
import io.github.persona4j.json.UnknownParts;
import io.github.persona4j.json.UnknownParts.UnknownPart;
import io.github.persona4j.request.FormParameters;
import io.github.persona4j.request.QueryParameters;
import io.github.persona4j.request.RequestOptions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The arguments of a call, created from the examples of the description. */
final class Arguments {
  /** Which optional parts are sent. */
  enum Extent {
    /** All query parameters, and the body of the example. */
    COMPLETE,
    /** No query, and only the required properties of the body. */
    MINIMAL
  }

  private final Operation operation;
  private final Extent extent;
  private final @Nullable JsonNode body;
  private final @Nullable QueryParameters query;
  private final String preference;

  private Arguments(
      Operation operation,
      Extent extent,
      @Nullable JsonNode body,
      @Nullable QueryParameters query,
      String preference) {
    this.operation = operation;
    this.extent = extent;
    this.body = body;
    this.query = query;
    this.preference = preference;
  }

  /**
   * Returns arguments that request a response of Prism.
   *
   * @param exampleName the name of the example of the response, null for any
   */
  static Arguments of(
      Operation operation,
      Extent extent,
      DocumentedResponse response,
      @Nullable String exampleName) {
    String preference =
        "code="
            + response.status()
            + (exampleName == null ? "" : ", example=" + quoted(exampleName));
    return new Arguments(operation, extent, body(operation, extent), null, preference);
  }

  /** Returns arguments that request a generated response, reproducible by seed. */
  static Arguments generated(Operation operation, DocumentedResponse response, int seed) {
    return new Arguments(
        operation,
        Extent.MINIMAL,
        body(operation, Extent.MINIMAL),
        null,
        "code=" + response.status() + ", dynamic=true, seed=" + seed);
  }

  /** Returns these arguments with another query. */
  Arguments with(QueryParameters query) {
    return new Arguments(operation, extent, body, query, preference);
  }

  /** Returns these arguments with another body. */
  Arguments with(JsonModel body) {
    return with(Json.parse(body.toJson()));
  }

  /** Returns these arguments with another body. */
  Arguments with(JsonNode body) {
    return new Arguments(operation, extent, body, query, preference);
  }

  // Names of examples may be sentences.
  private static String quoted(String name) {
    return name.matches("[A-Za-z0-9_.-]+") ? name : '"' + name + '"';
  }

  private static @Nullable JsonNode body(Operation operation, Extent extent) {
    Body body = operation.body();
    if (body == null || body.examples().isEmpty()) {
      return null;
    }
    JsonNode example = body.examples().values().iterator().next();
    return extent == Extent.COMPLETE ? example : Samples.requiredOnly(body.schema(), example);
  }

  /** Returns the example of a header parameter. */
  String header(String name) {
    if (name.equals("Authorization")) {
      // A security scheme in the description, which has no example.
      return "PrivateToken token=c2FtcGxl";
    }
    String value = operation.headers().get(name);
    if (value == null) {
      throw new AssertionError(operation + " has no header " + name);
    }
    return value;
  }

  /** Returns the example of a path parameter. */
  String path(String name) {
    String value = operation.pathParameters().get(name);
    if (value == null) {
      throw new AssertionError(operation + " has no path parameter " + name);
    }
    return value;
  }

  /** Returns a value for a query parameter that is an argument. */
  String query(String name) {
    for (QueryParameter parameter : operation.queryParameters()) {
      if (parameter.name().equals(name)) {
        return Samples.of(parameter.schema());
      }
    }
    throw new AssertionError(operation + " has no query parameter " + name);
  }

  /** Returns the example of the body, or null if the operation has none. */
  @Nullable JsonNode body() {
    return body;
  }

  /** Returns the body as a model without unknown parts, created with its builder. */
  <T extends JsonModel> T body(Class<T> type) {
    if (body == null) {
      throw new AssertionError(operation + " has no example of a request body");
    }
    T model = BuiltModel.of(type, body);
    List<UnknownPart> unknownParts = UnknownParts.in(model, Contract.openSchemas());
    if (!unknownParts.isEmpty()) {
      throw new AssertionError(operation + ", request: " + unknownParts);
    }
    return model;
  }

  /** Returns the query: with all parameters set to valid values, or empty. */
  QueryParameters query(Class<?> type) {
    if (query != null) {
      return query;
    }
    QueryParameters.Builder<?> builder = Builders.of(type, QueryParameters.Builder.class);
    fill(builder);
    return (QueryParameters) Builders.build(builder);
  }

  /** Sets all parameters of the query, or none. */
  void fill(QueryParameters.Builder<?> builder) {
    if (extent == Extent.COMPLETE) {
      Setters.setAll(builder, operation);
    }
  }

  /** Returns whether the body is a form. */
  boolean isForm() {
    return operation.body() != null && !operation.body().isJson();
  }

  /** Returns the value of a field of the form by the name of its argument. */
  String fieldOf(String argument) {
    Map<String, String> fields = fields();
    for (FormField field : operation.form()) {
      if (field.argument().equals(argument)) {
        return fields.getOrDefault(field.name(), "sample");
      }
    }
    return fields.entrySet().stream()
        .filter(field -> Names.letters(field.getKey()).equals(Names.letters(argument)))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseThrow(() -> new AssertionError(operation + " has no field " + argument));
  }

  /** Returns the fields of the form, by the names that are sent. */
  Map<String, String> fields() {
    Map<String, String> fields = new LinkedHashMap<>();
    if (body != null) {
      body.properties().forEach(field -> fields.put(field.getKey(), field.getValue().asText()));
    } else {
      for (FormField field : operation.form()) {
        if (field.required() || extent == Extent.COMPLETE) {
          fields.put(field.name(), field.file() ? "sample.csv" : "sample");
        }
      }
    }
    return fields;
  }

  /** Sets the fields of the form and returns the builder. */
  FormParameters.Builder<?> form(FormParameters.Builder<?> builder) {
    Setters.set(builder, operation, fields());
    return builder;
  }

  /** Returns the options, which select the response of Prism. */
  RequestOptions options() {
    return RequestOptions.builder().header("Prefer", preference).maxRetries(0).build();
  }
}
