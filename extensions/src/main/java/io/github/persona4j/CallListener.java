package io.github.persona4j;

/**
 * Hears of every call of a client when it has ended, whichever way: for metrics, traces and logs.
 * The same listener hears of many calls at once, so it must be thread-safe; {@link Factory} gives
 * each call a listener of its own.
 *
 * <p>It is told on the thread that ends the call, before the caller gets the answer, and should be
 * quick. What it throws is ignored: a listener that fails does not fail the call.
 */
@FunctionalInterface
public interface CallListener {
  /**
   * A call has ended: it was answered, or it failed for good after all its attempts. Told once for
   * each call that was begun. For a streamed body that is when the head of the answer came.
   */
  void callEnded(CallReport call);

  /** Hears when a call begins, and says who hears of its end. */
  @FunctionalInterface
  interface Factory {
    /**
     * A call begins; nothing is sent yet. Told on the thread that makes the call, the place to find
     * out what it belongs to.
     *
     * @return who hears of the end of this call
     */
    CallListener callStarted(ApiOperation operation);
  }
}
