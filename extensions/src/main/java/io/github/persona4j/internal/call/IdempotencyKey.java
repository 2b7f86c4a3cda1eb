package io.github.persona4j.internal.call;

import io.github.persona4j.internal.http.HeaderNames;
import io.github.persona4j.request.RequestOptions;
import java.util.UUID;
import okhttp3.Request;

/**
 * Gives every POST the key under which the API stores its first result: the caller's, or a new one.
 * All attempts of a call carry the same key. A PATCH gets only a key of the caller, because the API
 * does not define what a key means there; other methods get none.
 */
final class IdempotencyKey {
  private IdempotencyKey() {}

  static Request addTo(Request request, RequestOptions options) {
    boolean post = request.method().equals("POST");
    if (!post && !request.method().equals("PATCH")) {
      return request;
    }
    String chosen = options.idempotencyKey();
    if (chosen != null) {
      return request.newBuilder().header(HeaderNames.IDEMPOTENCY_KEY, chosen).build();
    }
    return post && request.header(HeaderNames.IDEMPOTENCY_KEY) == null
        ? withFreshKey(request)
        : request;
  }

  /** The request with a new key. */
  static Request withFreshKey(Request request) {
    return request
        .newBuilder()
        .header(HeaderNames.IDEMPOTENCY_KEY, UUID.randomUUID().toString())
        .build();
  }

  /** Whether the caller chose the key, so that the client must not change it. */
  static boolean isChosenByCaller(Request request, RequestOptions options) {
    return options.idempotencyKey() != null || request.header(HeaderNames.IDEMPOTENCY_KEY) != null;
  }
}
