package io.github.persona4j.json;

/**
 * How much memory the values of one text may still take, by estimate. All inputs over parts of the
 * text share one.
 *
 * <p>What is charged depends on the text alone, not on the pieces in which it is read: a text that
 * passes once passes always. Not thread-safe.
 */
final class DecodingBudget {
  // On a 64-bit JVM with compressed references, rounded up.
  /** A text, without its characters. */
  static final int TEXT = 48;

  /** An object of one or two fields, such as a {@link JsonValue}. */
  static final int SMALL_OBJECT = 24;

  /** A model without its slots. */
  static final int MODEL = 48;

  static final int SLOT = 4;

  /** An empty list. */
  static final int LIST = 64;

  /** An item of a list, in the arrays that grow with it and in the list. */
  static final int ITEM = 16;

  /** An empty map. */
  static final int MAP = 200;

  /** An entry of a map, without its key and value. */
  static final int ENTRY = 64;

  /** A value within a raw one, once it is read by itself. */
  static final int RAW_VALUE = SMALL_OBJECT + TEXT;

  /** A name within a raw value, once the object is read. */
  static final int RAW_NAME = ENTRY + TEXT;

  /** A byte of a raw value: once in the value, once in those within. */
  static final int RAW_BYTE = 2;

  // The buffer for a long token doubles: at the worst three times the token is there at once.
  private static final int BUFFER = 3;

  private static final int SHORT = 8192; // what fits the buffers that are there anyway

  private final long max;
  private long left;
  private long longestToken = SHORT;
  private long longestRaw = SHORT;

  DecodingBudget(long max) {
    this(max, max);
  }

  private DecodingBudget(long max, long left) {
    this.max = max;
    this.left = left;
  }

  /** For what has been charged before, or was made by the caller. */
  static DecodingBudget unlimited() {
    return new DecodingBudget(Long.MAX_VALUE);
  }

  /** A budget of what is left here, for values that are not kept. */
  DecodingBudget trial() {
    return new DecodingBudget(max, left);
  }

  long max() {
    return max;
  }

  /** Takes some memory; false if there is not as much. */
  boolean take(long bytes) {
    left -= bytes;
    return left >= 0;
  }

  /** Whether no token of this length, in bytes, has been charged for. */
  boolean isLong(int token) {
    return token > longestToken;
  }

  /** Takes the buffer for a token; false if there is not as much memory. */
  boolean takeToken(int token) {
    boolean enough = true;
    if (token > longestToken) {
      enough = take(BUFFER * (token - longestToken));
      longestToken = token;
    }
    return enough;
  }

  /** Whether there is memory for the buffer of a token that is this long so far. */
  boolean allowsToken(int token) {
    return BUFFER * (token - longestToken) <= left;
  }

  /** Takes the buffer for a raw value that is this long so far; false if there is not as much. */
  boolean takeRaw(int length) {
    boolean enough = true;
    if (length > longestRaw) {
      enough = take(BUFFER * (length - longestRaw));
      longestRaw = length;
    }
    return enough;
  }
}
