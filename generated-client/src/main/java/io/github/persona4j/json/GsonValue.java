package io.github.persona4j.json;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;

/** Reads values from a Gson {@code JsonReader} as JSON strings, for users of {@code Gson}. */
final class GsonValue {
  private GsonValue() {}

  /**
   * Reads the next value.
   *
   * @param maxBytes the maximum length of its JSON
   * @throws MalformedJsonException if it is longer, or nested too deeply
   */
  static String next(JsonReader reader, long maxBytes) throws IOException {
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
}
