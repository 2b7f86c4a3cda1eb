package io.github.persona4j.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.persona4j.contract.Operation.Answer;
import io.github.persona4j.contract.Operation.Body;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** No operation, status or example can be forgotten. */
class CompletenessTest {
  @Test
  void everyOperationOfTheDescription_hasAMethodOfTheClientAndNoneIsLeftOver() {
    List<String> described = Contract.ours().stream().map(Operation::id).toList();
    assertThat(described).isNotEmpty().doesNotHaveDuplicates();
    assertThat(OperationCaller.all().keySet()).containsExactlyInAnyOrderElementsOf(described);
  }

  @Test
  void mockedDescription_hasTheOperationsThatOursHas() {
    assertThat(Contract.mocked().stream().map(Operation::key))
        .containsExactlyInAnyOrderElementsOf(Contract.ours().stream().map(Operation::key).toList());
  }

  @Test
  void everyOperation_documentsSuccessErrorsAndAnExampleOfEachContent() {
    List<String> missing = new ArrayList<>();
    for (Operation operation : Contract.ours()) {
      if (operation.answers().stream().noneMatch(Answer::isSuccess)) {
        missing.add(operation + ": a success");
      }
      if (operation.answers().stream().noneMatch(answer -> answer.status() >= 400)) {
        missing.add(operation + ": an error");
      }
      for (Answer answer : operation.answers()) {
        if (answer.mediaType() != null
            && answer.mediaType().contains("json")
            && answer.examples().isEmpty()) {
          missing.add(operation + ": an example of " + answer.status());
        }
      }
      Body body = operation.body();
      if (body != null && body.examples().isEmpty() && operation.form().isEmpty()) {
        missing.add(operation + ": an example of its request");
      }
    }
    assertThat(missing).isEmpty();
  }
}
