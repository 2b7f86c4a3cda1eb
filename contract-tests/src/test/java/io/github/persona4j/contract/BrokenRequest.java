package io.github.persona4j.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.persona4j.contract.Operation.Body;
import io.github.persona4j.contract.Operation.QueryParameter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * A request with one fault, sent without the client, which Prism must reject. This proves that
 * Prism checks the requests of the other cases.
 *
 * @param query one query parameter as {@code name=value}, null for none
 * @param expected a part of the message of Prism
 */
record BrokenRequest(
    Operation operation,
    String fault,
    boolean withKey,
    @Nullable String query,
    @Nullable String body,
    String expected)
    implements ContractCase.OfOperation {
  private static final MediaType JSON = MediaType.get("application/json");

  static Stream<BrokenRequest> all(Contract contract) {
    List<BrokenRequest> all = new ArrayList<>();
    for (Operation operation : contract.shared()) {
      String example = example(operation);
      if (operation.secured()) {
        all.add(new BrokenRequest(operation, "no key", false, null, example, "security"));
      }
      for (QueryParameter parameter : operation.queryParameters()) {
        String invalid = parameter.map() ? null : Samples.invalid(parameter.schema());
        if (invalid != null) {
          String pair = parameter.name() + "=" + invalid;
          all.add(
              new BrokenRequest(operation, pair, true, pair, example, "Request query parameter"));
        }
      }
      Body body = operation.body();
      if (body != null && body.isJson()) {
        all.add(new BrokenRequest(operation, "body is a list", true, null, "[]", "Request body"));
        if (body.required()) {
          all.add(new BrokenRequest(operation, "no body", true, null, null, "Body parameter"));
        }
      }
    }
    return all.stream();
  }

  @Override
  public int status() {
    return 0;
  }

  @Override
  public String variant() {
    return "broken: " + fault;
  }

  @Override
  public void check(CaseContext context) throws IOException {
    try (Response response = context.http().newCall(request(context.prism()).build()).execute()) {
      throw new ContractViolation(Outcome.ACCEPTED, "status " + response.code());
    } catch (ContractViolation violation) {
      if (violation.outcome() != Outcome.REJECTED) {
        throw violation;
      }
      assertThat(context.exchange().response().code()).as("status").isBetween(400, 499);
      if (context.contract().isOfOurs()) {
        assertThat(violation)
            .hasMessageStartingWith(operation.id() + ": ")
            .hasMessageContaining(expected);
      }
    }
  }

  Request.Builder request(PrismServer prism) {
    HttpUrl.Builder url = HttpUrl.get(prism.baseUrl() + operation.examplePath()).newBuilder();
    for (QueryParameter parameter : operation.queryParameters()) {
      if (parameter.required() && (query == null || !query.startsWith(parameter.name() + "="))) {
        url.addQueryParameter(parameter.name(), Samples.of(parameter.schema()));
      }
    }
    if (query != null) {
      int equals = query.indexOf('=');
      url.addQueryParameter(query.substring(0, equals), query.substring(equals + 1));
    }
    RequestBody content =
        operation.method().equals("GET")
            ? null
            : body == null ? RequestBody.create(new byte[0], null) : RequestBody.create(body, JSON);
    Request.Builder request =
        new Request.Builder().url(url.build()).method(operation.method(), content);
    return withKey ? request.header("Authorization", "Bearer persona_sandbox_x") : request;
  }

  private static @Nullable String example(Operation operation) {
    Body body = operation.body();
    return body == null || !body.isJson()
        ? null
        : body.examples().values().stream()
            .findFirst()
            .orElse(JsonNodeFactory.instance.objectNode())
            .toString();
  }

  @Override
  public String toString() {
    return operation.id() + ", " + fault;
  }
}
