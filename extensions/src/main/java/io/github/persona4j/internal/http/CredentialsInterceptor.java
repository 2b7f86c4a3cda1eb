package io.github.persona4j.internal.http;

import java.io.IOException;
import java.util.List;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Takes from every request that does not go to the API what only the API may see, whoever set it.
 * The last of all interceptors, so that it also sees what those of an own client for OkHttp did,
 * and every redirect and every attempt to authenticate.
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
    return chain.proceed(isForTheApi(chain) ? request : withoutCredentials(request));
  }

  // An interceptor may have dropped the tag, so it is looked for where the call began.
  private boolean isForTheApi(Chain chain) {
    return Origins.isSame(chain.request().url(), baseUrl)
        && chain.call().request().tag(FileTag.class) == null;
  }

  private static Request withoutCredentials(Request request) {
    Request.Builder stripped = null;
    for (String name : FOR_THE_API) {
      if (request.header(name) != null) {
        stripped = stripped == null ? request.newBuilder() : stripped;
        stripped.removeHeader(name);
      }
    }
    return stripped == null ? request : stripped.build();
  }
}
