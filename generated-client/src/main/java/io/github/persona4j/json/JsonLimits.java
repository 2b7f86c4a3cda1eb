package io.github.persona4j.json;

/**
 * The maximum size of a JSON document, and of the memory that its values take. Reading a document
 * beyond a limit throws a {@link MalformedJsonException}, so that no server can exhaust the memory.
 * Immutable and thread-safe.
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
   * Returns the default limits: 64 MiB for the document; for its values a quarter of the maximum
   * heap of this JVM, but not more than 1 GiB.
   */
  public static JsonLimits standard() {
    return STANDARD;
  }

  /**
   * Returns these limits with another one for the document.
   *
   * @param bytes the maximum number of bytes of a document that is read from a stream, after
   *     decompression
   * @throws IllegalArgumentException if it is below 1 or above 512 MiB
   */
  public JsonLimits withMaxResponseBytes(long bytes) {
    if (bytes < 1 || bytes > MAX_RESPONSE_BYTES) {
      throw new IllegalArgumentException("maxResponseBytes must be from 1 byte to 512 MiB");
    }
    return new JsonLimits(bytes, maxDecodedBytes);
  }

  /**
   * Returns these limits with another one for the values.
   *
   * <p>The memory is estimated while the document is read: that of the values on a 64-bit JVM with
   * compressed references, that of {@link JsonValue#asMap()} and {@link JsonValue#asList()} for raw
   * values, and the buffers for long strings. Responses of the API take four to ten times their
   * length.
   *
   * @param bytes the maximum memory of the values of one document, in bytes
   * @throws IllegalArgumentException if it is below 1
   */
  public JsonLimits withMaxDecodedBytes(long bytes) {
    if (bytes < 1) {
      throw new IllegalArgumentException("maxDecodedBytes must be 1 byte or more");
    }
    return new JsonLimits(maxResponseBytes, bytes);
  }

  /** Returns the maximum number of bytes of a document that is read from a stream. */
  public long maxResponseBytes() {
    return maxResponseBytes;
  }

  /** Returns the maximum estimated memory of the values of one document, in bytes. */
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
