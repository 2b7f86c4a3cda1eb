package io.github.persona4j.json;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Reads values from a Gson {@code JsonReader} as JSON strings, and writes them to a {@code
 * JsonWriter}, for users of {@code Gson}.
 */
final class GsonValue {
  private GsonValue() {}

  /**
   * Reads the next value. The reader is strict meanwhile, because a lenient one reports a number of
   * more than 1,023 characters as a string.
   *
   * @param maxBytes the maximum length of its JSON
   * @throws MalformedJsonException if it is longer, or nested too deeply
   * @throws IOException if it is not strict JSON
   */
  @SuppressWarnings("deprecation") // the older of two methods, which all versions of Gson have
  static String next(JsonReader reader, long maxBytes) throws IOException {
    if (!reader.isLenient()) {
      return read(reader, maxBytes);
    }
    reader.setLenient(false);
    try {
      return read(reader, maxBytes);
    } finally {
      reader.setLenient(true);
    }
  }

  private static String read(JsonReader reader, long maxBytes) throws IOException {
    JsonOutput copy = new JsonOutput();
    int depth = 0;
    do {
      JsonToken token = reader.peek();
      copy(token, reader, copy);
      depth += depthChange(token);
      if (depth > JsonInput.MAX_DEPTH) {
        throw JsonTokenizer.tooDeep(JsonInput.MAX_DEPTH, reader.getPath());
      }
      if (copy.size() > maxBytes) {
        throw JsonTokenizer.tooLong(maxBytes, reader.getPath());
      }
    } while (depth > 0);
    return copy.toString();
  }

  /**
   * Writes a value token by token, since the writer of a tree takes no JSON. Null properties are
   * written whatever the settings are: they differ from absent ones.
   *
   * @param json valid JSON
   */
  static void write(JsonWriter writer, String json) throws IOException {
    boolean nulls = writer.getSerializeNulls();
    writer.setSerializeNulls(true);
    try {
      JsonCodec.copy(json, new Tokens(writer));
    } finally {
      writer.setSerializeNulls(nulls);
    }
  }

  private static int depthChange(JsonToken token) {
    return switch (token) {
      case BEGIN_OBJECT, BEGIN_ARRAY -> 1;
      case END_OBJECT, END_ARRAY -> -1;
      default -> 0;
    };
  }

  private static void copy(JsonToken token, JsonReader from, JsonOutput to) throws IOException {
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
      case BOOLEAN -> to.raw(from.nextBoolean() ? "true" : "false");
      case NULL -> {
        from.nextNull();
        to.raw("null");
      }
      default -> to.raw(from.nextString());
    }
  }

  private record Tokens(JsonWriter to) implements JsonTokens {
    @Override
    public void beginObject() throws IOException {
      to.beginObject();
    }

    @Override
    public void endObject() throws IOException {
      to.endObject();
    }

    @Override
    public void beginArray() throws IOException {
      to.beginArray();
    }

    @Override
    public void endArray() throws IOException {
      to.endArray();
    }

    @Override
    public void name(String name) throws IOException {
      to.name(name);
    }

    @Override
    public void string(String value) throws IOException {
      to.value(value);
    }

    @Override
    public void number(String digits) throws IOException {
      to.value(new Digits(digits));
    }

    @Override
    public void bool(boolean value) throws IOException {
      to.value(value);
    }

    @Override
    public void nothing() throws IOException {
      to.nullValue();
    }
  }

  /** A number that Gson writes with the digits that it has in JSON. */
  private static final class Digits extends Number {
    private static final long serialVersionUID = 1;

    private final String digits;

    Digits(String digits) {
      this.digits = digits;
    }

    @Override
    public int intValue() {
      return (int) longValue();
    }

    @Override
    public long longValue() {
      return new BigDecimal(digits).longValue();
    }

    @Override
    public float floatValue() {
      return Float.parseFloat(digits);
    }

    @Override
    public double doubleValue() {
      return Double.parseDouble(digits);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Digits that && digits.equals(that.digits);
    }

    @Override
    public int hashCode() {
      return digits.hashCode();
    }

    @Override
    public String toString() {
      return digits;
    }
  }
}
