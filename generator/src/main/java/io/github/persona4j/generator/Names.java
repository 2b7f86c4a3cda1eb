package io.github.persona4j.generator;

import java.util.Locale;

/** Makes names for Java. */
final class Names {
  private Names() {}

  /** Returns {@code ListVersions} for {@code listVersions}. */
  static String capitalized(String name) {
    return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
  }

  /** Returns {@code apiKeys} for {@code ApiKeys}. */
  static String uncapitalized(String name) {
    return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
  }
}
