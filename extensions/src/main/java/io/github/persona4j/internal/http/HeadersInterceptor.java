package io.github.persona4j.internal.http;

import io.github.persona4j.request.HeaderValue;
import io.github.persona4j.request.RequestOptions;
import java.io.IOException;
import java.util.Map;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;

/**
 * The headers of every request: who asks, in which version, in which casing, and what the caller
 * added for this call.
 */
public final class HeadersInterceptor implements Interceptor {
  private static final String USER_AGENT = userAgent(System.getProperty("java.version", ""));

  private final HttpUrl baseUrl;

  HeadersInterceptor(HttpUrl baseUrl) {
    this.baseUrl = baseUrl;
  }

  /** The value of {@code User-Agent}; the version is a property, which may be set to anything. */
  public static String userAgent(String javaVersion) {
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
    if (request.tag(FileTag.class) != null) {
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
    // A Retrofit interface can name any URL; the key is for the API alone.
    if (key != null && Origins.isSame(request.url(), baseUrl) && takesKey(request)) {
      headed.header("Authorization", "Bearer " + key);
    }
    for (Map.Entry<String, String> header : options.headers().entrySet()) {
      headed.header(header.getKey(), header.getValue());
    }
    return chain.proceed(headed.build());
  }

  /** Whether this is asked for with the key, and not with an authorization of its own or none. */
  public static boolean takesKey(Request request) {
    if (request.header("Authorization") != null) {
      return false;
    }
    return !InvokedMethod.isWithoutKey(request);
  }
}
