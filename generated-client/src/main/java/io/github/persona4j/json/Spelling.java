package io.github.persona4j.json;

/** The two spellings of a key: with hyphens, {@code name-first}, and with underscores. */
final class Spelling {
  private Spelling() {}

  /** The key with underscores if it has hyphens, else with hyphens. */
  static String other(String key) {
    return key.indexOf('-') >= 0 ? key.replace('-', '_') : key.replace('_', '-');
  }
}
