package io.github.persona4j.testing;

import java.util.SplittableRandom;

/**
 * Ids and choices that depend on nothing but their arguments, so that every run sees the same data.
 */
final class Ids {
  private static final String ALPHABET =
      "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
  private static final int LENGTH = 24;

  private Ids() {}

  /** An id such as {@code evt_} and 24 letters and digits. */
  static String of(String prefix, Object name) {
    SplittableRandom random = random(prefix, name);
    StringBuilder id = new StringBuilder(prefix).append('_');
    for (int i = 0; i < LENGTH; i++) {
      id.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return id.toString();
  }

  static SplittableRandom random(String purpose, Object name) {
    String text = purpose + ' ' + name;
    long hash = 0xcbf29ce484222325L; // FNV-1a: String.hashCode has too few bits for many ids
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
    }
    return new SplittableRandom(hash);
  }
}
