package io.github.persona4j.json;

/**
 * The number of random inputs of a test, multiplied by the system property {@code
 * persona4j.fuzz.factor}. The default is 1; {@code .ci/full} sets it.
 */
final class Fuzz {
  private static final int FACTOR = Integer.getInteger("persona4j.fuzz.factor", 1);

  private Fuzz() {}

  static int times(int usual) {
    return Math.multiplyExact(usual, FACTOR);
  }
}
