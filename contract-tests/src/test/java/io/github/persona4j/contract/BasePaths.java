package io.github.persona4j.contract;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.Response;

/**
 * Removes the base path of requests for operations with their own base path, since Prism serves all
 * operations below one. A network interceptor, so that the client is not affected.
 */
final class BasePaths implements Interceptor {
  private final HttpUrl baseUrl;
  private final Set<String> basePaths;

  BasePaths(PrismServer prism, List<Operation> operations) {
    this.baseUrl = HttpUrl.get(prism.baseUrl() + "/");
    this.basePaths =
        operations.stream()
            .map(Operation::basePath)
            .filter(Objects::nonNull)
            .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    HttpUrl url = chain.request().url();
    for (String basePath : basePaths) {
      if (url.encodedPath().startsWith(basePath + "/")) {
        String path = baseUrl.encodedPath() + url.encodedPath().substring(basePath.length() + 1);
        HttpUrl stripped = url.newBuilder().encodedPath(path).build();
        return chain.proceed(chain.request().newBuilder().url(stripped).build());
      }
    }
    return chain.proceed(chain.request());
  }
}
