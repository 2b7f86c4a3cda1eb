package io.github.persona4j.json;

/** A text is not the JSON that it should be, so that no model can be made of it. */
public final class MalformedJsonException extends JsonException {
  private static final long serialVersionUID = 1L;

  /** What is wrong with the text. */
  public enum Reason {
    /** The text breaks the grammar of JSON. */
    SYNTAX("the text is not JSON"),
    /** The text ends too early, or is empty. */
    TRUNCATED("the text ends too early"),
    /** An object names one property twice, so that one of the two values would be lost. */
    DUPLICATE_KEY("a property stands twice"),
    /**
     * Arrays and objects are nested deeper than {@value JsonInput#MAX_DEPTH} levels, or models
     * deeper than {@value JsonInput#MAX_MODEL_DEPTH}.
     */
    TOO_DEEP("it is nested too deeply"),
    /** The text begins with a byte-order mark, which JSON forbids (RFC 8259, section 8.1). */
    BYTE_ORDER_MARK("the text begins with a byte-order mark"),
    /** The bytes are not UTF-8. */
    INVALID_UTF8("the bytes are not UTF-8"),
    /** A part without which the answer has no meaning, such as {@code data}, is absent or null. */
    MISSING_DATA("a required part is missing"),
    /**
     * A value has another type than described: the envelope always, any value in strict mode.
     *
     * @see UnexpectedTypeException
     */
    UNEXPECTED_TYPE("a value has another type than described"),
    /** The text has more bytes than {@link JsonLimits#maxResponseBytes()}. */
    TOO_LONG("the text is too long"),
    /** Its values would take more memory than {@link JsonLimits#maxDecodedBytes()}. */
    TOO_LARGE("decoding takes too much memory");

    private final String words;

    Reason(String words) {
      this.words = words;
    }
  }

  private final Reason reason;

  MalformedJsonException(Reason reason, String path, String detail) {
    super("Malformed JSON at " + shown(path) + ": " + reason.words + detail, shown(path));
    this.reason = reason;
  }

  /** What is wrong. */
  public Reason reason() {
    return reason;
  }
}
