package io.github.persona4j.internal.call;

import java.io.IOException;
import okhttp3.Response;

/**
 * Receives a successful response as a part of its attempt; a request carries it as a tag. What it
 * throws is the failure of the attempt.
 */
@FunctionalInterface
public interface BodyReceiver {
  /** Receives a response, whose body is still a stream. */
  void receive(Response response) throws IOException;

  /** Whether this machine failed and not the connection, so that a retry would fail alike. */
  default boolean isLocal(IOException failure) {
    return false;
  }
}
