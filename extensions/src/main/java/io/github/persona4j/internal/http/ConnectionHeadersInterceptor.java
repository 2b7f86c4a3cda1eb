package io.github.persona4j.internal.http;

import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Refuses headers that control the connection or the framing of a message, unless OkHttp sets them.
 * Set by an interceptor or an interface of the user, such a header could delay the request,
 * truncate it, or direct it to another host.
 *
 * <p>It is the last application interceptor, so that it refuses headers before a connection is
 * opened. {@link #check} checks the headers that OkHttp adds.
 */
final class ConnectionHeadersInterceptor implements Interceptor {
  private static final Set<String> NEVER_SENT = neverSent();

  /** The value that OkHttp sets. */
  private static final String KEEP_ALIVE = "Keep-Alive";

  private static Set<String> neverSent() {
    Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    Collections.addAll(
        names,
        "Content-Encoding",
        "Expect",
        "HTTP2-Settings",
        "Keep-Alive",
        "Proxy-Connection",
        "TE",
        "Trailer",
        "Upgrade");
    return names;
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    Headers headers = chain.request().headers();
    checkNeverSent(headers);
    for (String value : headers.values("Connection")) {
      checkClose(value);
    }
    return chain.proceed(chain.request());
  }

  /**
   * Checks a request immediately before it is sent, with the headers that OkHttp added.
   *
   * @throws IllegalArgumentException if one of these headers is not as OkHttp sets it
   * @throws IOException if the length of the body cannot be determined
   */
  static void check(Request request) throws IOException {
    Headers headers = request.headers();
    checkNeverSent(headers);
    for (String value : headers.values("Connection")) {
      if (!value.equals(KEEP_ALIVE)) {
        checkClose(value);
      }
    }
    if (!isOnly(headers.values("Host"), host(request.url()))) {
      throw refused("Host", "must be that of the URL");
    }
    checkLength(headers, request.body());
  }

  private static void checkNeverSent(Headers headers) {
    for (int i = 0; i < headers.size(); i++) {
      if (NEVER_SENT.contains(headers.name(i))) {
        throw refused(headers.name(i), "is not sent by this client");
      }
    }
  }

  private static void checkClose(String connection) {
    if (!connection.equalsIgnoreCase("close")) {
      throw refused("Connection", "may only be close");
    }
  }

  private static void checkLength(Headers headers, @Nullable RequestBody body) throws IOException {
    List<String> lengths = headers.values("Content-Length");
    List<String> encodings = headers.values("Transfer-Encoding");
    long length = body == null ? 0 : body.contentLength(); // -1 for a body in chunks
    boolean measured = body != null && length >= 0;
    if (measured ? !isOnly(lengths, Long.toString(length)) : !lengths.isEmpty()) {
      throw refused("Content-Length", "must be the length of the body");
    }
    if (length < 0 ? !isOnly(encodings, "chunked") : !encodings.isEmpty()) {
      throw refused("Transfer-Encoding", "is set by OkHttp alone");
    }
  }

  private static boolean isOnly(List<String> values, String expected) {
    return values.size() == 1 && values.get(0).equalsIgnoreCase(expected);
  }

  private static String host(HttpUrl url) {
    String host = Origins.hostInUrl(url.host());
    return url.port() == HttpUrl.defaultPort(url.scheme()) ? host : host + ":" + url.port();
  }

  private static IllegalArgumentException refused(String name, String rule) {
    return new IllegalArgumentException("The request header " + name + " " + rule);
  }
}
