package io.github.persona4j.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.persona4j.contract.Operation.Body;
import io.github.persona4j.contract.Operation.DocumentedResponse;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every operation, status, example and event is tested. */
class CompletenessTest {
  @Test
  void operationsOfTheDescription_areTheMethodsOfTheClient() {
    List<String> described = Contract.ours().stream().map(Operation::id).toList();
    assertThat(described).isNotEmpty().doesNotHaveDuplicates();
    assertThat(OperationCaller.all().keySet()).containsExactlyInAnyOrderElementsOf(described);
  }

  @Test
  void everySharedOperation_hasSuccessAndErrorCases() {
    List<String> shared = Contract.RUN.shared().stream().map(Operation::id).toList();
    if (Contract.RUN.isOfOurs()) {
      assertThat(names(Success.all(Contract.RUN))).containsExactlyElementsOf(shared);
      assertThat(names(Failure.all(Contract.RUN))).containsExactlyElementsOf(shared);
      assertThat(shared).hasSameSizeAs(Contract.ours());
      assertThat(WebhookBody.all(Contract.RUN).map(WebhookBody::name).distinct()).hasSize(138);
    }
  }

  @Test
  void everyOperation_documentsSuccessErrorsAndAnExampleOfEachContent() {
    List<String> missing = new ArrayList<>();
    for (Operation operation : Contract.ours()) {
      if (operation.responses().stream().noneMatch(DocumentedResponse::isSuccess)) {
        missing.add(operation + ": a success");
      }
      if (operation.responses().stream().noneMatch(response -> response.status() >= 400)) {
        missing.add(operation + ": an error");
      }
      for (DocumentedResponse response : operation.responses()) {
        if (response.isJson() && response.examples().isEmpty()) {
          missing.add(operation + ": an example of " + response.status());
        }
      }
      Body body = operation.body();
      if (body != null && body.examples().isEmpty() && operation.form().isEmpty()) {
        missing.add(operation + ": an example of its request");
      }
    }
    assertThat(missing).isEmpty();
  }

  @Test
  void everyReferenceOfOurDescription_isResolvable() {
    assertThat(Description.read(Contract.SETTINGS.ours()).unresolvable()).isEmpty();
  }

  @Test
  void methodThatIsNeverCalled_isReported() {
    CalledMethods methods = new CalledMethods(Contract.ours());
    assertThat(methods.uncalled()).hasSameSizeAs(methods.all()).contains("Events.api()");

    for (Method method : methods.all()) {
      if (!ApiClass.nameOf(method).equals("Events.list()")) {
        methods.add(method);
      }
    }

    assertThat(methods.uncalled()).containsExactly("Events.list()");
  }

  private static List<String> names(Stream<? extends ContractCase> cases) {
    return cases.map(ContractCase::name).distinct().toList();
  }
}
