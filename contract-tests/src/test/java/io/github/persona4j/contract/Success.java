package io.github.persona4j.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.persona4j.contract.Arguments.Extent;
import io.github.persona4j.contract.Operation.Answer;
import io.github.persona4j.json.JsonModel;
import io.github.persona4j.json.Leftovers;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every operation with every documented success, through the client. */
@ExtendWith(RunningPrism.class)
class SuccessTest {
  @ParameterizedTest(name = "{0}")
  @MethodSource("successes")
  void documentedSuccess_arrivesWholeAndEncodesAlike(Success success, PrismServer prism)
      throws IOException {
    Contract.REPORT.check(
        success.operation(),
        success.answer().status(),
        success.extent() == Extent.WHOLE ? "whole request" : "minimal request",
        unknown -> check(success, prism, unknown));
  }

  private static void check(Success success, PrismServer prism, List<String> unknown)
      throws IOException {
    Exchange exchange = Contract.exchange(prism);
    Operation operation = success.operation();
    Arguments arguments =
        Arguments.of(operation, success.extent(), success.answer(), success.example());

    Object result = Contract.call(prism, exchange, success.id(), arguments);

    assertThat(exchange.sent().method() + " " + exchange.path())
        .as("%s: what was called", success)
        .isEqualTo(operation.method() + " " + operation.calledPath());
    assertThat(exchange.answer().code())
        .as("%s: status", success)
        .isEqualTo(success.answer().status());
    assertThat(SentBody.differences(operation, arguments, exchange))
        .as("%s: what the request lost or added", success)
        .isEmpty();
    if (result instanceof JsonModel model) {
      unknown.addAll(Leftovers.in(model, Contract.openSchemas()));
      assertThat(unknown).as("%s: what the models do not know", success).isEmpty();
      assertThat(Json.differences(Json.parse(exchange.answerBody()), Json.parse(model.toJson())))
          .as("%s: what the answer lost or changed", success)
          .isEmpty();
    } else if (result instanceof ResponseBody file) {
      assertThat(file.contentType()).hasToString(success.answer().mediaType());
      assertThat(text(file)).as("%s: file", success).isNotEmpty().isEqualTo(exchange.answerBody());
    } else {
      assertThat(result).as("a model of %s", success).isNull();
      assertThat(exchange.answerBody()).as("%s: body", success).isEmpty();
    }
  }

  private static String text(ResponseBody file) throws IOException {
    try (file) {
      return file.string();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("operations")
  void everyQueryParameter_isSentUnderItsDescribedName(String id, PrismServer prism) {
    Exchange exchange = Contract.exchange(prism);
    Operation operation = Contract.operation(id);
    Answer answer =
        operation.answers().stream().filter(Answer::isSuccess).findFirst().orElseThrow();

    Contract.call(prism, exchange, id, Arguments.of(operation, Extent.WHOLE, answer, null));

    List<String> described =
        operation.queryParameters().stream()
            .map(parameter -> parameter.name() + (parameter.map() ? "[sample]" : ""))
            .toList();
    assertThat(exchange.queryNames())
        .as("%s: query", id)
        .containsExactlyInAnyOrderElementsOf(described);
  }

  static Set<String> operations() {
    return Contract.shared().keySet();
  }

  static Stream<Success> successes() {
    List<Success> successes = new ArrayList<>();
    Contract.shared()
        .forEach(
            (id, operation) -> {
              for (Answer answer : operation.answers()) {
                if (answer.isSuccess()) {
                  for (Extent extent : Extent.values()) {
                    if (answer.examples().isEmpty()) {
                      successes.add(new Success(id, operation, answer, null, extent));
                    }
                    for (String example : answer.examples().keySet()) {
                      successes.add(new Success(id, operation, answer, example, extent));
                    }
                  }
                }
              }
            });
    return successes.stream();
  }

  /** One call and the answer to ask for. */
  record Success(
      String id, Operation operation, Answer answer, @Nullable String example, Extent extent) {
    @Override
    public String toString() {
      return id
          + " "
          + answer.status()
          + (example == null ? "" : " " + example)
          + (extent == Extent.WHOLE ? ", whole request" : ", minimal request");
    }
  }
}
