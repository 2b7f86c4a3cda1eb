package io.github.persona4j;

import io.github.persona4j.file.FileRequest;
import io.github.persona4j.request.HeaderValue;
import io.github.persona4j.request.RequestOptions;
import io.github.persona4j.request.WithoutKey;
import java.io.IOException;
import java.util.Map;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;
import retrofit2.Invocation;

/**
 * The headers of every request: who asks, in which version, in which casing, and what the caller
 * added for this call.
 */
final class DefaultHeaders implements Interceptor {
  private static final String USER_AGENT = userAgent(System.getProperty("java.version", ""));

  private final HttpUrl baseUrl;

  DefaultHeaders(HttpUrl baseUrl) {
    this.baseUrl = baseUrl;
  }

  /** The value of {@code User-Agent}; the version is a property, which may be set to anything. */
  static String userAgent(String javaVersion) {
    String version = javaVersion;
    try {
      HeaderValue.check("java.version", javaVersion);
    } catch (IllegalArgumentException e) {
      version = String.valueOf(Runtime.version().feature());
    }
    return "persona4j/" + SdkVersion.VERSION + " (Java " + version + ")";
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    Request request = chain.request();
    if (request.tag(FileRequest.class) != null) {
      // A link to a file opens by itself; nothing of the client is the business of its host.
      return chain.proceed(request.newBuilder().header("User-Agent", USER_AGENT).build());
    }
    RequestOptions options = request.tag(RequestOptions.class);
    if (options == null) {
      options = RequestOptions.none();
    }
    Request.Builder headed =
        request
            .newBuilder()
            // The models know the names in this casing only; otherwise the key's own setting
            // decides.
            .header("Key-Inflection", "kebab")
            .header("User-Agent", USER_AGENT);
    String version = options.apiVersion();
    if (version != null) {
      headed.header("Persona-Version", version);
    }
    if (request.header("Accept") == null) {
      headed.header("Accept", "application/json");
    }
    String key = options.apiKey();
    if (key != null && isApi(request.url()) && takesKey(request)) {
      headed.header("Authorization", "Bearer " + key);
    }
    for (Map.Entry<String, String> header : options.headers().entrySet()) {
      headed.header(header.getKey(), header.getValue());
    }
    return chain.proceed(headed.build());
  }

  /** Whether this is asked for with the key, and not with an authorization of its own or none. */
  static boolean takesKey(Request request) {
    if (request.header("Authorization") != null) {
      return false;
    }
    Invocation invocation = request.tag(Invocation.class);
    return invocation == null || !invocation.method().isAnnotationPresent(WithoutKey.class);
  }

  // A Retrofit interface can name any URL; the key is for the API alone.
  private boolean isApi(HttpUrl url) {
    return sameOrigin(url, baseUrl);
  }

  static boolean sameOrigin(HttpUrl one, HttpUrl other) {
    return one.host().equals(other.host())
        && one.port() == other.port()
        && one.scheme().equals(other.scheme());
  }
}
