package io.github.persona4j;

import io.github.persona4j.request.RequestOptions;
import java.util.UUID;
import okhttp3.Request;

/**
 * Gives every POST the key under which the API stores its first result: the caller's, or a new one.
 * That happens before anything that repeats a request, so that all repeats carry the same key. A
 * PATCH gets only a key that the caller gave, because the API does not say what a key means there;
 * other methods get none.
 */
final class IdempotencyKey {
  static final String HEADER = "Idempotency-Key";

  private IdempotencyKey() {}

  static Request on(Request request, RequestOptions options) {
    boolean post = request.method().equals("POST");
    if (!post && !request.method().equals("PATCH")) {
      return request;
    }
    String given = options.idempotencyKey();
    if (given != null) {
      return request.newBuilder().header(HEADER, given).build();
    }
    return post && request.header(HEADER) == null ? fresh(request) : request;
  }

  /** The request with another key. */
  static Request fresh(Request request) {
    return request.newBuilder().header(HEADER, UUID.randomUUID().toString()).build();
  }

  /** Whether the key is the caller's and not the client's to change. */
  static boolean isGiven(Request request, RequestOptions options) {
    return options.idempotencyKey() != null || request.header(HEADER) != null;
  }
}
