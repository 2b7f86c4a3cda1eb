package io.github.persona4j.json;

import java.util.Arrays;

/**
 * Finds the end of a plain array or object: without white space, with only ASCII and no escapes in
 * strings, without duplicate names, and completely in the buffer. Most raw values are plain, and
 * are then copied at once instead of token by token.
 *
 * <p>Values that are not plain, or not JSON, are left to {@link JsonTokenizer}, which also reports
 * errors. Not thread-safe; reusable for several values.
 */
final class PlainJsonScanner {
  private static final int NONE = -1;
  private static final int ARRAY = -1;
  private static final int INITIAL_SCOPES = 16;
  private static final int INITIAL_NAMES = 16;
  private static final int MAX_NAMES = 64; // of one object; comparing more of them is slow

  private byte[] bytes = {};
  private int limit;

  // The open arrays and objects; for an object, the index of its first name in the arrays below.
  private int[] scopes = new int[INITIAL_SCOPES];
  private int open;

  // The positions of the names of the open objects, and their hash codes.
  private int[] starts = new int[INITIAL_NAMES];
  private int[] hashes = new int[INITIAL_NAMES];
  private int openNames;

  private int values;
  private int names;
  private int longestToken;

  /**
   * Returns the position after the array or object that begins at a position, or -1.
   *
   * @param depth the maximum nesting depth of arrays and objects, including this one
   */
  int end(byte[] bytes, int position, int limit, int depth) {
    this.bytes = bytes;
    this.limit = limit;
    open = 0;
    openNames = 0;
    values = 0;
    names = 0;
    longestToken = 0;
    int next = position;
    do {
      values++;
      byte c = at(next);
      if (c != '{' && c != '[') {
        next = close(simple(c, next));
      } else if (open == depth) {
        return NONE;
      } else if (at(next + 1) == (c == '{' ? '}' : ']')) {
        next = close(next + 2);
      } else {
        next = open(c, next + 1);
      }
    } while (next != NONE && open > 0);
    return next;
  }

  /** Returns the number of values, including the outermost. */
  int values() {
    return values;
  }

  /** Returns the number of names. */
  int names() {
    return names;
  }

  /** Returns the length of the longest string, name or number. */
  int longestToken() {
    return longestToken;
  }

  // Returns 0, which is never valid, outside of the buffer.
  private byte at(int position) {
    return position >= 0 && position < limit ? bytes[position] : 0;
  }

  /** Begins an array or object that is not empty; returns the position of its first value. */
  private int open(byte bracket, int position) {
    if (open == scopes.length) {
      scopes = Arrays.copyOf(scopes, open * 2);
    }
    int scope = bracket == '{' ? openNames : ARRAY;
    scopes[open++] = scope;
    return scope == ARRAY ? position : name(position, scope);
  }

  /**
   * Ends the arrays and objects that end after a value; returns the position of the next value, or
   * the end if nothing is open.
   */
  private int close(int position) {
    int next = position;
    while (open > 0) {
      int scope = scopes[open - 1];
      byte c = at(next);
      if (c == ',') {
        return scope == ARRAY ? next + 1 : name(next + 1, scope);
      }
      if (c != (scope == ARRAY ? ']' : '}')) {
        return NONE;
      }
      next++;
      open--;
      if (scope != ARRAY) {
        openNames = scope;
      }
    }
    return next;
  }

  private int simple(byte first, int position) {
    return switch (first) {
      case '"' -> string(position + 1);
      case 't' -> literal(position, "true");
      case 'f' -> literal(position, "false");
      case 'n' -> literal(position, "null");
      default -> number(position);
    };
  }

  private int string(int position) {
    int i = position;
    while (i < limit && JsonTokenizer.isPlain(bytes[i])) {
      i++;
    }
    longestToken = Math.max(longestToken, i - position);
    return at(i) == '"' ? i + 1 : NONE;
  }

  /** Skips a name that is unique in its object, and the colon. */
  private int name(int position, int first) {
    if (at(position) != '"') {
      return NONE;
    }
    int start = position + 1;
    int hash = 0;
    int i = start;
    while (i < limit && JsonTokenizer.isPlain(bytes[i])) {
      hash = 31 * hash + bytes[i];
      i++;
    }
    if (at(i) != '"' || at(i + 1) != ':' || openNames - first == MAX_NAMES) {
      return NONE;
    }
    int length = i + 1 - start; // with the quote, so that a prefix is not equal
    for (int j = first; j < openNames; j++) {
      if (hashes[j] == hash
          && Arrays.equals(
              bytes, start, i + 1, bytes, starts[j], Math.min(limit, starts[j] + length))) {
        return NONE;
      }
    }
    if (openNames == starts.length) {
      starts = Arrays.copyOf(starts, openNames * 2);
      hashes = Arrays.copyOf(hashes, openNames * 2);
    }
    starts[openNames] = start;
    hashes[openNames++] = hash;
    names++;
    longestToken = Math.max(longestToken, i - start);
    return i + 2;
  }

  private int literal(int position, String literal) {
    for (int i = 0; i < literal.length(); i++) {
      if (at(position + i) != literal.charAt(i)) {
        return NONE;
      }
    }
    return position + literal.length();
  }

  /** A number without an exponent, which can have many forms. */
  private int number(int position) {
    int end = JsonNumber.end(bytes, position, limit);
    for (int i = position; i < end; i++) {
      if (bytes[i] == 'e' || bytes[i] == 'E') {
        return NONE;
      }
    }
    longestToken = Math.max(longestToken, end - position);
    return end;
  }
}
