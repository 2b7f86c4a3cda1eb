package io.github.persona4j.json;

import java.util.Objects;

/**
 * Text from outside, such as a name in JSON or the value of a header, made fit for one line of a
 * message or a log: it cannot end the line, change the direction of the text or hide a part of it.
 */
public final class SafeText {
  /** How many characters of a name, an ID or a value messages and {@code toString()} show. */
  public static final int MAX_LENGTH = 100;

  private SafeText() {}

  /** As {@link #of(String, int)}, with at most {@value #MAX_LENGTH} characters. */
  public static String of(String text) {
    return of(text, MAX_LENGTH);
  }

  /**
   * One line of at most so many characters. A run of characters that are invisible becomes one
   * space in the middle of the text and nothing at its ends: white space, control and format
   * characters, separators, and halves of surrogate pairs. Text that is cut ends with an ellipsis.
   *
   * @param max 1 or more
   */
  public static String of(String text, int max) {
    if (isPlain(Objects.requireNonNull(text, "text"), max)) {
      return text;
    }
    StringBuilder line = new StringBuilder(Math.min(text.length(), max));
    boolean gap = false;
    int next;
    for (int i = 0; i < text.length(); i = next) {
      int c = text.codePointAt(i);
      next = i + Character.charCount(c);
      if (isInvisible(c)) {
        gap = line.length() > 0;
        continue;
      }
      if (line.length() + (gap ? 1 : 0) + Character.charCount(c) > max) {
        return cut(line, max);
      }
      if (gap) {
        line.append(' ');
        gap = false;
      }
      line.appendCodePoint(c);
    }
    return line.toString();
  }

  /** Most often the text is short, visible ASCII. */
  private static boolean isPlain(String text, int max) {
    if (text.length() > max) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) <= ' ' || text.charAt(i) >= 0x7f) {
        return false;
      }
    }
    return true;
  }

  private static boolean isInvisible(int c) {
    return Character.isWhitespace(c)
        || switch (Character.getType(c)) {
          case Character.CONTROL,
              Character.FORMAT,
              Character.SURROGATE,
              Character.SPACE_SEPARATOR,
              Character.LINE_SEPARATOR,
              Character.PARAGRAPH_SEPARATOR ->
              true;
          default -> false;
        };
  }

  private static String cut(StringBuilder line, int max) {
    int end = Math.min(line.length(), max - 1);
    if (end > 0 && Character.isHighSurrogate(line.charAt(end - 1))) {
      end--;
    }
    line.setLength(end);
    return line.append('…').toString();
  }
}
