package io.github.persona4j.json;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Sanitizes untrusted strings, such as a name in JSON or the value of a header, for one line of a
 * message or a log. The result cannot end the line, change the string direction or hide a part of
 * it.
 */
public final class SafeText {
  /** The maximum length of a name, an ID or a value in messages and {@code toString()}. */
  public static final int MAX_LENGTH = 100;

  static final String HIDDEN_NAME = "*";

  // Names of the API are words with few digits. A date, a phone number or an address is none.
  private static final Pattern NAME =
      Pattern.compile("(?!(?:\\D*\\d){5})[A-Za-z_][A-Za-z0-9_-]{0," + (MAX_LENGTH - 1) + "}");

  private SafeText() {}

  /**
   * Returns the name of a property if it looks like a name of the API: letters, dashes, underscores
   * and at most four digits. Any other string may be personal data that was sent as a name, and is
   * replaced by {@code *}.
   */
  public static String name(String name) {
    return NAME.matcher(Objects.requireNonNull(name, "name")).matches() ? name : HIDDEN_NAME;
  }

  /** Equivalent to {@link #of(String, int)} with {@value #MAX_LENGTH}. */
  public static String of(String string) {
    return of(string, MAX_LENGTH);
  }

  /**
   * Returns one line of limited length. Each run of invisible characters (white space, control and
   * format characters, separators, and unpaired surrogates) is replaced by one space, or removed at
   * the start and the end. Truncated strings end with an ellipsis.
   *
   * @param max the maximum number of characters, at least 1
   */
  public static String of(String string, int max) {
    if (isPlain(Objects.requireNonNull(string, "string"), max)) {
      return string;
    }
    StringBuilder line = new StringBuilder(Math.min(string.length(), max));
    boolean gap = false;
    int next;
    for (int i = 0; i < string.length(); i = next) {
      int c = string.codePointAt(i);
      next = i + Character.charCount(c);
      if (isInvisible(c)) {
        gap = line.length() > 0;
        continue;
      }
      if (line.length() + (gap ? 1 : 0) + Character.charCount(c) > max) {
        return truncate(line, max);
      }
      if (gap) {
        line.append(' ');
        gap = false;
      }
      line.appendCodePoint(c);
    }
    return line.toString();
  }

  /** Returns whether the string is short and visible ASCII, as most are. */
  private static boolean isPlain(String string, int max) {
    if (string.length() > max) {
      return false;
    }
    for (int i = 0; i < string.length(); i++) {
      if (string.charAt(i) <= ' ' || string.charAt(i) >= 0x7f) {
        return false;
      }
    }
    return true;
  }

  /**
   * Returns whether a character is white space, a control or format character, a separator or an
   * unpaired surrogate.
   *
   * @param codePoint the character
   */
  public static boolean isInvisible(int codePoint) {
    return Character.isWhitespace(codePoint)
        || switch (Character.getType(codePoint)) {
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

  private static String truncate(StringBuilder line, int max) {
    int end = Math.min(line.length(), max - 1);
    if (end > 0 && Character.isHighSurrogate(line.charAt(end - 1))) {
      end--;
    }
    line.setLength(end);
    return line.append('…').toString();
  }
}
