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
 * A document with many repetitions of one part, such as an empty object, which takes much memory
 * for its size.
 *
 * @param part the repeated part; {@code #} is replaced by its number, so that names differ
 */
record LargeDocument(String name, JsonType<?> type, String start, String part, String end) {
  static List<LargeDocument> all() {
    return List.of(
        new LargeDocument("items", InquiryPage.TYPE, "{\"data\":[", "{},", "{}]}"),
        new LargeDocument("items of spaces", InquiryPage.TYPE, "{\"data\":[", "{ } , ", "{}]}"),
        new LargeDocument("items of null", InquiryPage.TYPE, "{\"data\":[", "null,", "{}]}"),
        new LargeDocument("items of another type", InquiryPage.TYPE, "{\"data\":[", "1,", "{}]}"),
        new LargeDocument(
            "items with attributes",
            InquiryPage.TYPE,
            "{\"data\":[",
            "{\"attributes\":{}},",
            "{}]}"),
        new LargeDocument(
            "items with fields",
            InquiryPage.TYPE,
            "{\"data\":[",
            "{\"attributes\":{\"fields\":{\"x\":{}}}},",
            "{}]}"),
        new LargeDocument(
            "events", EventPage.TYPE, "{\"data\":[", "{\"attributes\":{\"payload\":{}}},", "{}]}"),
        new LargeDocument(
            "union items", PetPage.TYPE, "{\"data\":[", "{\"type\":\"pet/dog\"},", "{}]}"),
        new LargeDocument(
            "unknown items", PetPage.TYPE, "{\"data\":[", "{\"type\":\"x\"},", "{}]}"),
        new LargeDocument(
            "items whose tag is last",
            PetPage.TYPE,
            "{\"data\":[",
            "{\"id\":\"1\",\"type\":\"pet/dog\"},",
            "{}]}"),
        new LargeDocument(
            "included", PetResponse.TYPE, "{\"data\":{},\"included\":[", "{},", "{}]}"),
        new LargeDocument("errors", ErrorDocument.TYPE, "{\"errors\":[", "{},", "{}]}"),
        new LargeDocument("lists", DogAttributes.TYPE, "{\"table\":[", "[],", "[]]}"),
        new LargeDocument("strings", DogAttributes.TYPE, "{\"nicknames\":[", "\"\",", "\"\"]}"),
        new LargeDocument(
            "strings beyond Latin",
            DogAttributes.TYPE,
            "{\"nicknames\":[",
            "\"\u6f22abcdefghijk\",",
            "\"\"]}"),
        new LargeDocument("booleans", JsonType.list(JsonType.BOOLEAN), "[", "true,", "true]"),
        new LargeDocument("integers", JsonType.list(JsonType.INTEGER), "[", "1000,", "1]"),
        new LargeDocument("decimals", JsonType.list(JsonType.DECIMAL), "[", "1,", "1]"),
        new LargeDocument("invalid dates", JsonType.list(JsonType.DATE), "[", "\"\",", "\"\"]"),
        new LargeDocument(
            "names of a map", DogAttributes.TYPE, "{\"scores\":{", "\"#\":1,", "\"_\":1}}"),
        new LargeDocument("unknown properties", Check.TYPE, "{", "\"#\":1,", "\"_\":1}"),
        new LargeDocument("unknown nulls", Check.TYPE, "{", "\"#\":null,", "\"_\":1}"),
        new LargeDocument("raw numbers", Check.TYPE, "{\"x\":[", "1,", "1]}"),
        new LargeDocument("raw lists", Check.TYPE, "{\"x\":[", "[],", "[]]}"),
        new LargeDocument("raw objects", Check.TYPE, "{\"x\":[", "{\"a\":[]},", "{}]}"),
        new LargeDocument("raw names", Check.TYPE, "{\"x\":{", "\"#\":0,", "\"_\":1}}"),
        new LargeDocument(
            "raw strings beyond ASCII", Check.TYPE, "{\"x\":[", "\"\u6f22\",", "\"\"]}"),
        new LargeDocument("long string", Check.TYPE, "{\"name\":\"", "x".repeat(100), "\"}"),
        new LargeDocument(
            "long string with an escape", Check.TYPE, "{\"name\":\"\\n", "x".repeat(100), "\"}"),
        new LargeDocument(
            "long string of escapes", Check.TYPE, "{\"name\":\"", "\\n".repeat(100), "\"}"),
        new LargeDocument("long raw string", Check.TYPE, "{\"x\":[\"", "x".repeat(100), "\"]}"),
        new LargeDocument("long name", Check.TYPE, "{\"", "x".repeat(100), "\":1}"),
        new LargeDocument("long nested name", Check.TYPE, "{\"x\":{\"", "x".repeat(100), "\":1}}"),
        new LargeDocument("long number", Check.TYPE, "{\"x\":", "1".repeat(100), "}"));
  }

  /** Returns a document with this number of parts, as a stream that is not held in memory. */
  Parts stream(long parts) {
    return new Parts(parts);
  }

  final class Parts extends InputStream {
    private final long parts;
    private long created;
    private byte[] chunk = start.getBytes(UTF_8);
    private int position;

    Parts(long parts) {
      this.parts = parts;
    }

    /** Returns the number of parts created so far. */
    long created() {
      return created;
    }

    @Override
    public int read() {
      throw new UnsupportedOperationException();
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
      while (position == chunk.length) {
        byte @Nullable [] next = next();
        if (next == null) {
          return -1;
        }
        chunk = next;
        position = 0;
      }
      int count = Math.min(length, chunk.length - position);
      System.arraycopy(chunk, position, buffer, offset, count);
      position += count;
      return count;
    }

    private byte @Nullable [] next() {
      if (created > parts) {
        return null;
      }
      if (created == parts) {
        created++;
        return end.getBytes(UTF_8);
      }
      StringBuilder some = new StringBuilder();
      while (created < parts && some.length() < 4096) {
        some.append(part.replace("#", Long.toString(created, Character.MAX_RADIX)));
        created++;
      }
      return some.toString().getBytes(UTF_8);
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
