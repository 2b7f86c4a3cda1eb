package io.github.persona4j.contract;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.persona4j.contract.Operation.Answer;
import io.github.persona4j.contract.Operation.Body;
import io.github.persona4j.json.JsonModel;
import io.github.persona4j.json.JsonType;
import io.github.persona4j.json.Leftovers;
import io.github.persona4j.request.QueryParameters;
import io.github.persona4j.request.RequestOptions;
import java.util.List;
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

  private static @Nullable JsonNode body(Operation operation, Extent extent) {
    Body body = operation.body();
    if (body == null || body.examples().isEmpty()) {
      return null;
    }
    JsonNode example = body.examples().values().iterator().next();
    return extent == Extent.WHOLE ? example : Samples.requiredOnly(body.schema(), example);
  }

  /** The example of a path parameter. */
  String path(String name) {
    String value = operation.pathParameters().get(name);
    if (value == null) {
      throw new AssertionError(operation + " has no path parameter " + name);
    }
    return value;
  }

  /** The body as JSON, null where the operation has none. */
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
  <B extends QueryParameters.Builder<B>> B query(B builder) {
    if (extent == Extent.WHOLE) {
      QuerySetters.setAll(builder, operation);
    }
    return builder;
  }

  /** Options that tell Prism which answer is wanted. */
  RequestOptions options() {
    return RequestOptions.builder().header("Prefer", preference).build();
  }
}
