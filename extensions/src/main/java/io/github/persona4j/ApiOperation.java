package io.github.persona4j;

import io.github.persona4j.internal.call.Operation;

/**
 * The operation of a call, without its arguments: fit for the names and labels of metrics, traces
 * and logs. Immutable and thread-safe.
 */
public final class ApiOperation {
  private final Operation operation;

  ApiOperation(Operation operation) {
    this.operation = operation;
  }

  /** The HTTP method, such as {@code GET}. */
  public String method() {
    return operation.method();
  }

  /**
   * The template of the path, such as {@code /api/v1/events/{event-id}}; <code>{url}</code> where
   * an interface of one's own takes whole URLs.
   */
  public String path() {
    return operation.path();
  }

  /**
   * The operation as it is called on {@link PersonaClient}: {@code events.list}. For an interface
   * of one's own, its name without {@code Api} and the method's name.
   */
  public String name() {
    return operation.name();
  }

  /** {@code GET /api/v1/events/{event-id}}. */
  @Override
  public String toString() {
    return method() + ' ' + path();
  }
}
