package io.github.persona4j.testing.internal.store;

import java.util.SplittableRandom;

/**
 * Creates ids and random values that depend only on their arguments, so that every run has the same
 * data.
 */
public final class Ids {
  private static final String ALPHABET =
      "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
  private static final int LENGTH = 24;

  private Ids() {}

  /** Returns an id such as {@code evt_} followed by 24 letters and digits. */
  public static String of(String prefix, Object name) {
    SplittableRandom random = random(prefix, name);
    StringBuilder id = new StringBuilder(prefix).append('_');
    for (int i = 0; i < LENGTH; i++) {
      id.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return id.toString();
  }

  public static SplittableRandom random(String purpose, Object name) {
    String seed = purpose + ' ' + name;
    long hash = 0xcbf29ce484222325L; // FNV-1a: String.hashCode has too few bits for many ids
    for (int i = 0; i < seed.length(); i++) {
      hash = (hash ^ seed.charAt(i)) * 0x100000001b3L;
    }
    return new SplittableRandom(hash);
  }
}
