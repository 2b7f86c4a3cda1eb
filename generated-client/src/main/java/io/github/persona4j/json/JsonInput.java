package io.github.persona4j.json;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import io.github.persona4j.json.MalformedJsonException.Reason;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A cursor over one JSON text, as generated code reads it: each method takes the next value and
 * returns the slot for it.
 *
 * <p>Not thread-safe; one answer, one input.
 */
public final class JsonInput {
  /** How deep arrays and objects may be nested, so that a hostile text cannot exhaust the stack. */
  public static final int MAX_DEPTH = 512;

  // No number in the API is longer; a longer one stays raw, since parsing takes quadratic time.
  private static final int MAX_DIGITS = 1000;

  private final JsonReader reader;
  private final boolean strict;
  private final String root;

  // An object of a union is opened before its class is known. Where its tag came first, the three
  // steps that were taken already are given again to whoever reads the object.
  private @Nullable String tagName;
  private @Nullable String tag;
  private Replay replay = Replay.NOTHING;

  private enum Replay {
    NOTHING,
    OPENING,
    NAME,
    VALUE
  }

  JsonInput(JsonReader reader, boolean strict) {
    this(reader, strict, "$");
  }

  private JsonInput(JsonReader reader, boolean strict, String root) {
    // STRICT would refuse a half of a surrogate pair, which the grammar of JSON allows and which
    // texts hold that were cut somewhere.
    reader.setStrictness(Strictness.LEGACY_STRICT);
    reader.setNestingLimit(MAX_DEPTH);
    this.reader = reader;
    this.strict = strict;
    this.root = root;
  }

  /** A text, or what stands in its place. */
  public Object text() throws IOException {
    return peek() == JsonToken.STRING ? nextString() : other("text");
  }

  /** A whole number that fits a {@code long}, or what stands in its place. */
  public Object integer() throws IOException {
    if (peek() != JsonToken.NUMBER) {
      return other("integer");
    }
    String digits = reader.nextString();
    try {
      if (!digits.equals("-0")) { // its sign would be lost
        return Long.valueOf(digits);
      }
    } catch (NumberFormatException e) {
      // a fraction, an exponent or too many digits: kept raw below
    }
    return unexpected(JsonValue.raw(digits), "integer");
  }

  /** Any number as its text, so that all its digits stay, or what stands in its place. */
  public Object decimal() throws IOException {
    if (peek() != JsonToken.NUMBER) {
      return other("number");
    }
    String digits = reader.nextString();
    JsonValue number = JsonValue.raw(digits);
    return isDecimal(digits) ? number : unexpected(number, "number");
  }

  private static boolean isDecimal(String digits) {
    if (digits.length() > MAX_DIGITS) {
      return false;
    }
    try {
      return new BigDecimal(digits).precision() > 0;
    } catch (NumberFormatException e) { // an exponent out of range
      return false;
    }
  }

  /** True or false, or what stands in its place. */
  public Object bool() throws IOException {
    return peek() == JsonToken.BOOLEAN ? (Object) reader.nextBoolean() : other("boolean");
  }

  /** A date as its text, checked, or what stands in its place. */
  public Object date() throws IOException {
    if (peek() != JsonToken.STRING) {
      return other("date");
    }
    String text = nextString();
    return IsoDates.isDate(text) ? text : unexpected(JsonValue.of(text), "date");
  }

  /** A moment as its text, checked, or what stands in its place. */
  public Object dateTime() throws IOException {
    if (peek() != JsonToken.STRING) {
      return other("date-time");
    }
    String text = nextString();
    return IsoDates.isDateTime(text) ? text : unexpected(JsonValue.of(text), "date-time");
  }

  /** Any value as raw JSON. */
  public Object any() throws IOException {
    if (peek() == JsonToken.NULL) {
      reader.nextNull();
      return ExplicitNull.NULL;
    }
    return raw();
  }

  /** A value of a type, or what stands in its place. */
  public Object value(JsonType<?> type) throws IOException {
    return type.read(this);
  }

  /** A list, or what stands in its place; an item that is wrong is contained alone. */
  public Object list(JsonType<?> items) throws IOException {
    if (peek() != JsonToken.BEGIN_ARRAY) {
      return other("list");
    }
    List<Object> slots = new ArrayList<>();
    reader.beginArray();
    while (reader.hasNext()) {
      slots.add(items.read(this));
    }
    reader.endArray();
    return new JsonList<>(slots.toArray(), items);
  }

  /** An object with free keys, or what stands in its place; a wrong value is contained alone. */
  public Object map(JsonType<?> values) throws IOException {
    if (peek() != JsonToken.BEGIN_OBJECT) {
      return other("object");
    }
    Map<String, Object> slots = new LinkedHashMap<>();
    beginObject();
    while (hasNext()) {
      String name = nextName();
      if (slots.putIfAbsent(name, values.read(this)) != null) {
        throw duplicateKey();
      }
    }
    endObject();
    return new JsonMap<>(slots, values);
  }

  boolean isObject() throws IOException {
    return peek() == JsonToken.BEGIN_OBJECT;
  }

  boolean isText() throws IOException {
    return peek() == JsonToken.STRING;
  }

