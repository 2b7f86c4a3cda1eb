package io.github.persona4j.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.SoftAssertions.assertSoftly;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.persona4j.contract.Arguments.Extent;
import io.github.persona4j.contract.Operation.Answer;
import io.github.persona4j.error.AuthenticationException;
import io.github.persona4j.error.BadRequestException;
import io.github.persona4j.error.ConflictException;
import io.github.persona4j.error.NotFoundException;
import io.github.persona4j.error.PermissionDeniedException;
import io.github.persona4j.error.PersonaApiException;
import io.github.persona4j.error.RateLimitException;
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
 * A documented error of an operation: it becomes the right exception, with all that it says.
 *
 * @param example the name of the example to answer, null where there is none
 */
record Failure(Operation operation, Answer answer, @Nullable String example)
    implements ContractCase.OfAnswer {
  private static final Map<Integer, Class<? extends PersonaApiException>> EXCEPTIONS =
      Map.of(
          400, BadRequestException.class,
          401, AuthenticationException.class,
          403, PermissionDeniedException.class,
          404, NotFoundException.class,
          409, ConflictException.class,
          422, UnprocessableEntityException.class,
          429, RateLimitException.class);

  static Stream<Failure> all(Contract contract) {
    List<Failure> all = new ArrayList<>();
    for (Operation operation : contract.shared()) {
      for (Answer answer : operation.answers()) {
        if (answer.status() >= 400) {
          for (String example : answer.exampleNames()) {
            all.add(new Failure(operation, answer, example));
          }
        }
      }
    }
    return all.stream();
  }

  @Override
  public String way() {
    return "error";
  }

  @Override
  public void check(Trial trial) {
    Exchange exchange = trial.exchange();
    Arguments arguments = Arguments.of(operation, Extent.MINIMAL, answer, example);

    PersonaApiException thrown = thrown(trial, arguments);

    assertThat(thrown).isExactlyInstanceOf(exception(status()));
    assertSoftly(
        softly -> {
          softly.assertThat(thrown.status()).as("status").isEqualTo(status());
          softly
              .assertThat(thrown.method() + " " + thrown.path())
              .as("what was called")
              .isEqualTo(exchange.sent().method() + " " + toldPath(exchange));
          softly.assertThat(exchange.path()).as("path").isEqualTo(operation.calledPath());
          checkHeaders(softly, thrown, exchange.answer().headers());
        });
    if (trial.contract().isOfOurs()) {
      assertThat(thrown.requestId()).as("request id").isNotNull();
      assertThat(thrown.errors()).as("errors").isNotEmpty();
      for (ErrorObject error : thrown.errors()) {
        assertThat(thrown).hasMessageContaining(String.valueOf(error.title()));
      }
    }
    if (answer.isJson()) {
      checkErrors(thrown, Json.parse(exchange.answerBody()).path("errors"));
      trial.checkDecoded(ErrorDocument.fromJson(thrown.body()), exchange.answerBody());
    }
  }

  /** The path as it was called; where an operation has its own authorization, without its token. */
  private String toldPath(Exchange exchange) {
    String called = exchange.answer().request().url().encodedPath();
    String authorization = exchange.sent().header("Authorization");
    return authorization == null || authorization.startsWith("Bearer ")
        ? called
        : called.replace(operation.examplePath(), operation.path());
  }

  private PersonaApiException thrown(Trial trial, Arguments arguments) {
    try {
      trial.call(operation, arguments);
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
        .as("what the errors lost or changed")
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
    return operation.id() + " " + answer.status() + (example == null ? "" : " " + example);
  }
}
