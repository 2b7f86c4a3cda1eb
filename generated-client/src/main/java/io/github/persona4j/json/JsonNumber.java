package io.github.persona4j.json;

/** The grammar of JSON numbers (RFC 8259). */
final class JsonNumber {
  /** No number begins there. */
  static final int NONE = -1;

  private JsonNumber() {}

  /** Returns the end of the number that begins at a position, or {@link #NONE}. */
  static int end(byte[] bytes, int start, int limit) {
    int first = is(bytes, start, limit, '-') ? start + 1 : start;
    int end = digits(bytes, first, limit);
    if (end == NONE || (end > first + 1 && bytes[first] == '0')) {
      return NONE;
    }
    if (is(bytes, end, limit, '.')) {
      end = digits(bytes, end + 1, limit);
    }
    if (end != NONE && (is(bytes, end, limit, 'e') || is(bytes, end, limit, 'E'))) {
      boolean signed = is(bytes, end + 1, limit, '+') || is(bytes, end + 1, limit, '-');
      end = digits(bytes, signed ? end + 2 : end + 1, limit);
    }
    return end;
  }

  private static boolean is(byte[] bytes, int position, int limit, char expected) {
    return position < limit && bytes[position] == expected;
  }

  /** Returns the end of the digits at a position, or {@link #NONE} if there are none. */
  private static int digits(byte[] bytes, int start, int limit) {
    int i = start;
    while (i < limit && isDigit(bytes[i])) {
      i++;
    }
    return i > start ? i : NONE;
  }

  static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  /** Whether a byte can be a part of a number that is no digit. */
  static boolean isSymbol(byte c) {
    return c == '.' || c == '-' || c == '+' || c == 'e' || c == 'E';
  }
}
