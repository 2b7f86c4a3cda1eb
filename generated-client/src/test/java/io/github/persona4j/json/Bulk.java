package io.github.persona4j.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.persona4j.mini.model.Check;
import io.github.persona4j.mini.model.DogAttributes;
import io.github.persona4j.mini.model.PetPage;
import io.github.persona4j.mini.model.PetResponse;
import io.github.persona4j.model.ErrorDocument;
import io.github.persona4j.model.EventPage;
import io.github.persona4j.model.InquiryPage;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A text that holds one part many times, such as empty objects: a small one that takes much memory.
 *
 * @param part what is repeated; {@code #} stands for its number, so that names differ
 */
record Bulk(String name, JsonType<?> type, String start, String part, String end) {
  static List<Bulk> all() {
    return List.of(
        new Bulk("items", InquiryPage.TYPE, "{\"data\":[", "{},", "{}]}"),
        new Bulk("items of spaces", InquiryPage.TYPE, "{\"data\":[", "{ } , ", "{}]}"),
        new Bulk("items of null", InquiryPage.TYPE, "{\"data\":[", "null,", "{}]}"),
        new Bulk("items of another type", InquiryPage.TYPE, "{\"data\":[", "1,", "{}]}"),
        new Bulk(
            "items with attributes",
            InquiryPage.TYPE,
            "{\"data\":[",
            "{\"attributes\":{}},",
            "{}]}"),
        new Bulk(
            "items with fields",
            InquiryPage.TYPE,
            "{\"data\":[",
            "{\"attributes\":{\"fields\":{\"x\":{}}}},",
            "{}]}"),
        new Bulk(
            "events", EventPage.TYPE, "{\"data\":[", "{\"attributes\":{\"payload\":{}}},", "{}]}"),
        new Bulk("union items", PetPage.TYPE, "{\"data\":[", "{\"type\":\"pet/dog\"},", "{}]}"),
        new Bulk("unknown items", PetPage.TYPE, "{\"data\":[", "{\"type\":\"x\"},", "{}]}"),
        new Bulk(
            "items whose tag stands behind",
            PetPage.TYPE,
            "{\"data\":[",
            "{\"id\":\"1\",\"type\":\"pet/dog\"},",
            "{}]}"),
        new Bulk("included", PetResponse.TYPE, "{\"data\":{},\"included\":[", "{},", "{}]}"),
        new Bulk("errors", ErrorDocument.TYPE, "{\"errors\":[", "{},", "{}]}"),
        new Bulk("lists", DogAttributes.TYPE, "{\"table\":[", "[],", "[]]}"),
        new Bulk("texts", DogAttributes.TYPE, "{\"nicknames\":[", "\"\",", "\"\"]}"),
        new Bulk(
            "texts beyond Latin",
            DogAttributes.TYPE,
            "{\"nicknames\":[",
            "\"\u6f22abcdefghijk\",",
            "\"\"]}"),
        new Bulk("booleans", JsonType.list(JsonType.BOOLEAN), "[", "true,", "true]"),
        new Bulk("integers", JsonType.list(JsonType.INTEGER), "[", "1000,", "1]"),
        new Bulk("decimals", JsonType.list(JsonType.DECIMAL), "[", "1,", "1]"),
        new Bulk("dates that are none", JsonType.list(JsonType.DATE), "[", "\"\",", "\"\"]"),
        new Bulk("names of a map", DogAttributes.TYPE, "{\"scores\":{", "\"#\":1,", "\"_\":1}}"),
        new Bulk("unknown properties", Check.TYPE, "{", "\"#\":1,", "\"_\":1}"),
        new Bulk("unknown nulls", Check.TYPE, "{", "\"#\":null,", "\"_\":1}"),
        new Bulk("raw numbers", Check.TYPE, "{\"x\":[", "1,", "1]}"),
        new Bulk("raw lists", Check.TYPE, "{\"x\":[", "[],", "[]]}"),
        new Bulk("raw objects", Check.TYPE, "{\"x\":[", "{\"a\":[]},", "{}]}"),
        new Bulk("raw names", Check.TYPE, "{\"x\":{", "\"#\":0,", "\"_\":1}}"),
        new Bulk("raw texts beyond ASCII", Check.TYPE, "{\"x\":[", "\"\u6f22\",", "\"\"]}"),
        new Bulk("long text", Check.TYPE, "{\"name\":\"", "x".repeat(100), "\"}"),
        new Bulk("long text with an escape", Check.TYPE, "{\"name\":\"\\n", "x".repeat(100), "\"}"),
        new Bulk("long text of escapes", Check.TYPE, "{\"name\":\"", "\\n".repeat(100), "\"}"),
        new Bulk("long raw text", Check.TYPE, "{\"x\":[\"", "x".repeat(100), "\"]}"),
        new Bulk("long name", Check.TYPE, "{\"", "x".repeat(100), "\":1}"),
        new Bulk("long name within", Check.TYPE, "{\"x\":{\"", "x".repeat(100), "\":1}}"),
        new Bulk("long number", Check.TYPE, "{\"x\":", "1".repeat(100), "}"));
  }

  /** A text with the part so often, as a stream that is not all in memory. */
  Parts text(long parts) {
    return new Parts(parts);
  }

  final class Parts extends InputStream {
    private final long parts;
    private long made;
    private byte[] piece = start.getBytes(UTF_8);
    private int position;

    Parts(long parts) {
      this.parts = parts;
    }

    /** How many parts were made so far. */
    long made() {
      return made;
    }

    @Override
    public int read() {
      throw new UnsupportedOperationException();
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
      while (position == piece.length) {
        byte @Nullable [] next = next();
        if (next == null) {
          return -1;
        }
        piece = next;
        position = 0;
      }
      int count = Math.min(length, piece.length - position);
      System.arraycopy(piece, position, buffer, offset, count);
      position += count;
      return count;
    }

    private byte @Nullable [] next() {
      if (made > parts) {
        return null;
      }
      if (made == parts) {
        made++;
        return end.getBytes(UTF_8);
      }
      StringBuilder some = new StringBuilder();
      while (made < parts && some.length() < 4096) {
        some.append(part.replace("#", Long.toString(made, Character.MAX_RADIX)));
        made++;
      }
      return some.toString().getBytes(UTF_8);
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
