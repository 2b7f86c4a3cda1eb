package io.github.persona4j.internal.call;

import io.github.persona4j.internal.http.HeaderNames;
import io.github.persona4j.request.RequestOptions;
import java.util.UUID;
import okhttp3.Request;

/**
 * Adds an idempotency key to every POST: the caller's or a new one. The API stores the first result
 * of a key. All attempts of a call have the same key. A PATCH gets only a key of the caller,
 * because the API does not define keys for it. Other methods get none.
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

  /** Returns the request with a new key. */
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
