package io.github.persona4j.contract;

import java.util.Locale;

/** Compares names in different spellings. */
final class Names {
  private Names() {}

  /**
   * Returns the letters and digits of a name, so that {@code created-at} equals {@code createdAt}.
   */
  static String letters(String name) {
    return name.replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
  }
}
