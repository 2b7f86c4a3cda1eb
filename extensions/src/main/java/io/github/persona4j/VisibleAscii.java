package io.github.persona4j;

/** Checks values that consist of visible ASCII characters, such as IDs and tokens. */
final class VisibleAscii {
  private VisibleAscii() {}

  /**
   * Returns a value that is not empty and has no spaces, control characters or other letters.
   *
   * @param argument its name
   * @throws IllegalArgumentException if it is another one; the message does not contain it
   */
  static String check(String argument, String value) {
    if (value.isEmpty() || !value.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw new IllegalArgumentException(argument + " must be visible ASCII and not be empty");
    }
    return value;
  }
}
