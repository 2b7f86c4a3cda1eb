package io.github.persona4j.json;

import io.github.persona4j.json.MalformedJsonException.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes the values of one class of the API token by token. Modules of JSON libraries,
 * such as that for Jackson, use it; an application does not need it.
 * <!-- code: examples/src/test/java/io/github/persona4j/examples/JavadocExamplesTest.java#json-codec -->
 *
 * <pre>{@code
 * JsonCodec<Inquiry> codec = // null for a class that is no model
 *     Objects.requireNonNull(JsonCodec.of(Inquiry.class, ModelTypes.ALL));
 * JsonCodec.Reading<Inquiry> reading = codec.reading();
 * JsonCodec.write(inquiry, reading);
 * Inquiry copy = reading.value();
 * }</pre>
 *
 * <p>Thread-safe.
 *
 * @param <T> the class
 */
public final class JsonCodec<T> {
  private static final Pattern NUMBER =
      Pattern.compile("-?(?:0|[1-9][0-9]*+)(?:\\.[0-9]++)?(?:[eE][+-]?[0-9]++)?");

  private final Class<T> raw;
  private final @Nullable JsonType<?> type;

  private JsonCodec(Class<T> raw, @Nullable JsonType<?> type) {
    this.raw = raw;
    this.type = type;
  }

  /**
   * Returns the codec of a class.
   *
   * @param raw any class, also an interface of generated code
   * @param types the types of the generated classes, {@code ModelTypes.ALL}
   * @return the codec; null if the class is none of the API
   */
  public static <T> @Nullable JsonCodec<T> of(Class<T> raw, JsonTypes types) {
    Objects.requireNonNull(raw, "raw");
    Objects.requireNonNull(types, "types");
    return JsonWritable.class.isAssignableFrom(raw)
            || OpenValue.class.isAssignableFrom(raw)
            || raw == JsonValue.class
        ? new JsonCodec<>(raw, find(raw, types))
        : null;
  }

  /** Returns how a class is read; null if it is only written. */
  static @Nullable JsonType<?> find(Class<?> raw, @Nullable JsonTypes types) {
    JsonType<?> found = raw == JsonValue.class ? JsonType.ANY : FieldValue.type(raw);
    if (found != null || types == null) {
      return found;
    }
    found = types.find(raw);
    Class<?> outer = raw.getEnclosingClass(); // the interface of an unknown or common member
    return found == null && outer != null ? types.find(outer) : found;
  }

  /**
   * Returns whether JSON of this class can be read. Relationships, {@code Included} and interfaces
   * that are no union are only written.
   */
  public boolean isReadable() {
    return type != null;
  }

  /**
   * Writes a value as {@link JsonWritable#toJson()} does.
   *
   * @param value a {@link JsonWritable}, {@link OpenValue} or {@link JsonValue}
   * @param to receives the tokens of one value
   * @throws IllegalArgumentException if the value is of another class
   * @throws IOException if the receiver throws it
   */
  public static void write(Object value, JsonTokens to) throws IOException {
    Objects.requireNonNull(to, "to");
    if (Objects.requireNonNull(value, "value") instanceof OpenValue open) {
      to.string(open.value());
    } else if (value instanceof JsonWritable object) {
      copy(object.toJson(), to);
    } else if (value instanceof JsonValue json) {
      copy(json.json(), to);
    } else {
      throw new IllegalArgumentException(
          "value of " + value.getClass().getName() + " is not a value of the API");
    }
  }

  /** Writes a value token by token. */
  static void copy(String json, JsonTokens to) throws IOException {
    JsonTokenizer from = JsonTokenizer.ofValue(json);
    for (JsonTokenizer.Token next = from.peek();
        next != JsonTokenizer.Token.END;
        next = from.peek()) {
      copy(next, from, to);
    }
  }

