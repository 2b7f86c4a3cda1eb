package io.github.persona4j.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.persona4j.contract.Arguments.Extent;
import io.github.persona4j.contract.NullValues.NullValue;
import io.github.persona4j.contract.Operation.Answer;
import io.github.persona4j.contract.Operation.Body;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A value of a request that may be null, set to null with its builder, or not set although it is
 * required: it is sent as null, nothing that is absent is sent beside it, and Prism accepts it.
 *
 * @param path where it is in the body
 * @param body the body with the null
 * @param set what is set with the builder
 */
record NullProperty(Operation operation, Answer answer, String path, JsonNode body, JsonNode set)
    implements ContractCase.OfAnswer {

  static Stream<NullProperty> all(Contract contract) {
    List<NullProperty> all = new ArrayList<>();
    for (Operation operation : contract.shared()) {
      Body body = operation.body();
      Answer success = operation.success();
      if (body != null && body.isJson() && !body.examples().isEmpty() && success != null) {
        JsonNode example = body.examples().values().iterator().next();
        for (NullValue value : NullValues.in(body.schema(), example)) {
          JsonNode whole = value.whole();
          all.add(new NullProperty(operation, success, value.path(), whole, whole));
          if (value.without() != null) {
            all.add(new NullProperty(operation, success, value.path(), whole, value.without()));
          }
        }
      }
    }
    return all.stream();
  }

  @Override
  public String way() {
    return (set.equals(body) ? "null for " : "null by not setting ") + path;
  }

  @Override
  public void check(Trial trial) {
    Arguments arguments =
        Arguments.of(operation, Extent.WHOLE, answer, answer.exampleNames().get(0));

    trial.call(operation, arguments.with(set));

    assertThat(SentBody.differences(operation, arguments.with(body), trial.exchange()))
        .as("what the request lost or added")
        .isEmpty();
  }

  @Override
  public String toString() {
    return operation.id() + ", " + way();
  }
}
