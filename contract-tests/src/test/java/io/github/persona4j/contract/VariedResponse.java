package io.github.persona4j.contract;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.persona4j.contract.Description.Node;
import io.github.persona4j.contract.Operation.DocumentedResponse;
import io.github.persona4j.json.JsonModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A documented success that differs from its example as far as our description allows. Every
 * accessor returns the value in the JSON.
 *
 * <p>Prism does not have such responses, so they are created here and decoded like those of the
 * client.
 */
record VariedResponse(Operation operation, DocumentedResponse response, String example, Kind kind)
    implements ContractCase.OfResponse {

  /** How the responses differ from the example. */
  enum Kind {
    /** Without optional properties, at increasing depths. */
    REQUIRED_ONLY("without optional properties"),
    /** With all nullable properties null. */
    NULLS("with nulls"),
    /** With fields of all types that a template can define. */
    FIELDS("with fields of every type");

    private final String description;

    Kind(String description) {
      this.description = description;
    }

    private Set<JsonNode> copies(Node schema, JsonNode example) {
      return switch (this) {
        case REQUIRED_ONLY -> ReducedResponses.withoutOptional(schema, example);
        case NULLS -> ReducedResponses.withNulls(schema, example);
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
        for (DocumentedResponse response : operation.responses()) {
          if (response.isSuccess() && response.isJson()) {
            addAll(operation, response, all);
          }
        }
      }
    }
    return all.stream();
  }

  private static void addAll(
      Operation operation, DocumentedResponse response, List<VariedResponse> all) {
    for (String example : response.examples().keySet()) {
      for (Kind kind : Kind.values()) {
        VariedResponse each = new VariedResponse(operation, response, example, kind);
        if (!each.copies().isEmpty()) {
          all.add(each);
        }
      }
    }
  }

  private Set<JsonNode> copies() {
    Node schema = response.schema();
    JsonNode value = response.examples().get(example);
    return schema == null || value == null ? Set.of() : kind.copies(schema, value);
  }

  @Override
  public String variant() {
    return kind.description;
  }

  @Override
  public void check(CaseContext context) {
    for (JsonNode copy : copies()) {
      JsonModel model = OperationCaller.decoded(operation.id(), copy.toString());

      context.checkDecoded(model, copy.toString());
    }
  }

  @Override
  public String toString() {
    return operation.id() + " " + response.status() + " " + example + ", " + variant();
  }
}
