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
 * Takes the base path out of requests for operations that have one of their own: Prism serves all
 * operations below one. For the network's side of a client, so that the client itself sees no
 * difference.
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
