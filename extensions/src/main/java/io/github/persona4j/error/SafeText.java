package io.github.persona4j.error;

/** Text of a server made fit for one line of a message. */
final class SafeText {
  private SafeText() {}

  /** One line of at most {@code max} characters, without control characters. */
  static String of(String text, int max) {
    StringBuilder line = new StringBuilder(Math.min(text.length(), max));
    boolean gap = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (isInvisible(c)) {
        gap = line.length() > 0;
        continue;
      }
      if (line.length() + (gap ? 1 : 0) >= max) {
        return cut(line, max);
      }
      if (gap) {
        line.append(' ');
        gap = false;
      }
      line.append(c);
    }
    return line.toString();
  }

  // Format characters can turn the direction of a line or hide parts of it.
  private static boolean isInvisible(char c) {
    return Character.isWhitespace(c)
        || Character.isISOControl(c)
        || Character.getType(c) == Character.FORMAT;
  }

  private static String cut(StringBuilder line, int max) {
    line.setLength(Math.min(line.length(), max - 1));
    if (Character.isHighSurrogate(line.charAt(line.length() - 1))) {
      line.setLength(line.length() - 1);
    }
    return line.append('…').toString();
  }
}
