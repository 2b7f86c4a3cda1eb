package io.github.persona4j.internal.http;

import java.io.IOException;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** Follows redirects of file requests to allowed origins. */
final class FileRedirectInterceptor implements Interceptor {
  private static final int MAX_REDIRECTS = 5;

  private final FileRules rules;

  FileRedirectInterceptor(FileRules rules) {
    this.rules = rules;
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    Request request = chain.request();
    Response response = chain.proceed(request);
    if (request.tag(FileTag.class) == null) {
      return response;
    }
    for (int i = 0; i < MAX_REDIRECTS; i++) {
      HttpUrl target = target(response);
      if (target == null || !rules.allow(target)) {
        break;
      }
      response.close();
      response = chain.proceed(request.newBuilder().url(target).build());
    }
    return response;
  }

  private static @Nullable HttpUrl target(Response response) {
    String location = response.isRedirect() ? response.header("Location") : null;
    return location == null ? null : response.request().url().resolve(location);
  }
}
