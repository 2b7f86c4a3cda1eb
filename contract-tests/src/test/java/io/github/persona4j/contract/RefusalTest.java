package io.github.persona4j.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.persona4j.contract.Operation.Body;
import io.github.persona4j.contract.Operation.QueryParameter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests that break the description are refused, so that the other tests prove something. */
@ExtendWith(RunningPrism.class)
class RefusalTest {
  @ParameterizedTest(name = "{0}")
  @MethodSource("brokenRequests")
  void brokenRequest_isRefusedByPrism(Broken broken, PrismServer prism) throws IOException {
    try (Response answer = Contract.plainHttp().newCall(broken.request(prism)).execute()) {
      assertThat(answer.code()).as("%s", broken).isBetween(400, 499);
      assertThat(Exchange.violation(answer, answer.body().string()))
          .as("%s", broken)
          .contains(broken.expected());
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("brokenRequests")
  void brokenRequestBehindAClient_failsWithOperationAndViolation(Broken broken, PrismServer prism) {
    assertThatThrownBy(() -> watched(prism).newCall(broken.request(prism)).execute())
        .isInstanceOf(ContractViolation.class)
        .hasMessageStartingWith(broken.operation().id() + ": ")
        .hasMessageContaining(broken.expected());
  }

  @Test
  void pathThatIsNotDescribed_failsWithItsName(PrismServer prism) {
    Request request = new Request.Builder().url(prism.baseUrl() + "/no-such-path").build();

    assertThatThrownBy(() -> watched(prism).newCall(request).execute())
        .isInstanceOf(ContractViolation.class)
        .hasMessageStartingWith("GET /no-such-path: ")
        .hasMessageContaining("NO_PATH_MATCHED");
  }

  @Test
  void statusThatIsNotDescribed_failsTheCall(PrismServer prism) {
    Operation operation = Contract.mocked().get(0);
    Request request =
        new Broken(operation, "", true, null, null, "")
            .to(prism)
            .header("Prefer", "code=418")
            .build();

    assertThatThrownBy(() -> watched(prism).newCall(request).execute())
        .isInstanceOf(ContractViolation.class)
        .hasMessageStartingWith(operation.id() + ": ")
        .hasMessageContaining("418");
  }

  private static OkHttpClient watched(PrismServer prism) {
    return Contract.plainHttp().newBuilder().addInterceptor(Contract.exchange(prism)).build();
  }

  static Stream<Broken> brokenRequests() {
    List<Broken> requests = new ArrayList<>();
    for (Operation operation : Contract.mocked()) {
      if (operation.secured()) {
        requests.add(new Broken(operation, "no key", false, null, body(operation), "security"));
      }
      for (QueryParameter parameter : operation.queryParameters()) {
        String misfit = parameter.map() ? null : Samples.misfit(parameter.schema());
        if (misfit != null) {
          String pair = parameter.name() + "=" + misfit;
          requests.add(
              new Broken(operation, pair, true, pair, body(operation), "Request query parameter"));
        }
      }
      Body body = operation.body();
      if (body != null && body.isJson()) {
        requests.add(new Broken(operation, "body is a list", true, null, "[]", "Request body"));
        if (body.required()) {
          requests.add(new Broken(operation, "no body", true, null, null, "Body parameter"));
        }
      }
    }
    return requests.stream();
  }

  private static @Nullable String body(Operation operation) {
    Body body = operation.body();
    return body == null || !body.isJson()
        ? null
        : body.examples().values().stream()
            .findFirst()
            .orElse(JsonNodeFactory.instance.objectNode())
            .toString();
  }

  /**
   * A request with one fault.
   *
   * @param query one query parameter as {@code name=value}, null for none
   * @param expected a part of what Prism says about it
   */
  record Broken(
      Operation operation,
      String fault,
      boolean withKey,
      @Nullable String query,
      @Nullable String body,
      String expected) {

    Request request(PrismServer prism) {
      return to(prism).build();
    }

    Request.Builder to(PrismServer prism) {
      HttpUrl.Builder url = HttpUrl.get(prism.baseUrl() + operation.examplePath()).newBuilder();
      if (query != null) {
        int equals = query.indexOf('=');
        url.addQueryParameter(query.substring(0, equals), query.substring(equals + 1));
      }
      MediaType json = MediaType.get("application/json");
      RequestBody content =
          operation.method().equals("GET")
              ? null
              : body == null
                  ? RequestBody.create(new byte[0], null)
                  : RequestBody.create(body, json);
      Request.Builder request =
          new Request.Builder().url(url.build()).method(operation.method(), content);
      return withKey ? request.header("Authorization", "Bearer persona_sandbox_x") : request;
    }

    @Override
    public String toString() {
      return operation.id() + ", " + fault;
    }
  }
}
