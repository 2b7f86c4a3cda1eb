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
 * Sets the headers of every request: user agent, API version, casing of names, key, and the headers
 * in the options of the call.
 */
public final class HeadersInterceptor implements Interceptor {
  private static final String USER_AGENT = userAgent(System.getProperty("java.version", ""));

  private final HttpUrl baseUrl;

  HeadersInterceptor(HttpUrl baseUrl) {
    this.baseUrl = baseUrl;
  }

  /**
   * The value of {@code User-Agent}. The system property of the Java version can have any value.
   */
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
      // A link to a file needs no other header, and its host must not receive any.
      return chain.proceed(request.newBuilder().header("User-Agent", USER_AGENT).build());
    }
    RequestOptions options = request.tag(RequestOptions.class);
    if (options == null) {
      options = RequestOptions.none();
    }
    Request.Builder headed =
        request
            .newBuilder()
            // The models use this casing. Without the header the settings of the key apply.
            .header("Key-Inflection", "kebab")
            .header("User-Agent", USER_AGENT);
    String version = options.apiVersion();
    if (version != null) {
      headed.header("Persona-Version", version);
    }
    if (request.header("Accept") == null) {
      headed.header("Accept", "application/json");
    }
    Attempt attempt = Attempt.of(chain);
    String key = options.apiKey();
    if (key == null && attempt != null) {
      key = attempt.token();
    }
    // A Retrofit interface can request any URL; only the API gets the key.
    if (key != null && Origins.isSame(request.url(), baseUrl) && takesKey(request)) {
      headed.header("Authorization", "Bearer " + key);
    }
    if (attempt != null && Origins.isSame(request.url(), baseUrl)) {
      for (Map.Entry<String, String> header : attempt.headers().entrySet()) {
        // What the request sets itself has precedence.
        if (request.header(header.getKey()) == null) {
          headed.header(header.getKey(), header.getValue());
        }
      }
    }
    for (Map.Entry<String, String> header : options.headers().entrySet()) {
      headed.header(header.getKey(), header.getValue());
    }
    return chain.proceed(headed.build());
  }

  /** Whether a request gets the key: it has no other authorization and allows one. */
  public static boolean takesKey(Request request) {
    if (request.header("Authorization") != null) {
      return false;
    }
    return !InvokedMethod.isWithoutKey(request);
  }
}
