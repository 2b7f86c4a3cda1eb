package io.github.persona4j.contract;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.persona4j.contract.Operation.Answer;
import io.github.persona4j.contract.Operation.Body;
import io.github.persona4j.contract.Operation.FormField;
import io.github.persona4j.contract.Operation.QueryParameter;
import io.github.persona4j.json.JsonModel;
import io.github.persona4j.json.Leftovers;
import io.github.persona4j.json.Leftovers.Leftover;
import io.github.persona4j.request.FormParameters;
import io.github.persona4j.request.QueryParameters;
import io.github.persona4j.request.RequestOptions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The arguments of one call, made from the description's examples. */
final class Arguments {
  /** How much of what may be sent is sent. */
  enum Extent {
    /** Every query parameter, and the body as in the example. */
    WHOLE,
    /** No query, and of the body what is required. */
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
   * Arguments that ask Prism for an answer.
   *
   * @param answerExample the name of the example to answer, null for any
   */
  static Arguments of(
      Operation operation, Extent extent, Answer answer, @Nullable String answerExample) {
    String preference =
        "code="
            + answer.status()
            + (answerExample == null ? "" : ", example=" + quoted(answerExample));
    return new Arguments(operation, extent, body(operation, extent), null, preference);
  }

  /** Arguments that ask Prism to make up an answer, the same one for the same seed. */
  static Arguments madeUp(Operation operation, Answer answer, int seed) {
    return new Arguments(
        operation,
        Extent.MINIMAL,
        body(operation, Extent.MINIMAL),
        null,
        "code=" + answer.status() + ", dynamic=true, seed=" + seed);
  }

  /** These arguments with another query. */
  Arguments with(QueryParameters query) {
    return new Arguments(operation, extent, body, query, preference);
  }

  /** These arguments with another body. */
  Arguments with(JsonModel body) {
    return with(Json.parse(body.toJson()));
  }

  /** These arguments with another body. */
  Arguments with(JsonNode body) {
    return new Arguments(operation, extent, body, query, preference);
  }

  // Names of examples may be whole sentences.
  private static String quoted(String name) {
    return name.matches("[A-Za-z0-9_.-]+") ? name : '"' + name + '"';
  }

  private static @Nullable JsonNode body(Operation operation, Extent extent) {
    Body body = operation.body();
    if (body == null || body.examples().isEmpty()) {
      return null;
    }
    JsonNode example = body.examples().values().iterator().next();
    return extent == Extent.WHOLE ? example : Samples.requiredOnly(body.schema(), example);
  }

  /** The example of a header that is a parameter. */
  String header(String name) {
    if (name.equals("Authorization")) {
      // Described as a security scheme, which has no example.
      return "PrivateToken token=c2FtcGxl";
    }
    String value = operation.headers().get(name);
    if (value == null) {
      throw new AssertionError(operation + " has no header " + name);
    }
    return value;
  }

  /** The example of a path parameter. */
  String path(String name) {
    String value = operation.pathParameters().get(name);
    if (value == null) {
      throw new AssertionError(operation + " has no path parameter " + name);
    }
    return value;
  }

  /** A value for a query parameter that is an argument of its own. */
  String query(String name) {
    for (QueryParameter parameter : operation.queryParameters()) {
      if (parameter.name().equals(name)) {
        return Samples.of(parameter.schema());
      }
    }
    throw new AssertionError(operation + " has no query parameter " + name);
  }

  /** The example of the body, null where the operation has none. */
  @Nullable JsonNode body() {
    return body;
  }

  /** The body as a model that knows all of it, made with its builder. */
  <T extends JsonModel> T body(Class<T> type) {
    if (body == null) {
      throw new AssertionError(operation + " has no example of a request body");
    }
    T model = BuiltModel.of(type, body);
    List<Leftover> leftovers = Leftovers.in(model, Contract.openSchemas());
    if (!leftovers.isEmpty()) {
      throw new AssertionError(operation + ", request: " + leftovers);
    }
    return model;
  }

  /** The query: with every parameter set to a value that fits, or empty. */
  QueryParameters query(Class<?> type) {
    if (query != null) {
      return query;
    }
    QueryParameters.Builder<?> builder = Builders.of(type, QueryParameters.Builder.class);
    if (extent == Extent.WHOLE) {
      Setters.setAll(builder, operation);
    }
    return (QueryParameters) Builders.build(builder);
  }

  /** The fields of the form, by their names on the wire. */
  Map<String, String> fields() {
    Map<String, String> fields = new LinkedHashMap<>();
    if (body != null) {
      body.properties().forEach(field -> fields.put(field.getKey(), field.getValue().asText()));
    } else {
      for (FormField field : operation.form()) {
        if (field.required() || extent == Extent.WHOLE) {
          fields.put(field.name(), field.file() ? "sample.csv" : "sample");
        }
      }
    }
    return fields;
  }

  /** The builder with the fields of the form. */
  FormParameters.Builder<?> form(FormParameters.Builder<?> builder) {
    Setters.set(builder, operation, fields());
    return builder;
  }

  /** Options, also to tell Prism which answer is wanted. */
  RequestOptions options() {
    return RequestOptions.builder().header("Prefer", preference).maxRetries(0).build();
  }
}
