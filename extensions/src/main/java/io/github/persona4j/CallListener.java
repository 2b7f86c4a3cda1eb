package io.github.persona4j;

/**
 * Is notified of the end of every call of a client, for metrics, traces and logs. A listener is
 * notified of several calls concurrently, so it must be thread-safe. A {@link Factory} creates a
 * listener for each call.
 *
 * <p>The listener is invoked on the thread that ends the call, before the caller gets the result.
 * It should return quickly. Exceptions that it throws are ignored.
 */
@FunctionalInterface
public interface CallListener {
  /**
   * Invoked once for each call that has begun, when it has succeeded or failed after all its
   * attempts. A call with a streamed body ends for the listener when the headers of the response
   * have been received.
   *
   * @param call the operation, result and duration of the call
   */
  void callEnded(CallReport call);

  /** Is notified when a call begins, and creates its listener. Must be thread-safe. */
  @FunctionalInterface
  interface Factory {
    /**
     * Invoked when a call begins, before anything is sent. It runs on the thread that makes the
     * call, so that it can read the context of the call there. If it throws, the exception is
     * ignored and the call has no listener.
     *
     * @param operation the operation of the call
     * @return the listener for this call
     */
    CallListener callStarted(ApiOperation operation);
  }
}
