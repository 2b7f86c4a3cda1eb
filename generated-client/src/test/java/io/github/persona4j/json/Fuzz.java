package io.github.persona4j.json;

/**
 * How many random inputs a test takes. The system property {@code persona4j.fuzz.factor}, which is
 * 1 by default, multiplies them; {@code .ci/full} sets it.
 */
final class Fuzz {
  private static final int FACTOR = Integer.getInteger("persona4j.fuzz.factor", 1);

  private Fuzz() {}

  static int times(int usual) {
    return Math.multiplyExact(usual, FACTOR);
  }
}
