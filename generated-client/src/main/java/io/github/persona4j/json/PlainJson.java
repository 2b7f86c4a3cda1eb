package io.github.persona4j.json;

import java.util.Arrays;

/**
 * Looks for the end of a value that can be taken as it stands: without spaces, with nothing but
 * ASCII and no escapes in its texts, each name once in its object, and all of it at hand. Most of
 * what no model knows is like that, and is then copied at once instead of token by token.
 *
 * <p>What is not like that, or not JSON, is left to the tokens, which also tell what is wrong. Not
 * thread-safe; may be used for one value after the other.
 */
final class PlainJson {
  private static final int NONE = -1;
  private static final int ARRAY = -1;
  private static final int FIRST_SCOPES = 16;
  private static final int FIRST_NAMES = 16;
  private static final int MOST_NAMES = 64; // of one object; comparing more with each other is slow

  private byte[] bytes = {};
  private int limit;

  // The open arrays and objects: of an object, where its names begin among those below.
  private int[] scopes = new int[FIRST_SCOPES];
  private int open;

  // Where the names of the open objects begin, and their hashes.
  private int[] starts = new int[FIRST_NAMES];
  private int[] hashes = new int[FIRST_NAMES];
  private int openNames;

  private int values;
  private int names;
  private int longestToken;

  /**
   * The position behind the array or object that begins at a position, or -1.
   *
   * @param depth how deep arrays and objects may be nested, this one included
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
        next = closed(simple(c, next));
      } else if (open == depth) {
        return NONE;
      } else if (at(next + 1) == (c == '{' ? '}' : ']')) {
        next = closed(next + 2);
      } else {
        next = opened(c, next + 1);
      }
    } while (next != NONE && open > 0);
    return next;
  }

  /** How many values were gone over, the outermost included. */
  int values() {
    return values;
  }

  /** How many names were gone over. */
  int names() {
    return names;
  }

  /** The length of the longest text, name or number that was gone over. */
  int longestToken() {
    return longestToken;
  }

  // A byte that fits nowhere stands for those that are not at hand.
  private byte at(int position) {
    return position >= 0 && position < limit ? bytes[position] : 0;
  }

  /** Opens an array or object that is not empty; gives the position of its first value. */
  private int opened(byte bracket, int position) {
    if (open == scopes.length) {
      scopes = Arrays.copyOf(scopes, open * 2);
    }
    int scope = bracket == '{' ? openNames : ARRAY;
    scopes[open++] = scope;
    return scope == ARRAY ? position : name(position, scope);
  }

  /**
   * Closes what ends behind a value; gives the position of the next value, or of what follows when
   * nothing is open any more.
   */
  private int closed(int position) {
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
      case '"' -> text(position + 1);
      case 't' -> word(position, "true");
      case 'f' -> word(position, "false");
      case 'n' -> word(position, "null");
      default -> number(position);
    };
  }

  private int text(int position) {
    int i = position;
    while (i < limit && JsonTokens.isPlain(bytes[i])) {
      i++;
    }
    longestToken = Math.max(longestToken, i - position);
    return at(i) == '"' ? i + 1 : NONE;
  }

  /** Goes over a name that none of the object's since the first is equal to, and the colon. */
  private int name(int position, int first) {
    if (at(position) != '"') {
      return NONE;
    }
    int start = position + 1;
    int hash = 0;
    int i = start;
    while (i < limit && JsonTokens.isPlain(bytes[i])) {
      hash = 31 * hash + bytes[i];
      i++;
    }
    if (at(i) != '"' || at(i + 1) != ':' || openNames - first == MOST_NAMES) {
      return NONE;
    }
    int length = i + 1 - start; // with the quote, where a shorter one ends
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

  private int word(int position, String word) {
    for (int i = 0; i < word.length(); i++) {
      if (at(position + i) != word.charAt(i)) {
        return NONE;
      }
    }
    return position + word.length();
  }

  private int number(int position) {
    int i = at(position) == '-' ? position + 1 : position;
    int digits = digits(i);
    if (digits == i || (at(i) == '0' && digits > i + 1)) {
      return NONE;
    }
    i = digits;
    if (at(i) == '.') {
      digits = digits(i + 1);
      if (digits == i + 1) {
        return NONE;
      }
      i = digits;
    }
    longestToken = Math.max(longestToken, i - position);
    return at(i) == 'e' || at(i) == 'E' ? NONE : i;
  }

  /** The end of the digits from a position on. */
  private int digits(int position) {
    int i = position;
    while (at(i) >= '0' && at(i) <= '9') {
      i++;
    }
    return i;
  }
}
