package io.github.persona4j.json;

/** Converts keys between their two spellings: {@code name-first} and {@code name_first}. */
final class Spelling {
  private Spelling() {}

  /** Returns the key with underscores if it has hyphens, otherwise with hyphens. */
  static String other(String key) {
    return key.indexOf('-') >= 0 ? key.replace('-', '_') : key.replace('_', '-');
  }
}
