package io.github.persona4j.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.persona4j.contract.Operation.QueryParameter;
import java.util.List;

/** Compares the path and the query of a request as sent with its operation. */
final class SentRequest {
  private SentRequest() {}

  /**
   * Checks that the request is one of the operation, with all query parameters or only the required
   * ones.
   */
  static void check(Operation operation, Exchange exchange, boolean completeQuery) {
    assertThat(exchange.sent().method() + " " + exchange.path())
        .as("called operation")
        .isEqualTo(operation.method() + " " + operation.calledPath());
    List<String> described =
        operation.queryParameters().stream()
            .filter(parameter -> completeQuery || parameter.required())
            .map(SentRequest::sampleName)
            .toList();
    assertThat(exchange.queryNames())
        .as("query parameters")
        .containsExactlyInAnyOrderElementsOf(described);
  }

  private static String sampleName(QueryParameter parameter) {
    return parameter.name() + (parameter.map() ? "[sample]" : "");
  }
}
