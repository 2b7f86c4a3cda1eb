package io.github.persona4j.internal.call;

import java.io.IOException;
import okhttp3.Response;

/**
 * Receives a successful response as a part of its attempt. The request carries it as a tag. An
 * exception that it throws is the failure of the attempt.
 */
@FunctionalInterface
public interface BodyReceiver {
  /** Receives a response, whose body is a stream. */
  void receive(Response response) throws IOException;

  /** Whether a failure is local, such as one of the disk, and would recur in a retry. */
  default boolean isLocal(IOException failure) {
    return false;
  }
}
