package io.github.persona4j;

import java.util.Map;

/**
 * Is notified of the end of every call of a client, and if it wants, of the attempts that failed
 * before. For metrics, traces and logs. A listener is notified of several calls concurrently, so it
 * must be thread-safe. A {@link Factory} creates a listener for each call.
 *
 * <p>The listener is invoked on the thread that executes the call: that of the caller for a
 * blocking call, one of the client for an asynchronous one. It should return quickly. Exceptions
 * that it throws are ignored.
 * <!-- code: examples/src/test/java/io/github/persona4j/examples/JavadocExamplesTest.java#call-listener -->
 *
 * <pre>{@code
 * CallListener listener =
 *     call -> show(call.operation() + " " + call.status() + " in " + call.duration().toMillis());
 * }</pre>
 */
@FunctionalInterface
public interface CallListener {
  /**
   * Invoked once for each call that has begun, when it has succeeded or failed after all its
   * attempts, before the caller gets the result. A call with a streamed body ends for the listener
   * when the headers of the response have been received.
   *
   * @param call the operation, result and duration of the call
   */
  void callEnded(CallReport call);

  /**
   * Invoked for each failed attempt after which the client makes another one, before it waits for
   * that. If the call is stopped while it waits, the other attempt is not made. The failure of the
   * last attempt is that of the call. The default does nothing.
   *
   * @param attempt the number, failure and duration of the attempt, and the wait that follows
   */
  default void attemptFailed(AttemptReport attempt) {}

  /**
   * Returns the headers to add to the request of the next attempt, such as {@code traceparent}.
   * Invoked before each attempt. By default there are none.
   *
   * <p>They are added to requests to the scheme, host and port of the base URL only; downloads of
   * files and requests of your own interfaces to other hosts do not get them. Headers that the
   * request or its {@code RequestOptions} set have precedence, and of several listeners the one
   * that was added last. A header that {@code RequestOptions} refuses is ignored.
   */
  default Map<String, String> requestHeaders() {
    return Map.of();
  }

  /** Is notified when a call begins, and creates its listener. Must be thread-safe. */
  @FunctionalInterface
  interface Factory {
    /**
     * Invoked when a call begins, before anything is sent. It runs on the thread that makes the
     * call, so that it can read the context of the call there. If it throws, the exception is
     * ignored and the call has no listener of this factory.
     *
     * @param operation the operation of the call
     * @return the listener for this call
     */
    CallListener callStarted(ApiOperation operation);
  }
}
