package io.github.persona4j.contract;

import io.github.persona4j.contract.Operation.Answer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * In what another description differs from ours without any call.
 *
 * @param lackingOperations the operations that only we have
 * @param addedOperations the operations that only the other has
 * @param lackingStatuses the documented statuses of shared operations that only we have
 * @param addedStatuses the documented statuses of shared operations that only the other has
 * @param contentTypes the requests and answers of shared operations with other content types
 */
record Differences(
    List<String> lackingOperations,
    List<String> addedOperations,
    List<String> lackingStatuses,
    List<String> addedStatuses,
    List<String> contentTypes) {

  static Differences between(List<Operation> ours, List<Operation> theirs) {
    Map<String, Operation> added = new LinkedHashMap<>();
    theirs.forEach(operation -> added.put(operation.key(), operation));
    List<String> lackingOperations = new ArrayList<>();
    List<String> lackingStatuses = new ArrayList<>();
    List<String> addedStatuses = new ArrayList<>();
    List<String> contentTypes = new ArrayList<>();
    for (Operation our : ours) {
      Operation their = added.remove(our.key());
      if (their == null) {
        lackingOperations.add(named(our));
      } else {
        addWithout(lackingStatuses, our, their);
        addWithout(addedStatuses, their, our);
        addContentTypes(contentTypes, our, their);
      }
    }
    return new Differences(
        lackingOperations,
        added.values().stream().map(Differences::named).toList(),
        lackingStatuses,
        addedStatuses,
        contentTypes);
  }

  /** Adds the statuses of an operation that another description of it lacks. */
  private static void addWithout(List<String> target, Operation operation, Operation other) {
    Set<Integer> others = contentTypes(other).keySet();
    for (Integer status : contentTypes(operation).keySet()) {
      if (!others.contains(status)) {
        target.add(operation.id() + " " + status);
      }
    }
  }

  private static void addContentTypes(List<String> target, Operation our, Operation their) {
    if (our.body() != null && their.body() != null) {
      addUnlessEqual(
          target, our.id() + " request", our.body().mediaType(), their.body().mediaType());
    }
    Map<Integer, String> others = contentTypes(their);
    contentTypes(our)
        .forEach(
            (status, type) ->
                addUnlessEqual(
                    target, our.id() + " " + status, type, others.getOrDefault(status, type)));
  }

  private static void addUnlessEqual(List<String> target, String place, String our, String their) {
    if (!our.equals(their)) {
      target.add(place + ": " + their + " in place of " + our);
    }
  }

  private static String named(Operation operation) {
    String call = operation.method() + " " + operation.path();
    return operation.id().equals(call) ? call : operation.id() + ", " + call;
  }

  /** The content types of an operation's answers, by their status. */
  private static Map<Integer, String> contentTypes(Operation operation) {
    Map<Integer, String> types = new TreeMap<>();
    for (Answer answer : operation.answers()) {
      String type = answer.mediaType() == null ? "no content" : answer.mediaType();
      types.merge(answer.status(), type, (one, other) -> one + ", " + other);
    }
    return types;
  }
}
