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
  private static final int FIRST_NAMES = 16;
  private static final int MOST_NAMES = 64; // of one object; comparing more with each other is slow

  private byte[] bytes = {};
  private int limit;

  // Where the names of the open objects begin, and their hashes.
  private int[] starts = new int[FIRST_NAMES];
  private int[] hashes = new int[FIRST_NAMES];
  private int names;

  /**
   * The position behind the value that begins at a position, or -1.
   *
   * @param depth how deep arrays and objects may be nested in it
   */
  int end(byte[] bytes, int position, int limit, int depth) {
    this.bytes = bytes;
    this.limit = limit;
    this.names = 0;
    return value(position, depth);
  }

  // A byte that fits nowhere stands for those that are not at hand.
  private byte at(int position) {
    return position >= 0 && position < limit ? bytes[position] : 0;
  }

  private int value(int position, int depth) {
    return switch (at(position)) {
      case '"' -> text(position + 1);
      case '{' -> depth == 0 ? NONE : object(position + 1, depth - 1);
      case '[' -> depth == 0 ? NONE : array(position + 1, depth - 1);
      case 't' -> word(position, "true");
      case 'f' -> word(position, "false");
      case 'n' -> word(position, "null");
      default -> number(position);
    };
  }

  private int object(int position, int depth) {
    if (at(position) == '}') {
      return position + 1;
    }
    int first = names;
    int next = position;
    while (at(next) == '"') {
      next = name(next + 1, first);
      if (at(next) != ':') {
        return NONE;
      }
      next = value(next + 1, depth);
      byte c = at(next);
      next++;
      if (c == '}') {
        names = first;
        return next;
      }
      if (c != ',') {
        return NONE;
      }
    }
    return NONE;
  }

  private int array(int position, int depth) {
    if (at(position) == ']') {
      return position + 1;
    }
    int next = position;
    while (true) {
      next = value(next, depth);
      byte c = at(next);
      next++;
      if (c == ']') {
        return next;
      }
      if (c != ',') {
        return NONE;
      }
    }
  }

  private int text(int position) {
    int i = position;
    while (i < limit && JsonTokens.isPlain(bytes[i])) {
      i++;
    }
    return at(i) == '"' ? i + 1 : NONE;
  }

  /** Goes over a name that none of the object's since the first is equal to. */
  private int name(int position, int first) {
    int hash = 0;
    int i = position;
    while (i < limit && JsonTokens.isPlain(bytes[i])) {
      hash = 31 * hash + bytes[i];
      i++;
    }
    if (at(i) != '"' || names - first == MOST_NAMES) {
      return NONE;
    }
    int length = i + 1 - position; // with the quote, where a shorter one ends
    for (int j = first; j < names; j++) {
      if (hashes[j] == hash
          && Arrays.equals(
              bytes, position, i + 1, bytes, starts[j], Math.min(limit, starts[j] + length))) {
        return NONE;
      }
    }
    if (names == starts.length) {
      starts = Arrays.copyOf(starts, names * 2);
      hashes = Arrays.copyOf(hashes, names * 2);
    }
    starts[names] = position;
    hashes[names++] = hash;
    return i + 1;
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
