package io.github.persona4j.testing.internal.webhook;

import java.net.URI;
import java.util.Locale;

/** The hosts of this machine, decided by their names only. */
public final class Loopback {
  private Loopback() {}

  /** Returns whether the host of the URI is {@code localhost} or a loopback address. */
  public static boolean contains(URI uri) {
    String host = uri.getHost();
    if (host == null) {
      return false;
    }
    String name = host.toLowerCase(Locale.ROOT);
    return name.equals("localhost")
        || name.endsWith(".localhost")
        || name.equals("[::1]")
        || name.matches("127(\\.\\d{1,3}){3}");
  }
}
