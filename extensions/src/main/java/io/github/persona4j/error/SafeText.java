package io.github.persona4j.error;

/** Text of a server made fit for one line of a message. */
final class SafeText {
  private SafeText() {}

  /** One line of at most {@code max} characters, without control characters. */
  static String of(String text, int max) {
    StringBuilder line = new StringBuilder(Math.min(text.length(), max));
    boolean gap = false;
    for (int i = 0; i < text.length() && line.length() < max; i++) {
      char c = text.charAt(i);
      if (Character.isWhitespace(c) || Character.isISOControl(c)) {
        gap = line.length() > 0;
      } else {
        if (gap) {
          line.append(' ');
          gap = false;
        }
        line.append(c);
      }
    }
    if (line.length() >= max) {
      line.setLength(max - 1);
      line.append('…');
    }
    return line.toString();
  }
}
