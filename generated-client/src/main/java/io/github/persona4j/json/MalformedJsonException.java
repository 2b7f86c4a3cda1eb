package io.github.persona4j.json;

/**
 * A document is not valid JSON or does not have the expected structure, so that it cannot be read.
 */
public final class MalformedJsonException extends JsonException {
  private static final long serialVersionUID = 1L;

  /** The reason why a document is invalid. */
  public enum Reason {
    /** The document violates the grammar of JSON. */
    SYNTAX("the document is not JSON"),
    /** The document ends too early, or is empty. */
    TRUNCATED("the document ends too early"),
    /** An object has a property twice, so that one of the two values would be lost. */
    DUPLICATE_KEY("duplicate property"),
    /**
     * Arrays and objects are nested deeper than {@value JsonInput#MAX_DEPTH} levels, or models
     * deeper than {@value JsonInput#MAX_MODEL_DEPTH}.
     */
    TOO_DEEP("nested too deeply"),
    /** The document begins with a byte-order mark, which JSON forbids (RFC 8259, section 8.1). */
    BYTE_ORDER_MARK("the document begins with a byte-order mark"),
    /** The bytes are not UTF-8. */
    INVALID_UTF8("the bytes are not UTF-8"),
    /** A required part of the response, such as {@code data}, is absent or null. */
    MISSING_DATA("a required part is missing"),
    /**
     * A value has another type than described. In strict mode this applies to all values, otherwise
     * to the envelope only.
     *
     * @see UnexpectedTypeException
     */
    UNEXPECTED_TYPE("a value has another type than described"),
    /** The document has more bytes than {@link JsonLimits#maxResponseBytes()}. */
    TOO_LONG("the document is too long"),
    /** The values would take more memory than {@link JsonLimits#maxDecodedBytes()}. */
    TOO_LARGE("decoding takes too much memory");

    private final String description;

    Reason(String description) {
      this.description = description;
    }
  }

  private final Reason reason;

  MalformedJsonException(Reason reason, String path, String detail) {
    super("Malformed JSON at " + shown(path) + ": " + reason.description + detail, shown(path));
    this.reason = reason;
  }

  /** Returns the reason. */
  public Reason reason() {
    return reason;
  }
}
