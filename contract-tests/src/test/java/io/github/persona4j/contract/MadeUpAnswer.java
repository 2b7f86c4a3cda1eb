package io.github.persona4j.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.persona4j.contract.Operation.Answer;
import io.github.persona4j.json.JsonModel;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An answer that Prism makes up from the schemas: it arrives whole, whatever it holds.
 *
 * @param seed what Prism's chance starts from: the same seed gives the same answer again
 */
record MadeUpAnswer(Operation operation, Answer answer, int seed) implements ContractCase.OfAnswer {
  private static final int SEEDS = 3;
  private static final int MOST_ATTEMPTS = 10;

  // Prism's generator crashes in this function of json-schema-faker where an array in a union has
  // an item with an empty property; whether one does depends on chance.
  private static final String CRASH_OF_GENERATOR = "at shouldClean";

  static Stream<MadeUpAnswer> all(Contract contract) {
    List<MadeUpAnswer> all = new ArrayList<>();
    for (Operation operation : contract.shared()) {
      for (Answer answer : operation.answers()) {
        for (int seed = 1; seed <= SEEDS && answer.isSuccess() && answer.isJson(); seed++) {
          all.add(new MadeUpAnswer(operation, answer, seed));
        }
      }
    }
    return all.stream();
  }

  @Override
  public boolean isMadeUp() {
    return true;
  }

  @Override
  public String way() {
    return "made up with seed " + seed;
  }

  @Override
  public void check(Trial trial) {
    Object result = answer(trial);

    assertThat(result).isInstanceOf(JsonModel.class);
    trial.checkMadeUp((JsonModel) result, trial.exchange().answerBody());
  }

  private @Nullable Object answer(Trial trial) {
    for (int attempt = 0; ; attempt++) {
      try {
        return trial.call(operation, Arguments.madeUp(operation, answer, seed + attempt * SEEDS));
      } catch (ContractViolation e) {
        boolean crash = String.valueOf(e.getMessage()).contains(CRASH_OF_GENERATOR);
        if (!crash || attempt == MOST_ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  @Override
  public String toString() {
    return operation.id() + " " + answer.status() + ", seed " + seed;
  }
}
