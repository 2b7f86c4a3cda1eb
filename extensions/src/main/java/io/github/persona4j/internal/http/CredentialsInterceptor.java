package io.github.persona4j.internal.http;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Removes credentials, and headers of listeners, from requests to other hosts than the API. It is
 * the last network interceptor, so that it also removes those that the user's interceptors,
 * redirects and authenticators have set.
 */
final class CredentialsInterceptor implements Interceptor {
  private static final List<String> FOR_THE_API =
      List.of("Authorization", "Cookie", HeaderNames.IDEMPOTENCY_KEY);

  private final HttpUrl baseUrl;

  CredentialsInterceptor(HttpUrl baseUrl) {
    this.baseUrl = baseUrl;
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    Request request = chain.request();
    return chain.proceed(
        isForTheApi(chain) ? request : withoutCredentials(request, Attempt.of(chain)));
  }

  // The request of the call is checked, because an interceptor may have dropped the tag.
  private boolean isForTheApi(Chain chain) {
    return Origins.isSame(chain.request().url(), baseUrl)
        && chain.call().request().tag(FileTag.class) == null;
  }

  private static Request withoutCredentials(Request request, @Nullable Attempt attempt) {
    Request.Builder stripped = null;
    for (String name : FOR_THE_API) {
      if (request.header(name) != null) {
        stripped = stripped == null ? request.newBuilder() : stripped;
        stripped.removeHeader(name);
      }
    }
    if (attempt != null) {
      for (Map.Entry<String, String> header : attempt.headers().entrySet()) {
        // A user's interceptor may have sent the request elsewhere after they had been set.
        if (header.getValue().equals(request.header(header.getKey()))) {
          stripped = stripped == null ? request.newBuilder() : stripped;
          stripped.removeHeader(header.getKey());
        }
      }
    }
    return stripped == null ? request : stripped.build();
  }
}
