package io.github.persona4j.contract;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.persona4j.contract.Operation.Answer;
import io.github.persona4j.contract.Operation.Body;
import io.github.persona4j.contract.Operation.FormField;
import io.github.persona4j.json.JsonModel;
import io.github.persona4j.json.JsonType;
import io.github.persona4j.json.Leftovers;
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
  private final String preference;

  private Arguments(
      Operation operation, Extent extent, @Nullable JsonNode body, String preference) {
    this.operation = operation;
    this.extent = extent;
    this.body = body;
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
        "code=" + answer.status() + (answerExample == null ? "" : ", example=" + answerExample);
    return new Arguments(operation, extent, body(operation, extent), preference);
  }

  /** Arguments that ask Prism to make up an answer. */
  static Arguments dynamic(Operation operation, Answer answer) {
    return new Arguments(
        operation,
        Extent.MINIMAL,
        body(operation, Extent.MINIMAL),
        "code=" + answer.status() + ", dynamic=true");
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

  /** The example of the body, null where the operation has none. */
  @Nullable JsonNode body() {
    return body;
  }

  /** The body as a model that knows all of it. */
  <T extends JsonModel> T body(JsonType<T> type) {
    if (body == null) {
      throw new AssertionError(operation + " has no example of a request body");
    }
    T model = type.fromJson(body.toString(), true);
    List<String> leftovers = Leftovers.in(model, Contract.openSchemas());
    if (!leftovers.isEmpty()) {
      throw new AssertionError(operation + ", request: " + leftovers);
    }
    return model;
  }

  /** The builder with every parameter set to a value that fits, or as it is. */
  QueryParameters.Builder<?> query(QueryParameters.Builder<?> builder) {
    if (extent == Extent.WHOLE) {
      Setters.setAll(builder, operation);
    }
    return builder;
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