  private static void copy(JsonTokenizer.Token token, JsonTokenizer from, JsonTokens to)
      throws IOException {
    switch (token) {
      case BEGIN_OBJECT -> {
        from.beginObject();
        to.beginObject();
      }
      case END_OBJECT -> {
        from.endObject();
        to.endObject();
      }
      case BEGIN_ARRAY -> {
        from.beginArray();
        to.beginArray();
      }
      case END_ARRAY -> {
        from.endArray();
        to.endArray();
      }
      case NAME -> to.name(from.nextName());
      case STRING -> to.string(from.nextString());
      case NUMBER -> to.number(from.nextNumber());
      case BOOLEAN -> to.bool(from.nextBoolean());
      default -> {
        from.nextNull();
        to.nothing();
      }
    }
  }

  /**
   * Begins to read one value, to which the caller passes the tokens.
   *
   * @throws IllegalStateException if this class is {@linkplain #isReadable() not readable}
   */
  public Reading<T> reading() {
    if (type == null) {
      throw new IllegalStateException(raw.getName() + " cannot be read from JSON");
    }
    return new Reading<>(raw, type);
  }

  /**
   * Returns a model in which some properties are replaced; one that the update does not have
   * remains.
   *
   * @param before the model, which is not changed
   * @param update the new properties
   * @throws IllegalStateException as {@link #reading()}
   * @throws MalformedJsonException as {@link Reading#value()}
   */
  public T merge(JsonObject before, JsonObject update) {
    Objects.requireNonNull(before, "before");
    Objects.requireNonNull(update, "update");
    Reading<T> merged = reading();
    try {
      merged.beginObject();
      for (String name : before.propertyNames()) {
        if (update.property(name) == null) {
          merged.property(name, before);
        }
      }
      for (String name : update.propertyNames()) {
        merged.property(name, update);
      }
      merged.endObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // not possible in memory
    }
    return merged.value();
  }

  /**
   * Reads one value from its tokens, which the caller passes in their order. Not thread-safe.
   *
   * @param <T> the class of the value
   */
  public static final class Reading<T> implements JsonTokens {
    private final Class<T> raw;
    private final JsonType<?> type;
    private final JsonLimits limits = JsonLimits.standard();
    private final JsonOutput copy = new JsonOutput();
    private int depth;

    // Of the outermost object: whether it is the document of a resource, and no resource.
    private boolean hasTag;
    private boolean hasData;

    private Reading(Class<T> raw, JsonType<?> type) {
      this.raw = raw;
      this.type = type;
    }

    @Override
    public void beginObject() {
      copy.beginObject();
      deeper();
    }

    @Override
    public void endObject() {
      try {
        copy.endObject();
      } catch (IOException e) {
        throw new UncheckedIOException(e); // not possible in memory
      }
      depth--;
      checkLength();
    }

    @Override
    public void beginArray() {
      copy.beginArray();
      deeper();
    }

    @Override
    public void endArray() {
      copy.endArray();
      depth--;
    }

    @Override
    public void name(String name) {
      Objects.requireNonNull(name, "name");
      if (depth == 1) {
        hasTag |= name.equals("type");
        hasData |= name.equals("data");
      }
      copy.name(name);
    }

