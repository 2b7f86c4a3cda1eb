package io.github.persona4j.json;

/**
 * How large a JSON text may be, and how much memory its values may take. A text beyond a limit
 * fails with a {@link MalformedJsonException} while it is read, so that no server can fill the
 * memory. Immutable and thread-safe.
 */
public final class JsonLimits {
  private static final long MAX_RESPONSE_BYTES = 512L << 20; // arrays have at most 2 GiB
  private static final long STANDARD_RESPONSE_BYTES = 64L << 20;
  private static final long STANDARD_DECODED_BYTES = 1L << 30;

  private static final JsonLimits STANDARD =
      new JsonLimits(
          STANDARD_RESPONSE_BYTES,
          Math.min(STANDARD_DECODED_BYTES, Runtime.getRuntime().maxMemory() / 4));

  private final long maxResponseBytes;
  private final long maxDecodedBytes;

  private JsonLimits(long maxResponseBytes, long maxDecodedBytes) {
    this.maxResponseBytes = maxResponseBytes;
    this.maxDecodedBytes = maxDecodedBytes;
  }

  /**
   * The limits that hold unless others are set: 64 MiB for the text; for its values a quarter of
   * the maximum heap of this JVM, but not more than 1 GiB.
   */
  public static JsonLimits standard() {
    return STANDARD;
  }

  /**
   * These limits with another one for the text.
   *
   * @param bytes how many bytes a text that is read from a stream may have, after decompression
   * @throws IllegalArgumentException if it is below 1 or above 512 MiB
   */
  public JsonLimits withMaxResponseBytes(long bytes) {
    if (bytes < 1 || bytes > MAX_RESPONSE_BYTES) {
      throw new IllegalArgumentException("maxResponseBytes must be from 1 byte to 512 MiB");
    }
    return new JsonLimits(bytes, maxDecodedBytes);
  }

  /**
   * These limits with another one for the values.
   *
   * <p>The memory is estimated while the text is read: what the values take on a 64-bit JVM with
   * compressed references, what it takes to open the raw ones among them with {@link
   * JsonValue#asMap()} and {@link JsonValue#asList()}, and the buffers for long texts. Responses of
   * the API come to four to ten times their length.
   *
   * @param bytes how many bytes of memory the values of one text may take
   * @throws IllegalArgumentException if it is below 1
   */
  public JsonLimits withMaxDecodedBytes(long bytes) {
    if (bytes < 1) {
      throw new IllegalArgumentException("maxDecodedBytes must be 1 byte or more");
    }
    return new JsonLimits(maxResponseBytes, bytes);
  }

  /** How many bytes a text that is read from a stream may have. */
  public long maxResponseBytes() {
    return maxResponseBytes;
  }

  /** How many bytes of memory the values of one text may take, by estimate. */
  public long maxDecodedBytes() {
    return maxDecodedBytes;
  }

  @Override
  public String toString() {
    return "JsonLimits{maxResponseBytes="
        + maxResponseBytes
        + ", maxDecodedBytes="
        + maxDecodedBytes
        + '}';
  }
}
