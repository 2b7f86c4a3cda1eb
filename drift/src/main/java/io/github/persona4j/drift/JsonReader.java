package io.github.persona4j.drift;

import com.google.gson.stream.MalformedJsonException;
import java.io.EOFException;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads JSON. */
final class JsonReader {
  private static final Pattern LINE = Pattern.compile("at line (\\d+)");

  private JsonReader() {}

  static Node read(Document document, Reader source) {
    com.google.gson.stream.JsonReader reader = new com.google.gson.stream.JsonReader(source);
    try {
      Node root = read(document, reader);
      if (reader.peek() != com.google.gson.stream.JsonToken.END_DOCUMENT) {
        throw new MalformedJsonException("more than one value");
      }
      return root;
    } catch (EOFException e) {
      throw new DescriptionException(
          document.name() + ": not JSON: it ends at " + reader.getPath(), e);
    } catch (IOException | IllegalStateException e) {
      String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      Matcher line = LINE.matcher(message);
      throw new DescriptionException(
          document.name() + (line.find() ? ":" + line.group(1) : "") + ": not JSON: " + message, e);
    }
  }

  private static Node read(Document document, com.google.gson.stream.JsonReader reader)
      throws IOException {
    return new Node(document, 0, value(document, reader));
  }

  private static @Nullable Object value(Document document, com.google.gson.stream.JsonReader reader)
      throws IOException {
    switch (reader.peek()) {
      case BEGIN_OBJECT -> {
        Map<String, Node> members = new LinkedHashMap<>();
        reader.beginObject();
        while (reader.hasNext()) {
          String name = reader.nextName();
          String path = reader.getPath();
          if (members.put(name, read(document, reader)) != null) {
            document.twice(name, document.name() + ": at " + path);
          }
        }
        reader.endObject();
        return members;
      }
      case BEGIN_ARRAY -> {
        List<Node> items = new ArrayList<>();
        reader.beginArray();
        while (reader.hasNext()) {
          items.add(read(document, reader));
        }
        reader.endArray();
        return items;
      }
      case NUMBER -> {
        String text = reader.nextString();
        return YamlReader.number(text);
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
