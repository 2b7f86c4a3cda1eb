package io.github.persona4j.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.persona4j.contract.Arguments.Extent;
import io.github.persona4j.contract.NullValues.NullValue;
import io.github.persona4j.contract.Operation.Body;
import io.github.persona4j.contract.Operation.DocumentedResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A nullable value of a request, which is set to null with its builder, or not set although it is
 * required. It is sent as null, no absent property is sent, and Prism accepts it.
 *
 * @param path the path of the value in the body
 * @param body the body with the null
 * @param set the properties that are set with the builder
 */
record NullProperty(
    Operation operation, DocumentedResponse response, String path, JsonNode body, JsonNode set)
    implements ContractCase.OfResponse {

  static Stream<NullProperty> all(Contract contract) {
    List<NullProperty> all = new ArrayList<>();
    for (Operation operation : contract.shared()) {
      Body body = operation.body();
      DocumentedResponse success = operation.success();
      if (body != null && body.isJson() && !body.examples().isEmpty() && success != null) {
        JsonNode example = body.examples().values().iterator().next();
        for (NullValue value : NullValues.in(body.schema(), example)) {
          JsonNode complete = value.complete();
          all.add(new NullProperty(operation, success, value.path(), complete, complete));
          if (value.without() != null) {
            all.add(new NullProperty(operation, success, value.path(), complete, value.without()));
          }
        }
      }
    }
    return all.stream();
  }

  @Override
  public String variant() {
    return (set.equals(body) ? "null for " : "unset ") + path;
  }

  @Override
  public void check(CaseContext context) {
    Arguments arguments =
        Arguments.of(operation, Extent.COMPLETE, response, response.exampleNames().get(0));

    context.call(operation, arguments.with(set));

    assertThat(SentBody.differences(operation, arguments.with(body), context.exchange()))
        .as("differences of the request")
        .isEmpty();
  }

  @Override
  public String toString() {
    return operation.id() + ", " + variant();
  }
}
