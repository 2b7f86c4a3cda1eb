package io.github.persona4j.json;

import com.google.gson.FormattingStyle;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.Writer;
import java.util.Map;

/** Writes slots as JSON, each as it was read or set. */
final class JsonOutput {
  private final JsonWriter writer;

  JsonOutput(JsonWriter writer) {
    this.writer = writer;
  }

  /** A writer of compact JSON that keeps explicit nulls and every character. */
  static JsonWriter writer(Writer to) {
    JsonWriter writer = new JsonWriter(to);
    writer.setStrictness(Strictness.STRICT);
    writer.setFormattingStyle(FormattingStyle.COMPACT);
    writer.setHtmlSafe(false);
    writer.setSerializeNulls(true);
    return writer;
  }

  void value(Object slot) throws IOException {
    if (slot instanceof String text) {
      writer.value(text);
    } else if (slot instanceof JsonModel model) {
      model.write(this);
    } else if (slot == ExplicitNull.NULL) {
      writer.nullValue();
    } else if (slot instanceof Boolean flag) {
      writer.value(flag.booleanValue());
    } else if (slot instanceof Number number) {
      writer.value(number);
    } else if (slot instanceof JsonList<?> list) {
      writer.beginArray();
      for (Object item : list.slots()) {
        value(item);
      }
      writer.endArray();
    } else if (slot instanceof OpenValue open) {
      writer.value(open.value());
    } else if (slot instanceof JsonMap<?> map) {
      beginObject();
      for (Map.Entry<String, Object> entry : map.slots().entrySet()) {
        property(entry.getKey(), entry.getValue());
      }
      endObject();
    } else if (slot instanceof JsonValue raw) {
      writer.jsonValue(raw.json());
    } else if (slot instanceof Unexpected unexpected) {
      writer.jsonValue(unexpected.raw().json());
    } else if (slot instanceof RawJson raw) {
      writer.jsonValue(raw.json().json());
    } else {
      throw new IllegalArgumentException("Not a JSON value: " + slot.getClass().getName());
    }
  }

  void beginObject() throws IOException {
    writer.beginObject();
  }

  void property(String name, Object slot) throws IOException {
    writer.name(name);
    value(slot);
  }

  void endObject() throws IOException {
    writer.endObject();
  }
}
