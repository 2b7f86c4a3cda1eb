package io.github.persona4j.json;

import java.io.IOException;
import java.io.Writer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes slots as compact JSON, each as it was read or set. Not thread-safe. */
final class JsonOutput {
  private static final int PIECE = 8192;

  private final StringBuilder text = new StringBuilder(256);
  private final @Nullable Writer target;
  private boolean comma;

  /** An output that keeps its text. */
  JsonOutput() {
    this(null);
  }

  /** An output that hands its text on in pieces. */
  JsonOutput(@Nullable Writer target) {
    this.target = target;
  }

  void value(Object slot) throws IOException {
    if (slot instanceof String value) {
      text(value);
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
      text(open.value());
    } else if (slot instanceof JsonMap<?> map) {
      beginObject();
      for (Map.Entry<String, Object> entry : map.slots().entrySet()) {
        property(entry.getKey(), entry.getValue());
      }
      endObject();
    } else if (slot instanceof JsonValue raw) {
      raw(raw.json());
    } else if (slot instanceof Unexpected unexpected) {
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
    text.append('{');
    comma = false;
  }

  void endObject() throws IOException {
    text.append('}');
    comma = true;
    if (target != null && text.length() >= PIECE) {
      flush();
    }
  }

  void beginArray() {
    separate();
    text.append('[');
    comma = false;
  }

  void endArray() {
    text.append(']');
    comma = true;
  }

  void name(String name) {
    separate();
    quote(name);
    text.append(':');
    comma = false;
  }

  void text(String value) {
    separate();
    quote(value);
    comma = true;
  }

  /** Writes a text of which no character needs an escape. */
  void plainText(char[] chars, int offset, int length) {
    separate();
    text.append('"').append(chars, offset, length).append('"');
    comma = true;
  }

  /** Writes JSON as it is. */
  void raw(String json) {
    separate();
    text.append(json);
    comma = true;
  }

  /** Hands on what is left. */
  void flush() throws IOException {
    if (target != null) {
      target.append(text);
      text.setLength(0);
    }
  }

  /** What was written, and starts anew. */
  String take() {
    String taken = text.toString();
    text.setLength(0);
    comma = false;
    return taken;
  }

  /** What was written and not handed on. */
  @Override
  public String toString() {
    return text.toString();
  }

  private void separate() {
    if (comma) {
      text.append(',');
    }
  }

  private void quote(String value) {
    text.append('"');
    int written = 0;
    int length = value.length();
    for (int i = 0; i < length; i++) {
      char c = value.charAt(i);
      if (c >= ' ' && c < '\u2028' && c != '"' && c != '\\') {
        continue;
      }
      if (c > '\\' && !needsEscape(value, i)) {
        continue;
      }
      text.append(value, written, i);
      escape(c);
      written = i + 1;
    }
    if (written == 0) {
      text.append(value);
    } else {
      text.append(value, written, length);
    }
    text.append('"');
  }

  /**
   * The two line ends that JavaScript takes for its own, and a half of a surrogate pair: JSON may
   * hold one, but UTF-8 has no bytes for it.
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
      case '"', '\\' -> text.append('\\').append(c);
      case '\b' -> text.append("\\b");
      case '\f' -> text.append("\\f");
      case '\n' -> text.append("\\n");
      case '\r' -> text.append("\\r");
      case '\t' -> text.append("\\t");
      default -> text.append("\\u").append(Integer.toHexString(0x10000 + c), 1, 5);
    }
  }
}
