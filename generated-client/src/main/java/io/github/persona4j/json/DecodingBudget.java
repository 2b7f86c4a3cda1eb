package io.github.persona4j.json;

/**
 * The estimated memory that the values of one JSON document may still take. All inputs that read
 * parts of the document share one budget.
 *
 * <p>The charge depends only on the document, not on the chunks in which it is read, so the same
 * document always has the same result. Not thread-safe.
 */
final class DecodingBudget {
  // On a 64-bit JVM with compressed references, rounded up.
  /** A string, without its characters. */
  static final int STRING = 48;

  /** An object of one or two fields, such as a {@link JsonValue}. */
  static final int SMALL_OBJECT = 24;

  /** A model, without its slots. */
  static final int MODEL = 48;

  static final int SLOT = 4;

  /** An empty list. */
  static final int LIST = 64;

  /** An item of a list, in the growing array while it is read and in the list. */
  static final int ITEM = 16;

  /** An empty map. */
  static final int MAP = 200;

  /** An entry of a map, without its key and value. */
  static final int ENTRY = 64;

  /** A value within a raw value, when it is read separately. */
  static final int RAW_VALUE = SMALL_OBJECT + STRING;

  /** A name within a raw value, when its object is read. */
  static final int RAW_NAME = ENTRY + STRING;

  /** A byte of a raw value, which is in the value and in a nested one. */
  static final int RAW_BYTE = 2;

  // The buffer for a long token doubles: in the worst case it takes three times the token.
  private static final int BUFFER_FACTOR = 3;

  private static final int SHORT_TOKEN = 8192; // fits the buffers that always exist

  private final long max;
  private long remaining;
  private long longestToken = SHORT_TOKEN;
  private long longestRaw = SHORT_TOKEN;

  DecodingBudget(long max) {
    this(max, max);
  }

  private DecodingBudget(long max, long remaining) {
    this.max = max;
    this.remaining = remaining;
  }

  /** Returns a budget for values that were charged already or that the caller created. */
  static DecodingBudget unlimited() {
    return new DecodingBudget(Long.MAX_VALUE);
  }

  /** Returns a copy of this budget, for values that are not kept. */
  DecodingBudget trial() {
    return new DecodingBudget(max, remaining);
  }

  long max() {
    return max;
  }

  /** Takes memory from the budget; returns false if it is exceeded. */
  boolean take(long bytes) {
    remaining -= bytes;
    return remaining >= 0;
  }

  /** Returns whether a token of this length, in bytes, is longer than those charged so far. */
  boolean isLong(int token) {
    return token > longestToken;
  }

  /** Takes the buffer for a token; returns false if the budget is exceeded. */
  boolean takeToken(int token) {
    boolean within = true;
    if (token > longestToken) {
      within = take(BUFFER_FACTOR * (token - longestToken));
      longestToken = token;
    }
    return within;
  }

  /** Returns whether the budget allows the buffer of a token of this length so far. */
  boolean allowsToken(int token) {
    return BUFFER_FACTOR * (token - longestToken) <= remaining;
  }

  /**
   * Takes the buffer for a raw value of this length so far; returns false if the budget is
   * exceeded.
   */
  boolean takeRaw(int length) {
    boolean within = true;
    if (length > longestRaw) {
      within = take(BUFFER_FACTOR * (length - longestRaw));
      longestRaw = length;
    }
    return within;
  }
}
