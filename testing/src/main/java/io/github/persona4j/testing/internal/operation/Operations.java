package io.github.persona4j.testing.internal.operation;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The operations of the API. What has no handler of its own is executed generically from the
 * description. Handlers are registered before the fake starts.
 */
public final class Operations {
  private final Map<String, OperationHandler> handlers = new ConcurrentHashMap<>();
  private final Map<String, Creation> creations = new ConcurrentHashMap<>();

  /**
   * Registers the handler of an operation.
   *
   * @param operationId the id in the description, such as {@code inquiries.approve}
   */
  public void on(String operationId, OperationHandler handler) {
    if (handlers.putIfAbsent(operationId, handler) != null) {
      throw new IllegalStateException(operationId + " has a handler");
    }
  }

  /**
   * Registers what happens to new objects of a family, instead of the default: the object is added,
   * and the event {@code FAMILY.created} recorded if there is one.
   */
  public void onCreate(String family, Creation creation) {
    if (creations.putIfAbsent(family, creation) != null) {
      throw new IllegalStateException(family + " has a creation");
    }
  }
}
