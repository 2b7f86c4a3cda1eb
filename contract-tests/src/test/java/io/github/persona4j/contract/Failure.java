package io.github.persona4j.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.SoftAssertions.assertSoftly;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.persona4j.contract.Arguments.Extent;
import io.github.persona4j.contract.Operation.DocumentedResponse;
import io.github.persona4j.error.AuthenticationException;
import io.github.persona4j.error.BadRequestException;
import io.github.persona4j.error.ConflictException;
import io.github.persona4j.error.NotFoundException;
import io.github.persona4j.error.PermissionDeniedException;
import io.github.persona4j.error.PersonaApiException;
import io.github.persona4j.error.RateLimitException;
import io.github.persona4j.error.RequestTimeoutException;
import io.github.persona4j.error.ServerException;
import io.github.persona4j.error.UnprocessableEntityException;
import io.github.persona4j.model.ErrorDocument;
import io.github.persona4j.model.ErrorObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import okhttp3.Headers;
import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;

/**
 * A documented error of an operation, which throws its exception with all details.
 *
 * @param example the name of the example of the response, null if there is none
 */
record Failure(Operation operation, DocumentedResponse response, @Nullable String example)
    implements ContractCase.OfResponse {
  private static final Map<Integer, Class<? extends PersonaApiException>> EXCEPTIONS =
      Map.of(
          400, BadRequestException.class,
          401, AuthenticationException.class,
          403, PermissionDeniedException.class,
          404, NotFoundException.class,
          409, ConflictException.class,
          422, UnprocessableEntityException.class,
          408, RequestTimeoutException.class,
          429, RateLimitException.class);

  static Stream<Failure> all(Contract contract) {
    List<Failure> all = new ArrayList<>();
    for (Operation operation : contract.shared()) {
      for (DocumentedResponse response : operation.responses()) {
        if (response.status() >= 400) {
          for (String example : response.exampleNames()) {
            all.add(new Failure(operation, response, example));
          }
        }
      }
    }
    return all.stream();
  }

  @Override
  public String variant() {
    return "error";
  }

  @Override
  public void check(CaseContext context) {
    Exchange exchange = context.exchange();
    Arguments arguments = Arguments.of(operation, Extent.MINIMAL, response, example);

    PersonaApiException thrown = thrown(context, arguments);

    assertThat(thrown).isExactlyInstanceOf(exception(status()));
    assertSoftly(
        softly -> {
          softly.assertThat(thrown.status()).as("status").isEqualTo(status());
          softly
              .assertThat(thrown.method() + " " + thrown.path())
              .as("called operation")
              .isEqualTo(exchange.sent().method() + " " + reportedPath(exchange));
          softly.assertThat(exchange.path()).as("path").isEqualTo(operation.calledPath());
          checkHeaders(softly, thrown, exchange.response().headers());
        });
    if (context.contract().isOfOurs()) {
      assertThat(thrown.requestId()).as("request id").isNotNull();
      assertThat(thrown.errors()).as("errors").isNotEmpty();
      assertThat(thrown).hasMessageContaining(" failed with " + status());
      for (ErrorObject error : thrown.errors()) {
        String code = error.code();
        String details = error.details();
        if (code != null) {
          assertThat(thrown).hasMessageContaining(code);
        }
        if (details != null) {
          assertThat(thrown).hasMessageNotContaining(details); // it may be personal data
        }
      }
    }
    if (response.isJson()) {
      checkErrors(thrown, Json.parse(exchange.responseBody()).path("errors"));
      context.checkDecoded(ErrorDocument.fromJson(thrown.body()), exchange.responseBody());
    }
  }

  /** Returns the called path; if an operation has its own authorization, without its token. */
  private String reportedPath(Exchange exchange) {
    String called = exchange.response().request().url().encodedPath();
    String authorization = exchange.sent().header("Authorization");
    return authorization == null || authorization.startsWith("Bearer ")
        ? called
        : called.replace(operation.examplePath(), operation.path());
  }

  private PersonaApiException thrown(CaseContext context, Arguments arguments) {
    try {
      context.call(operation, arguments);
    } catch (PersonaApiException e) {
      return e;
    }
    throw new AssertionError("no exception was thrown");
  }

  private static void checkHeaders(
      SoftAssertions softly, PersonaApiException thrown, Headers headers) {
    softly.assertThat(thrown.requestId()).as("request id").isEqualTo(headers.get("Request-Id"));
    softly
        .assertThat(
            Arrays.asList(
                thrown.rateLimits().limit(),
                thrown.rateLimits().remaining(),
                thrown.rateLimits().resetSeconds()))
        .as("rate limits")
        .containsExactly(
            number(headers.get("RateLimit-Limit")),
            number(headers.get("RateLimit-Remaining")),
            number(headers.get("RateLimit-Reset")));
  }

  private static void checkErrors(PersonaApiException thrown, JsonNode errors) {
    ArrayNode parsed = JsonNodeFactory.instance.arrayNode();
    for (ErrorObject error : thrown.errors()) {
      parsed.add(Json.parse(error.toJson()));
    }
    assertThat(Json.differences(errors.isArray() ? errors : parsed.arrayNode(), parsed))
        .as("differences of the errors")
        .isEmpty();
  }

  private static Class<? extends PersonaApiException> exception(int status) {
    return EXCEPTIONS.getOrDefault(
        status, status >= 500 ? ServerException.class : PersonaApiException.class);
  }

  private static @Nullable Long number(@Nullable String text) {
    return text == null ? null : Long.valueOf(text);
  }

  @Override
  public String toString() {
    return operation.id() + " " + response.status() + (example == null ? "" : " " + example);
  }
}
