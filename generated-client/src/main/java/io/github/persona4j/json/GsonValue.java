package io.github.persona4j.json;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import org.jspecify.annotations.Nullable;

/** The next value of a reader of Gson, as characters; for those who keep a {@code Gson}. */
final class GsonValue extends Reader {
  private final JsonReader reader;
  private @Nullable Reader text;

  GsonValue(JsonReader reader) {
    this.reader = reader;
  }

  @Override
  public int read(char[] buffer, int offset, int length) throws IOException {
    if (text == null) {
      StringWriter copy = new StringWriter();
      JsonWriter writer = new JsonWriter(copy);
      writer.setHtmlSafe(false);
      copy(reader, writer);
      text = new StringReader(copy.toString());
    }
    return text.read(buffer, offset, length);
  }

  private static void copy(JsonReader from, JsonWriter to) throws IOException {
    switch (from.peek()) {
      case BEGIN_OBJECT -> {
        from.beginObject();
        to.beginObject();
        while (from.hasNext()) {
          to.name(from.nextName());
          copy(from, to);
        }
        from.endObject();
        to.endObject();
      }
      case BEGIN_ARRAY -> {
        from.beginArray();
        to.beginArray();
        while (from.hasNext()) {
          copy(from, to);
        }
        from.endArray();
        to.endArray();
      }
      case STRING -> to.value(from.nextString());
      case BOOLEAN -> to.value(from.nextBoolean());
      case NULL -> {
        from.nextNull();
        to.nullValue();
      }
      default -> to.jsonValue(from.nextString());
    }
  }

  @Override
  public void close() {}
}
