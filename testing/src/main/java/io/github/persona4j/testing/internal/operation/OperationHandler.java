package io.github.persona4j.testing.internal.operation;

/**
 * Executes one operation. Registered with {@link Operations#on}, it replaces the generic behavior.
 */
@FunctionalInterface
public interface OperationHandler {
  /**
   * Executes the operation. Operations that write (all but GET) are executed one at a time.
   *
   * @throws io.github.persona4j.testing.internal.http.ApiFailure to refuse the request
   */
  OperationResult handle(OperationCall call);
}
