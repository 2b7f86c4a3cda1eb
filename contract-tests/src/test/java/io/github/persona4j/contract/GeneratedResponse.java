package io.github.persona4j.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.persona4j.contract.Operation.DocumentedResponse;
import io.github.persona4j.json.JsonModel;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A response that Prism generates from the schemas, which is decoded without loss.
 *
 * @param seed the seed of the random generator: the same seed generates the same response
 */
record GeneratedResponse(Operation operation, DocumentedResponse response, int seed)
    implements ContractCase.OfResponse {
  private static final int SEEDS = 3;
  private static final int MOST_ATTEMPTS = 10;

  // The generator of Prism crashes randomly in this function of json-schema-faker, if an array in a
  // union has an item with an empty property.
  private static final String GENERATOR_CRASH = "at shouldClean";

  static Stream<GeneratedResponse> all(Contract contract) {
    List<GeneratedResponse> all = new ArrayList<>();
    for (Operation operation : contract.shared()) {
      for (DocumentedResponse response : operation.responses()) {
        for (int seed = 1; seed <= SEEDS && response.isSuccess() && response.isJson(); seed++) {
          all.add(new GeneratedResponse(operation, response, seed));
        }
      }
    }
    return all.stream();
  }

  @Override
  public boolean isGenerated() {
    return true;
  }

  @Override
  public String variant() {
    return "generated with seed " + seed;
  }

  @Override
  public void check(CaseContext context) {
    Object result = response(context);

    assertThat(result).isInstanceOf(JsonModel.class);
    context.checkGenerated((JsonModel) result, context.exchange().responseBody());
  }

  private @Nullable Object response(CaseContext context) {
    for (int attempt = 0; ; attempt++) {
      try {
        return context.call(
            operation, Arguments.generated(operation, response, seed + attempt * SEEDS));
      } catch (ContractViolation e) {
        boolean crash = String.valueOf(e.getMessage()).contains(GENERATOR_CRASH);
        if (!crash || attempt == MOST_ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  @Override
  public String toString() {
    return operation.id() + " " + response.status() + ", seed " + seed;
  }
}
