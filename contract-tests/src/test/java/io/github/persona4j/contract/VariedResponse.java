package io.github.persona4j.contract;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.persona4j.contract.Description.Node;
import io.github.persona4j.contract.Operation.Answer;
import io.github.persona4j.json.JsonModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A documented success that differs from its example as far as our description allows: every
 * accessor gives what the JSON has.
 *
 * <p>Prism has no such responses, so they are made here and decoded as the client does.
 */
record VariedResponse(Operation operation, Answer answer, String example, Kind kind)
    implements ContractCase.OfAnswer {

  /** In what the responses differ. */
  enum Kind {
    /** They have less and less of what is optional, down to nothing of it. */
    LEAST("without what is optional"),
    /** They have null for all that may be null. */
    NULLS("null for what may be null"),
    /** They have fields of all kinds that a template can define. */
    FIELDS("fields of every kind");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    private Set<JsonNode> copies(Node schema, JsonNode example) {
      return switch (this) {
        case LEAST -> LeanResponses.withoutOptional(schema, example);
        case NULLS -> LeanResponses.withNulls(schema, example);
        case FIELDS -> {
          JsonNode copy = CustomFields.addedTo(schema, example);
          yield copy == null ? Set.of() : Set.of(copy);
        }
      };
    }
  }

  static Stream<VariedResponse> all(Contract contract) {
    List<VariedResponse> all = new ArrayList<>();
    if (contract.isOfOurs()) {
      for (Operation operation : contract.shared()) {
        for (Answer answer : operation.answers()) {
          if (answer.isSuccess() && answer.isJson()) {
            addAll(operation, answer, all);
          }
        }
      }
    }
    return all.stream();
  }

  private static void addAll(Operation operation, Answer answer, List<VariedResponse> all) {
    for (String example : answer.examples().keySet()) {
      for (Kind kind : Kind.values()) {
        VariedResponse each = new VariedResponse(operation, answer, example, kind);
        if (!each.copies().isEmpty()) {
          all.add(each);
        }
      }
    }
  }

  private Set<JsonNode> copies() {
    Node schema = answer.schema();
    JsonNode value = answer.examples().get(example);
    return schema == null || value == null ? Set.of() : kind.copies(schema, value);
  }

  @Override
  public String way() {
    return kind.words;
  }

  @Override
  public void check(Trial trial) {
    for (JsonNode copy : copies()) {
      JsonModel model = OperationCaller.decoded(operation.id(), copy.toString());

      trial.checkDecoded(model, copy.toString());
    }
  }

  @Override
  public String toString() {
    return operation.id() + " " + answer.status() + " " + example + ", " + way();
  }
}