  void beginObject() throws IOException {
    if (replay == Replay.OPENING) {
      replay = Replay.NAME;
    } else {
      reader.beginObject();
    }
  }

  boolean hasNext() throws IOException {
    return replay == Replay.NAME || reader.hasNext();
  }

  String nextName() throws IOException {
    if (replay == Replay.NAME && tagName != null) {
      replay = Replay.VALUE;
      return tagName;
    }
    return reader.nextName();
  }

  void endObject() throws IOException {
    reader.endObject();
  }

  /**
   * Opens an object of a union, to learn the text of its tag. Where the tag stands first, nothing
   * is buffered; otherwise the object is read ahead once.
   *
   * @return the input to read the object from, whole
   */
  JsonInput tagged(String name) throws IOException {
    reader.beginObject();
    if (reader.hasNext() && reader.peek() == JsonToken.NAME) {
      String first = reader.nextName();
      if (first.equals(name) && reader.peek() == JsonToken.STRING) {
        tagName = name;
        tag = reader.nextString();
        replay = Replay.OPENING;
        return this;
      }
      StringWriter text = new StringWriter();
      String place = path();
      place = place.substring(0, place.length() - first.length() - 1);
      String[] found = new String[1];
      JsonWriter copy = JsonOutput.writer(text);
      copy.beginObject();
      copyMembers(copy, first, name, found);
      copy.endObject();
      JsonInput again =
          new JsonInput(new JsonReader(new StringReader(text.toString())), strict, place);
      again.tag = found[0];
      return again;
    }
    reader.endObject();
    return new JsonInput(new JsonReader(new StringReader("{}")), strict, path());
  }

  /** The tag of the object that {@link #tagged} opened, null where it has none. */
  @Nullable String tag() {
    return tag;
  }

  /** An input for a value that was taken raw, to read it as what it turned out to be. */
  JsonInput again(JsonValue json, String place) {
    return new JsonInput(new JsonReader(new StringReader(json.json())), strict, place);
  }

  /** Takes any value as it is. */
  JsonValue raw() throws IOException {
    StringWriter text = new StringWriter();
    copy(JsonOutput.writer(text));
    return JsonValue.raw(text.toString());
  }

  /**
   * What to put in a slot in place of the described type, after the value was taken.
   *
   * @throws MalformedJsonException in strict mode
   */
  Object unexpected(JsonValue raw, String described) {
    if (strict) {
      throw new MalformedJsonException(
          Reason.UNEXPECTED_TYPE,
          previousPath(),
          " (" + described + " expected, found " + raw.kind().words() + ")");
    }
    return new Unexpected(raw, previousPath(), described);
  }

  /** The slot for a value of another kind: an explicit null, or the raw value. */
  Object other(String described) throws IOException {
    if (peek() == JsonToken.NULL) {
      reader.nextNull();
      return ExplicitNull.NULL;
    }
    return unexpected(raw(), described);
  }

  MalformedJsonException duplicateKey() {
    return new MalformedJsonException(Reason.DUPLICATE_KEY, path(), "");
  }

  /** Checks that nothing follows. */
  void end() throws IOException {
    if (reader.peek() != JsonToken.END_DOCUMENT) {
      throw new MalformedJsonException(Reason.SYNTAX, path(), "");
    }
  }

  String path() {
    return root + reader.getPath().substring(1);
  }

  /** The path of the value that was taken last. */
  String previousPath() {
    return root + reader.getPreviousPath().substring(1);
  }

  private JsonToken peek() throws IOException {
    return switch (replay) {
      case NOTHING, NAME -> reader.peek();
      case OPENING -> JsonToken.BEGIN_OBJECT;
      case VALUE -> JsonToken.STRING;
    };
  }

  private String nextString() throws IOException {
    if (replay == Replay.VALUE && tag != null) {
      replay = Replay.NOTHING;
      return tag;
    }
    return reader.nextString();
  }

  private void copy(JsonWriter to) throws IOException {
    switch (peek()) {
      case STRING -> to.value(nextString());
      case NUMBER -> to.jsonValue(reader.nextString());
      case BOOLEAN -> to.value(reader.nextBoolean());
      case NULL -> {
        reader.nextNull();
        to.nullValue();
      }
      case BEGIN_ARRAY -> {
        to.beginArray();
        reader.beginArray();
        while (reader.hasNext()) {
          copy(to);
        }
        reader.endArray();
        to.endArray();
      }
      default -> {
        to.beginObject();
        beginObject();
        if (hasNext()) {
          copyMembers(to, nextName(), "", new String[1]);
        } else {
          reader.endObject();
        }
        to.endObject();
      }
    }
  }

  /** Copies the members of an open object from the first name on, and closes it. */
  private void copyMembers(JsonWriter to, String first, String tagName, @Nullable String[] found)
      throws IOException {
    Set<String> names = new HashSet<>();
    String name = first;
    while (true) {
      if (!names.add(name)) {
        throw duplicateKey();
      }
      to.name(name);
      if (name.equals(tagName) && peek() == JsonToken.STRING) {
        found[0] = nextString();
        to.value(found[0]);
      } else {
        copy(to);
      }
      if (!hasNext()) {
        break;
      }
      name = nextName();
    }
    reader.endObject();
  }
}
