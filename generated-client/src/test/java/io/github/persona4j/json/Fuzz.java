package io.github.persona4j.json;

/**
 * The number of random inputs of a test, multiplied by the system property {@code
 * persona4j.fuzz.factor}, which {@code .ci/full} sets. Without it, a fifth of the number.
 */
final class Fuzz {
  private static final int FACTOR = Integer.getInteger("persona4j.fuzz.factor", 0);

  private Fuzz() {}

  static int times(int count) {
    return FACTOR == 0 ? Math.max(1, count / 5) : Math.multiplyExact(count, FACTOR);
  }
}
