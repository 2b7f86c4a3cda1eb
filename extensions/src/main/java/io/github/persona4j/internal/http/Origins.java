package io.github.persona4j.internal.http;

import java.util.Objects;
import okhttp3.HttpUrl;

/** Rules for URLs that callers give, and their origins. */
public final class Origins {
  private Origins() {}

  /** Whether scheme, host and port are the same. */
  public static boolean isSame(HttpUrl one, HttpUrl other) {
    return one.host().equals(other.host())
        && one.port() == other.port()
        && one.scheme().equals(other.scheme());
  }

  /**
   * Parses the URL that an argument holds.
   *
   * @param name the name of the argument
   * @throws IllegalArgumentException if it is no absolute http or https URL, or has a user
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
