package io.github.persona4j.contract;

import io.github.persona4j.contract.Operation.DocumentedResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The static differences between our description and another one.
 *
 * @param missingOperations the operations only in our description
 * @param addedOperations the operations only in the other description
 * @param missingStatuses the documented statuses of shared operations only in our description
 * @param addedStatuses the documented statuses of shared operations only in the other description
 * @param contentTypes the requests and responses of shared operations with different content types
 */
record Differences(
    List<String> missingOperations,
    List<String> addedOperations,
    List<String> missingStatuses,
    List<String> addedStatuses,
    List<String> contentTypes) {

  static Differences between(List<Operation> ours, List<Operation> theirs) {
    Map<String, Operation> added = new LinkedHashMap<>();
    theirs.forEach(operation -> added.put(operation.key(), operation));
    List<String> missingOperations = new ArrayList<>();
    List<String> missingStatuses = new ArrayList<>();
    List<String> addedStatuses = new ArrayList<>();
    List<String> contentTypes = new ArrayList<>();
    for (Operation our : ours) {
      Operation their = added.remove(our.key());
      if (their == null) {
        missingOperations.add(named(our));
      } else {
        addWithout(missingStatuses, our, their);
        addWithout(addedStatuses, their, our);
        addContentTypes(contentTypes, our, their);
      }
    }
    return new Differences(
        missingOperations,
        added.values().stream().map(Differences::named).toList(),
        missingStatuses,
        addedStatuses,
        contentTypes);
  }

  /** Adds the statuses of an operation that are missing in another description of it. */
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
      target.add(place + ": " + their + " instead of " + our);
    }
  }

  private static String named(Operation operation) {
    String call = operation.method() + " " + operation.path();
    return operation.id().equals(call) ? call : operation.id() + ", " + call;
  }

  /** Returns the content types of the responses of an operation, by status. */
  private static Map<Integer, String> contentTypes(Operation operation) {
    Map<Integer, String> types = new TreeMap<>();
    for (DocumentedResponse response : operation.responses()) {
      String type = response.mediaType() == null ? "no content" : response.mediaType();
      types.merge(response.status(), type, (one, other) -> one + ", " + other);
    }
    return types;
  }
}
