package io.github.persona4j.contract;

import java.util.Locale;

/** Names as descriptions, JSON and Java spell them. */
final class Names {
  private Names() {}

  /** The letters and digits of a name, so that {@code created-at} and {@code createdAt} are one. */
  static String letters(String name) {
    return name.replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
  }
}
