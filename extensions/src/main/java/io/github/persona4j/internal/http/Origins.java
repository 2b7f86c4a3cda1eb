package io.github.persona4j.internal.http;

import java.util.Objects;
import okhttp3.HttpUrl;

/** Parses URLs of callers and compares origins. */
public final class Origins {
  private Origins() {}

  /** Whether two URLs have the same scheme, host and port. */
  public static boolean isSame(HttpUrl one, HttpUrl other) {
    return one.host().equals(other.host())
        && one.port() == other.port()
        && one.scheme().equals(other.scheme());
  }

  /** A host as a URL shows it: an IPv6 address in brackets. */
  static String hostInUrl(String host) {
    return host.indexOf(':') < 0 ? host : '[' + host + ']';
  }

  /**
   * Parses a URL that is an argument.
   *
   * @param name the name of the argument
   * @throws IllegalArgumentException if it is not an absolute http or https URL, or has a user or
   *     password
   */
  public static HttpUrl parse(String name, String value) {
    HttpUrl url = HttpUrl.parse(Objects.requireNonNull(value, name).trim());
    if (url == null) {
      throw new IllegalArgumentException(name + " must be an absolute http or https URL");
    }
    if (!url.username().isEmpty() || !url.password().isEmpty()) {
      throw new IllegalArgumentException(name + " must not have a user or password");
    }
    return url;
  }
}
