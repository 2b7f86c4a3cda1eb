package io.github.persona4j.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import okhttp3.Headers;
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
  void documentedError_givesItsExceptionWithAllThatItSays(Failure failure, PrismServer prism) {
    Exchange exchange = Contract.exchange(prism);
    Arguments arguments =
        Arguments.of(failure.operation(), Extent.MINIMAL, failure.answer(), failure.example());

    PersonaApiException thrown =
        catchThrowableOfType(
            PersonaApiException.class,
            () -> Contract.call(prism, exchange, failure.id(), arguments));

    int status = failure.answer().status();
    assertThat(thrown).as("thrown by %s", failure).isExactlyInstanceOf(exception(status));
    assertThat(thrown.status()).isEqualTo(status);
    assertThat(exchange.answer().code()).isEqualTo(status);
    assertThat(thrown.method()).isEqualTo(failure.operation().method());
    assertThat(thrown.path()).endsWith(failure.operation().examplePath());

    Headers headers = exchange.answer().headers();
    assertThat(thrown.requestId()).isNotNull().isEqualTo(headers.get("Request-Id"));
    assertThat(thrown.rateLimits().limit()).isEqualTo(number(headers.get("RateLimit-Limit")));
    assertThat(thrown.rateLimits().remaining())
        .isEqualTo(number(headers.get("RateLimit-Remaining")));
    assertThat(thrown.rateLimits().resetSeconds())
        .isEqualTo(number(headers.get("RateLimit-Reset")));

    JsonNode body = Json.parse(exchange.answerBody());
    List<JsonNode> errors = new ArrayList<>();
    body.path("errors").forEach(errors::add);
    assertThat(thrown.errors()).as("errors").hasSameSizeAs(errors).isNotEmpty();
    for (int i = 0; i < errors.size(); i++) {
      ErrorObject error = thrown.errors().get(i);
      assertThat(Json.differences(errors.get(i), Json.parse(error.toJson()))).isEmpty();
      assertThat(error.title()).isEqualTo(errors.get(i).path("title").asText());
      assertThat(thrown).hasMessageContaining(error.title());
    }
    assertThat(Leftovers.in(ErrorDocument.fromJson(thrown.body()), Contract.openSchemas()))
        .as("what the models do not know")
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
