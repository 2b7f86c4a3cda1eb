package io.github.persona4j;

import io.github.persona4j.request.RequestOptions;
import java.io.IOException;
import java.util.UUID;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Gives every POST the key under which the API stores its first result: the caller's, or a new one.
 * It stands before anything that repeats a request, so that all repeats carry the same key. A PATCH
 * gets only a key that the caller gave, because the API does not say what a key means there; other
 * methods get none.
 */
final class IdempotencyKey implements Interceptor {
  private static final String HEADER = "Idempotency-Key";

  @Override
  public Response intercept(Chain chain) throws IOException {
    Request request = chain.request();
    String key = key(request);
    return chain.proceed(key == null ? request : request.newBuilder().header(HEADER, key).build());
  }

  private static @Nullable String key(Request request) {
    boolean post = request.method().equals("POST");
    if (!post && !request.method().equals("PATCH")) {
      return null;
    }
    RequestOptions options = request.tag(RequestOptions.class);
    String given = options == null ? null : options.idempotencyKey();
    if (given != null) {
      return given;
    }
    return post && request.header(HEADER) == null ? UUID.randomUUID().toString() : null;
  }
}
