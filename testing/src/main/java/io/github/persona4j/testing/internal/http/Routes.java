package io.github.persona4j.testing.internal.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Hands requests to what serves their path: files, a page, or the API. */
public final class Routes implements FakeServer.Handler {
  private final FakeServer.Handler api;
  private final Map<String, Function<ApiRequest, FakeResponse>> others = new LinkedHashMap<>();

  /**
   * Creates routes.
   *
   * @param api handles the requests to all other paths
   */
  public Routes(FakeServer.Handler api) {
    this.api = api;
  }

  /**
   * Adds a route, which accepts the methods GET and HEAD only.
   *
   * @param path a path, or the beginning of paths if it ends with a slash and has another one
   */
  public Routes add(String path, Function<ApiRequest, FakeResponse> handler) {
    others.put(path, handler);
    return this;
  }

  @Override
  public FakeResponse handle(ApiRequest request, UnaryOperator<Supplier<FakeResponse>> fault) {
    for (Map.Entry<String, Function<ApiRequest, FakeResponse>> route : others.entrySet()) {
      String path = route.getKey();
      boolean matches =
          (path.length() > 1 && path.endsWith("/"))
              ? request.path().startsWith(path)
              : request.path().equals(path);
      if (matches) {
        return fault.apply(() -> guarded(route.getValue(), request)).get();
      }
    }
    return api.handle(request, fault);
  }

  private static FakeResponse guarded(
      Function<ApiRequest, FakeResponse> handler, ApiRequest request) {
    try {
      if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
        throw ApiFailure.titleOnly(405, "Method not allowed");
      }
      return handler.apply(request);
    } catch (ApiFailure e) {
      return e.response();
    }
  }
}
