package io.github.persona4j.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.persona4j.contract.Operation.QueryParameter;
import java.util.List;

/** Holds the path and the query of a request, as it was sent, against its operation. */
final class SentRequest {
  private SentRequest() {}

  /**
   * Fails unless the request is one of the operation, with every query parameter or with those only
   * that must be there.
   */
  static void check(Operation operation, Exchange exchange, boolean wholeQuery) {
    assertThat(exchange.sent().method() + " " + exchange.path())
        .as("what was called")
        .isEqualTo(operation.method() + " " + operation.calledPath());
    List<String> described =
        operation.queryParameters().stream()
            .filter(parameter -> wholeQuery || parameter.required())
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
