package io.github.persona4j.request;

/** Which characters a text has, beyond what {@link String} tells. */
final class Characters {
  private Characters() {}

  /**
   * Whether a text shows nothing: it is empty, or has only spaces of any script, control characters
   * and characters without a glyph, such as U+200B.
   */
  static boolean areInvisible(String text) {
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      if (!isInvisible(c)) {
        return false;
      }
      i += Character.charCount(c);
    }
    return true;
  }

  private static boolean isInvisible(int c) {
    return Character.isWhitespace(c)
        || Character.isSpaceChar(c)
        || Character.isISOControl(c)
        || Character.getType(c) == Character.FORMAT
        || isFiller(c);
  }

  // Letters, marks and symbols to Unicode, but nothing to see.
  private static boolean isFiller(int c) {
    return switch (c) {
      case 0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0 -> true;
      default ->
          (c >= 0x180B && c <= 0x180F)
              || (c >= 0xFE00 && c <= 0xFE0F)
              || (c >= 0xE0100 && c <= 0xE01EF);
    };
  }

  /** Whether a text has half of a surrogate pair, for which UTF-8 has no bytes. */
  static boolean haveLoneSurrogate(String text) {
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
        return true;
      }
      i += Character.charCount(c);
    }
    return false;
  }
}
