package io.github.persona4j.internal.call;

import io.github.persona4j.error.FailedCall;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Is notified of the end of one call. */
@FunctionalInterface
public interface CallObserver {
  /**
   * The call has ended.
   *
   * @param call the call with the head of its last response
   * @param failure the exception of the call; null if it succeeded
   */
  void callEnded(FailedCall call, @Nullable Throwable failure, Duration duration);

  /** Is notified when a call begins. */
  @FunctionalInterface
  interface Factory {
    /** The observer of a call that begins; null for none. */
    @Nullable CallObserver callStarted(Operation operation);
  }
}
