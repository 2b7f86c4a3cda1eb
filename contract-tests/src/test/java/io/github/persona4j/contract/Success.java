package io.github.persona4j.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.persona4j.contract.Arguments.Extent;
import io.github.persona4j.contract.Operation.Answer;
import io.github.persona4j.json.JsonModel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;

/**
 * A documented success of an operation: what is sent is what was meant, and the answer arrives
 * whole.
 *
 * @param example the name of the example to answer, null where there is none
 * @param extent how much of what may be sent is sent
 */
record Success(Operation operation, Answer answer, @Nullable String example, Extent extent)
    implements ContractCase.OfAnswer {

  static Stream<Success> all(Contract contract) {
    List<Success> all = new ArrayList<>();
    for (Operation operation : contract.shared()) {
      for (Answer answer : operation.answers()) {
        if (answer.isSuccess()) {
          for (Extent extent : Extent.values()) {
            for (String example : answer.exampleNames()) {
              all.add(new Success(operation, answer, example, extent));
            }
          }
        }
      }
    }
    return all.stream();
  }

  @Override
  public boolean isMadeUp() {
    return example == null;
  }

  @Override
  public String way() {
    return extent == Extent.WHOLE ? "whole request" : "minimal request";
  }

  @Override
  public void check(Trial trial) throws IOException {
    Exchange exchange = trial.exchange();
    Arguments arguments = Arguments.of(operation, extent, answer, example);

    Object result = trial.call(operation, arguments);

    SentRequest.check(operation, exchange, extent == Extent.WHOLE);
    assertThat(SentBody.differences(operation, arguments, exchange))
        .as("what the request lost or added")
        .isEmpty();
    assertThat(exchange.answer().code()).as("status").isEqualTo(answer.status());
    if (result instanceof JsonModel model) {
      if (isMadeUp()) {
        trial.checkMadeUp(model, exchange.answerBody());
      } else {
        trial.checkDecoded(model, exchange.answerBody());
      }
    } else if (result instanceof ResponseBody file) {
      assertThat(file.contentType()).hasToString(answer.mediaType());
      assertThat(text(file)).as("file").isNotEmpty().isEqualTo(exchange.answerBody());
    } else if (!exchange.answerBody().isEmpty()) {
      trial.unknown().add("$: a body where none is known");
    }
  }

  private static String text(ResponseBody file) throws IOException {
    try (file) {
      return file.string();
    }
  }

  @Override
  public String toString() {
    return operation.id()
        + " "
        + answer.status()
        + (example == null ? "" : " " + example)
        + ", "
        + way();
  }
}