    @Override
    public void string(String value) {
      Objects.requireNonNull(value, "value");
      copy.string(value);
      checkLength();
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException if the digits are no number in JSON; see {@link #isNumber}
     */
    @Override
    public void number(String digits) {
      Objects.requireNonNull(digits, "digits");
      if (!isNumber(digits)) {
        throw new IllegalArgumentException("digits must be a number as in JSON");
      }
      copy.raw(digits);
      checkLength();
    }

    @Override
    public void bool(boolean value) {
      copy.raw(value ? "true" : "false");
    }

    @Override
    public void nothing() {
      copy.raw("null");
    }

    private void property(String name, JsonObject of) throws IOException {
      JsonValue value = of.property(name);
      if (value != null) {
        name(name);
        JsonCodec.copy(value.json(), this);
      }
    }

    private void deeper() {
      depth++;
      if (depth > JsonInput.MAX_DEPTH) {
        throw JsonTokenizer.tooDeep(JsonInput.MAX_DEPTH, "$");
      }
    }

    private void checkLength() {
      if (copy.size() > limits.maxResponseBytes()) {
        throw JsonTokenizer.tooLong(limits.maxResponseBytes(), "$");
      }
    }

    /**
     * Returns the value, after its last token.
     *
     * <p>Names of the description may be in any casing, as in a webhook. A resource, which has a
     * {@code type}, is also read from its document {@code {"data": {...}}}, which has none.
     *
     * @throws MalformedJsonException if the tokens are not those of such a value, or exceed {@link
     *     JsonLimits#standard()}. The message contains no value
     */
    public T value() {
      byte[] json = copy.toBytes();
      Object value =
          hasData && !hasTag && isTagged() ? ofDocument(json) : type.readAnyCasing(json, limits);
      if (!raw.isInstance(value)) {
        throw unexpected("$", raw.getSimpleName());
      }
      return raw.cast(value);
    }

    private Object ofDocument(byte[] json) {
      JsonValue data = JsonType.ANY.readAnyCasing(json, limits).asMap().get("data");
      if (data == null || data.kind() != JsonValue.Kind.OBJECT) {
        throw unexpected("$.data", "object");
      }
      JsonValue tag = data.asMap().get("type");
      String constant = constant();
      if (tag == null
          || tag.kind() != JsonValue.Kind.STRING
          || (constant != null && !tag.asString().equals(constant))) {
        throw unexpected("$.data.type", constant == null ? "string" : constant);
      }
      return type.fromJsonAnyCasing(data.json());
    }

    /** Returns whether an object of this type always has the property {@code type}. */
    private boolean isTagged() {
      return type instanceof UnionType<?> union
          ? union.isTaggedBy("type")
          : constant() != null
              && type instanceof ModelType<?> model
              && !model.properties().contains("data");
    }

    private @Nullable String constant() {
      int index = type instanceof ModelType<?> model ? model.properties().indexOf("type") : -1;
      return index >= 0 && type instanceof ModelType<?> model
          ? model.described(index + 1).constant()
          : null;
    }

    private static MalformedJsonException unexpected(String path, String expected) {
      return new MalformedJsonException(
          Reason.UNEXPECTED_TYPE, path, " (" + expected + " expected)");
    }
  }

  /** Returns whether a text is a number as JSON has it. */
  public static boolean isNumber(String digits) {
    Objects.requireNonNull(digits, "digits");
    return NUMBER.matcher(digits).matches();
  }

  /**
   * Returns the digits of a number as the smallest of {@link Integer}, {@link Long}, {@link
   * BigInteger} and {@link BigDecimal} that has all of them, for formats that have no text.
   *
   * @param digits as JSON has them; a negative zero is a {@link Double}
   * @return the number; null if it has more than 1000 characters or its exponent is out of range
   */
  public static @Nullable Number toNumber(String digits) {
    Objects.requireNonNull(digits, "digits");
    if (digits.length() > JsonInput.MAX_DIGITS) {
      return null;
    }
    BigDecimal decimal;
    try {
      decimal = new BigDecimal(digits);
    } catch (NumberFormatException e) { // an exponent out of range
      return null;
    }
    if (decimal.signum() == 0 && digits.charAt(0) == '-') {
      return -0.0;
    }
    for (int i = 0; i < digits.length(); i++) {
      char c = digits.charAt(i);
      if (c != '-' && (c < '0' || c > '9')) {
        return decimal;
      }
    }
    int bits = decimal.unscaledValue().bitLength();
    if (bits < Integer.SIZE) {
      return decimal.intValue();
    }
    return bits < Long.SIZE ? (Number) decimal.longValue() : decimal.unscaledValue();
  }

  /**
   * Returns a string as JSON has it between its quotation marks, if it has an unpaired surrogate:
   * libraries refuse to write such a character in UTF-8, but its escape is valid.
   *
   * @return the escaped string in ASCII or other characters; null if the string has no such
   *     character
   */
  public static @Nullable String escapedSurrogates(String value) {
    Objects.requireNonNull(value, "value");
    for (int i = 0; i < value.length(); i++) {
      if (Character.isSurrogate(value.charAt(i))) {
        if (!Character.isSupplementaryCodePoint(value.codePointAt(i))) {
          String quoted = JsonValue.of(value).json();
          return quoted.substring(1, quoted.length() - 1);
        }
        i++;
      }
    }
    return null;
  }
}
