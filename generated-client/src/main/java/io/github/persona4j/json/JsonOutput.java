package io.github.persona4j.json;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes slots as compact JSON in UTF-8, unchanged. Not thread-safe. */
final class JsonOutput {
  private static final int INITIAL_BUFFER = 512;
  private static final int CHUNK = 8192;

  private byte[] bytes;
  private int length;
  private final @Nullable OutputStream target;
  private boolean needsComma;

  /** Creates an output in memory. */
  JsonOutput() {
    this(null);
  }

  /** Creates an output that writes to a stream in chunks, or in memory without a stream. */
  JsonOutput(@Nullable OutputStream target) {
    this.bytes = new byte[INITIAL_BUFFER];
    this.target = target;
  }

  void value(Object slot) throws IOException {
    if (slot instanceof String value) {
      string(value);
    } else if (slot instanceof JsonModel model) {
      model.write(this);
    } else if (slot == ExplicitNull.NULL) {
      raw("null");
    } else if (slot instanceof Boolean || slot instanceof Number) {
      raw(slot.toString());
    } else if (slot instanceof JsonList<?> list) {
      beginArray();
      for (Object item : list.slots()) {
        value(item);
      }
      endArray();
    } else if (slot instanceof OpenValue open) {
      string(open.value());
    } else if (slot instanceof JsonMap<?> map) {
      beginObject();
      for (Map.Entry<String, Object> entry : map.slots().entrySet()) {
        property(entry.getKey(), entry.getValue());
      }
      endObject();
    } else if (slot instanceof JsonValue raw) {
      raw(raw.json());
    } else if (slot instanceof UnexpectedValue unexpected) {
      raw(unexpected.raw().json());
    } else if (slot instanceof RawJson raw) {
      raw(raw.json().json());
    } else {
      throw new IllegalArgumentException("Not a JSON value: " + slot.getClass().getName());
    }
  }

  void property(String name, Object slot) throws IOException {
    name(name);
    value(slot);
  }

  void beginObject() {
    separate();
    put('{');
    needsComma = false;
  }

  void endObject() throws IOException {
    put('}');
    needsComma = true;
    if (target != null && length >= CHUNK) {
      flush();
    }
  }

  void beginArray() {
    separate();
    put('[');
    needsComma = false;
  }

  void endArray() {
    put(']');
    needsComma = true;
  }

  void name(String name) {
    separate();
    quote(name);
    put(':');
    needsComma = false;
  }

  /** Writes a name that is ASCII and needs no escape. */
  void plainName(byte[] from, int offset, int count) {
    plainString(from, offset, count);
    put(':');
    needsComma = false;
  }

  void string(String value) {
    separate();
    quote(value);
    needsComma = true;
  }

  /** Writes a string that is ASCII and needs no escape. */
  void plainString(byte[] from, int offset, int count) {
    separate();
    put('"');
    put(from, offset, count);
    put('"');
    needsComma = true;
  }

  /** Writes JSON unchanged. */
  void raw(String json) {
    separate();
    byte[] encoded = json.getBytes(StandardCharsets.UTF_8);
    put(encoded, 0, encoded.length);
    needsComma = true;
  }

  /** Writes the buffered bytes to the stream. */
  void flush() throws IOException {
    if (target != null) {
      target.write(bytes, 0, length);
      length = 0;
    }
  }

  /** Returns the number of buffered bytes. */
  int size() {
    return length;
  }

  /** Returns the JSON written so far and resets this output. */
  String take() {
    String json = toString();
    length = 0;
    needsComma = false;
    return json;
  }

  /** Returns the buffered JSON in UTF-8. */
  byte[] toBytes() {
    return Arrays.copyOf(bytes, length);
  }

  /** Returns the buffered JSON. */
  @Override
  public String toString() {
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }

  private void separate() {
    if (needsComma) {
      put(',');
    }
  }

  private void quote(String value) {
    int count = value.length();
    ensureCapacity(count + 2);
    byte[] to = bytes;
    int at = length;
    to[at++] = '"';
    for (int i = 0; i < count; i++) {
      char c = value.charAt(i);
      if (c < ' ' || c >= 0x7f || c == '"' || c == '\\') {
        length = at;
        quoteRest(value, i);
        return;
      }
      to[at++] = (byte) c;
    }
    to[at++] = '"';
    length = at;
  }

  /** Writes the rest of a string, from the first character that is not plain. */
  private void quoteRest(String value, int from) {
    int written = from;
    for (int i = from; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c < ' ' || c == '"' || c == '\\' || needsEscape(value, i)) {
        encode(value.substring(written, i));
        escape(c);
        written = i + 1;
      }
    }
    encode(value.substring(written));
    put('"');
  }

  private void encode(String chars) {
    byte[] encoded = chars.getBytes(StandardCharsets.UTF_8);
    put(encoded, 0, encoded.length);
  }

  /**
   * Returns whether a character is a line separator of JavaScript or an unpaired surrogate, which
   * JSON may contain, but UTF-8 cannot encode.
   */
  private static boolean needsEscape(String value, int index) {
    char c = value.charAt(index);
    if (Character.isHighSurrogate(c)) {
      return index + 1 == value.length() || !Character.isLowSurrogate(value.charAt(index + 1));
    }
    if (Character.isLowSurrogate(c)) {
      return index == 0 || !Character.isHighSurrogate(value.charAt(index - 1));
    }
    return c == '\u2028' || c == '\u2029';
  }

  private void escape(char c) {
    switch (c) {
      case '"', '\\' -> escaped(c);
      case '\b' -> escaped('b');
      case '\f' -> escaped('f');
      case '\n' -> escaped('n');
      case '\r' -> escaped('r');
      case '\t' -> escaped('t');
      default -> encode("\\u" + Integer.toHexString(0x10000 + c).substring(1));
    }
  }

  private void escaped(char letter) {
    put('\\');
    put(letter);
  }

  private void put(char ascii) {
    ensureCapacity(1);
    bytes[length++] = (byte) ascii;
  }

  private void put(byte[] from, int offset, int count) {
    ensureCapacity(count);
    System.arraycopy(from, offset, bytes, length, count);
    length += count;
  }

  private void ensureCapacity(int count) {
    if (bytes.length - length < count) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + count));
    }
  }
}
