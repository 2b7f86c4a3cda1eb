package io.github.persona4j.json;

import com.google.gson.stream.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSON documents as comparable trees: numbers by their digits, properties in any order. Uses only
 * what the oldest supported version of Gson has.
 */
final class Trees {
  private record Digits(String value) {}

  private Trees() {}

  static @Nullable Object of(String json) {
    JsonReader reader = new JsonReader(new StringReader(json));
    try {
      return read(reader);
    } catch (IOException e) {
      throw new UncheckedIOException(json, e);
    }
  }

  private static @Nullable Object read(JsonReader reader) throws IOException {
    switch (reader.peek()) {
      case BEGIN_ARRAY -> {
        List<@Nullable Object> items = new ArrayList<>();
        reader.beginArray();
        while (reader.hasNext()) {
          items.add(read(reader));
        }
        reader.endArray();
        return items;
      }
      case BEGIN_OBJECT -> {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        reader.beginObject();
        while (reader.hasNext()) {
          members.put(reader.nextName(), read(reader));
        }
        reader.endObject();
        return members;
      }
      case NUMBER -> {
        return new Digits(reader.nextString());
      }
      case BOOLEAN -> {
        return reader.nextBoolean();
      }
      case NULL -> {
        reader.nextNull();
        return null;
      }
      default -> {
        return reader.nextString();
      }
    }
  }
}
