package io.github.persona4j.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
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
import io.github.persona4j.json.Leftovers;
import io.github.persona4j.model.ErrorDocument;
import io.github.persona4j.model.ErrorObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import okhttp3.Headers;
import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every operation with every documented error, through the client. */
@ExtendWith(RunningPrism.class)
class FailureTest {
  private static final Map<Integer, Class<? extends PersonaApiException>> EXCEPTIONS =
      Map.of(
          400, BadRequestException.class,
          401, AuthenticationException.class,
          403, PermissionDeniedException.class,
          404, NotFoundException.class,
          409, ConflictException.class,
          422, UnprocessableEntityException.class,
          429, RateLimitException.class);

  @ParameterizedTest(name = "{0}")
  @MethodSource("failures")
  void documentedError_givesItsExceptionWithAllThatItSays(Failure failure, PrismServer prism)
      throws IOException {
    Contract.REPORT.check(
        failure.operation(), failure.answer().status(), "error", unknown -> check(failure, prism));
  }

  private static void check(Failure failure, PrismServer prism) {
    Exchange exchange = Contract.exchange(prism);
    Arguments arguments =
        Arguments.of(failure.operation(), Extent.MINIMAL, failure.answer(), failure.example());

    PersonaApiException thrown =
        catchThrowableOfType(
            PersonaApiException.class,
            () -> Contract.call(prism, exchange, failure.id(), arguments));

    int status = failure.answer().status();
    assertThat(thrown).as("%s", failure).isExactlyInstanceOf(exception(status));
    assertSoftly(
        softly -> {
          softly.assertThat(thrown.status()).as("%s: status", failure).isEqualTo(status);
          softly
              .assertThat(thrown.method() + " " + thrown.path())
              .as("%s: what was called", failure)
              .isEqualTo(
                  exchange.sent().method() + " " + exchange.answer().request().url().encodedPath());
          softly
              .assertThat(exchange.path())
              .as("%s: path", failure)
              .isEqualTo(failure.operation().calledPath());
          checkHeaders(softly, failure, thrown, exchange.answer().headers());
          checkErrors(softly, failure, thrown, Json.parse(exchange.answerBody()));
        });
  }

  private static void checkHeaders(
      SoftAssertions softly, Failure failure, PersonaApiException thrown, Headers headers) {
    softly
        .assertThat(thrown.requestId())
        .as("%s: request id", failure)
        .isNotNull()
        .isEqualTo(headers.get("Request-Id"));
    softly
        .assertThat(
            Arrays.asList(
                thrown.rateLimits().limit(),
                thrown.rateLimits().remaining(),
                thrown.rateLimits().resetSeconds()))
        .as("%s: rate limits", failure)
        .containsExactly(
            number(headers.get("RateLimit-Limit")),
            number(headers.get("RateLimit-Remaining")),
            number(headers.get("RateLimit-Reset")));
  }

  private static void checkErrors(
      SoftAssertions softly, Failure failure, PersonaApiException thrown, JsonNode body) {
    ArrayNode parsed = JsonNodeFactory.instance.arrayNode();
    for (ErrorObject error : thrown.errors()) {
      parsed.add(Json.parse(error.toJson()));
      softly
          .assertThat(thrown)
          .as("%s: message", failure)
          .hasMessageContaining(String.valueOf(error.title()));
    }
    softly.assertThat(thrown.errors()).as("%s: errors", failure).isNotEmpty();
    softly
        .assertThat(Json.differences(body.path("errors"), parsed))
        .as("%s: what the errors lost or changed", failure)
        .isEmpty();
    softly
        .assertThat(Leftovers.in(ErrorDocument.fromJson(thrown.body()), Contract.openSchemas()))
        .as("%s: what the models do not know", failure)
        .isEmpty();
  }

  private static Class<? extends PersonaApiException> exception(int status) {
    return EXCEPTIONS.getOrDefault(
        status, status >= 500 ? ServerException.class : PersonaApiException.class);
  }

  private static @Nullable Long number(@Nullable String text) {
    return text == null ? null : Long.valueOf(text);
  }

  static Stream<Failure> failures() {
    List<Failure> failures = new ArrayList<>();
    Contract.shared()
        .forEach(
            (id, operation) -> {
              for (Answer answer : operation.answers()) {
                if (answer.status() >= 400) {
                  for (String example : answer.examples().keySet()) {
                    failures.add(new Failure(id, operation, answer, example));
                  }
                  if (answer.examples().isEmpty()) {
                    failures.add(new Failure(id, operation, answer, null));
                  }
                }
              }
            });
    return failures.stream();
  }

  /** One call and the error to ask for. */
  record Failure(String id, Operation operation, Answer answer, @Nullable String example) {
    @Override
    public String toString() {
      return id + " " + answer.status() + (example == null ? "" : " " + example);
    }
  }
}
