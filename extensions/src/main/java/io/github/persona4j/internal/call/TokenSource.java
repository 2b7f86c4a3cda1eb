package io.github.persona4j.internal.call;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Supplies the token of each attempt. Thread-safe. */
public interface TokenSource {
  /**
   * Returns the token for the next attempt. The future may be shared: only the source completes it.
   * It fails with a {@code PersonaException} if the API did not issue a token, and with a {@code
   * UserCodeException} for an exception of the user's code.
   *
   * @param rejected the token that a 401 has refused; null if there was none
   * @param blocking whether the user's code may block this thread
   */
  CompletableFuture<String> next(@Nullable String rejected, boolean blocking);

  /**
   * A 401 has refused a token, and the call ends with it.
   *
   * @param blocking whether the user's code may block this thread
   */
  void rejected(String token, boolean blocking);
}
