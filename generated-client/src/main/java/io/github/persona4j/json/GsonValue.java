package io.github.persona4j.json;

import com.google.gson.stream.JsonReader;
import java.io.IOException;

/** The next value of a reader of Gson, as a text; for those who keep a {@code Gson}. */
final class GsonValue {
  private GsonValue() {}

  static String next(JsonReader reader) throws IOException {
    JsonOutput copy = new JsonOutput();
    copy(reader, copy);
    return copy.toString();
  }

  private static void copy(JsonReader from, JsonOutput to) throws IOException {
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
      case STRING -> to.text(from.nextString());
      case BOOLEAN -> to.raw(from.nextBoolean() ? "true" : "false");
      case NULL -> {
        from.nextNull();
        to.raw("null");
      }
      default -> to.raw(from.nextString());
    }
  }
}
