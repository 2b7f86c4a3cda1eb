package io.github.persona4j.json;

import com.google.gson.stream.JsonReader;
import io.github.persona4j.json.JsonTokens.Token;
import io.github.persona4j.json.MalformedJsonException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
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
  private static final int FEW = 32;

  private final JsonTokens tokens;
  private final boolean strict;

  // An object of a union is opened before its class is known. Where its tag came first, the three
  // steps that were taken already are given again to whoever reads the object.
  private @Nullable String tagName;
  private @Nullable String tag;
  private Replay replay = Replay.NOTHING;

  private @Nullable JsonOutput scratch;

  // The names so far of the objects that are being copied, to find one that stands twice; few of
  // one
  // object are found without a set.
  private String[] names = new String[FEW];
  private int nameCount;

  private enum Replay {
    NOTHING,
    OPENING,
    NAME,
    VALUE
  }

  /** Reads a stream. */
  JsonInput(InputStream source, boolean strict) {
    this(new JsonTokens(source), strict);
  }

  /** Reads a whole text. */
  JsonInput(String text, boolean strict) {
    this(text, "$", strict);
  }

  /** Reads the next value of a reader of Gson. */
  JsonInput(JsonReader reader) throws IOException {
    this(new JsonTokens(GsonValue.next(reader), reader.getPath()), false);
  }

  /** Reads a whole text that stood at a path. */
  JsonInput(String text, String root, boolean strict) {
    this(new JsonTokens(text, root), strict);
  }

  private JsonInput(JsonTokens tokens, boolean strict) {
    this.tokens = tokens;
    this.strict = strict;
  }

  /** A text, or what stands in its place. */
  public Object text() throws IOException {
    return peek() == Token.TEXT ? nextText() : other("text");
  }

  /** A whole number that fits a {@code long}, or what stands in its place. */
  public Object integer() throws IOException {
    if (peek() != Token.NUMBER) {
      return other("integer");
    }
    String digits = tokens.nextNumber();
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
    if (peek() != Token.NUMBER) {
      return other("number");
    }
    String digits = tokens.nextNumber();
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
    return peek() == Token.BOOLEAN ? (Object) tokens.nextBoolean() : other("boolean");
  }

  /** A date as its text, checked, or what stands in its place. */
  public Object date() throws IOException {
    if (peek() != Token.TEXT) {
      return other("date");
    }
    String text = nextText();
    return IsoDates.isDate(text) ? text : unexpected(JsonValue.of(text), "date");
  }

  /** A moment as its text, checked, or what stands in its place. */
  public Object dateTime() throws IOException {
    if (peek() != Token.TEXT) {
      return other("date-time");
    }
    String text = nextText();
    return IsoDates.isDateTime(text) ? text : unexpected(JsonValue.of(text), "date-time");
  }

  /** Any value as raw JSON. */
  public Object any() throws IOException {
    if (peek() == Token.NULL) {
      tokens.nextNull();
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
    if (peek() != Token.BEGIN_ARRAY) {
      return other("list");
    }
    List<Object> slots = new ArrayList<>();
    tokens.beginArray();
    while (tokens.hasNext()) {
      slots.add(items.read(this));
    }
    tokens.endArray();
    return new JsonList<>(slots.toArray(), items);
  }

  /** An object with free keys, or what stands in its place; a wrong value is contained alone. */
  public Object map(JsonType<?> values) throws IOException {
    if (peek() != Token.BEGIN_OBJECT) {
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
    return peek() == Token.BEGIN_OBJECT;
  }

  boolean isText() throws IOException {
    return peek() == Token.TEXT;
  }

  void beginObject() throws IOException {
    if (replay == Replay.OPENING) {
      replay = Replay.NAME;
    } else {
      tokens.beginObject();
    }
  }

  /** Shows no name of the object that was opened last in paths. */
  void hideNames() {
    tokens.hideNames();
  }

  boolean hasNext() throws IOException {
    return replay == Replay.NAME || tokens.hasNext();
  }

  String nextName() throws IOException {
    if (replay == Replay.NAME && tagName != null) {
      replay = Replay.VALUE;
      return tagName;
    }
    return tokens.nextName();
  }

  /** Takes the name of the next property of a model, see {@link JsonTokens#nextProperty}. */
  int nextProperty(ModelType<?> model, int previous) throws IOException {
    if (replay == Replay.NAME && tagName != null) {
      replay = Replay.VALUE;
      return model.position(tagName, previous);
    }
    return tokens.nextProperty(model, previous);
  }

  /** The name of the property that was taken last. */
  String name() {
    return tokens.name();
  }

  void endObject() throws IOException {
    tokens.endObject();
  }

  /**
   * Opens an object of a union, to learn the text of its tag. Where the tag stands first, nothing
   * is buffered; otherwise the object is read ahead once.
   *
   * @return the input to read the object from, whole
   */
  JsonInput tagged(String name) throws IOException {
    tokens.beginObject();
    tokens.showNames();
    if (tokens.hasNext() && tokens.peek() == Token.NAME) {
      String first = tokens.nextName();
      if (first.equals(name) && tokens.peek() == Token.TEXT) {
        tagName = name;
        tag = tokens.nextText();
        replay = Replay.OPENING;
        return this;
      }
      String place = tokens.openPath();
      String[] found = new String[1];
      JsonOutput copy = new JsonOutput();
      copy.beginObject();
      copy.name(first);
      copyMembers(copy, first, name, found);
      copy.endObject();
      JsonInput again = new JsonInput(copy.toString(), place, strict);
      again.tag = found[0];
      return again;
    }
    tokens.endObject();
    return new JsonInput("{}", path(), strict);
  }

  /** The tag of the object that {@link #tagged} opened, null where it has none. */
  @Nullable String tag() {
    return tag;
  }

  /** An input for a value that was taken raw, to read it as what it turned out to be. */
  JsonInput again(JsonValue json, String place) {
    return new JsonInput(json.json(), place, strict);
  }

  /** Whether a value that was taken raw is of a type; in strict mode, down to its last part. */
  boolean fits(JsonValue json, JsonType<?> type) throws IOException {
    try {
      return !(type.read(new JsonInput(json.json(), strict)) instanceof Unexpected);
    } catch (MalformedJsonException e) {
      return false;
    }
  }

  /** Takes any value as it is. */
  JsonValue raw() throws IOException {
    String plain = replay == Replay.NOTHING ? tokens.nextPlain() : null;
    if (plain != null) {
      return JsonValue.raw(plain);
    }
    JsonOutput copy = scratch;
    if (copy == null) {
      copy = new JsonOutput(tokens.buffered());
      scratch = copy;
    }
    copy(copy);
    return JsonValue.raw(copy.take());
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
    if (peek() == Token.NULL) {
      tokens.nextNull();
      return ExplicitNull.NULL;
    }
    return unexpected(raw(), described);
  }

  MalformedJsonException duplicateKey() {
    return new MalformedJsonException(Reason.DUPLICATE_KEY, path(), "");
  }

  /** Checks that nothing follows. */
  void end() throws IOException {
    if (tokens.peek() != Token.END) {
      throw new MalformedJsonException(Reason.SYNTAX, path(), "");
    }
  }

  String path() {
    return tokens.path();
  }

  /** The path of the value that was taken last. */
  String previousPath() {
    return tokens.previousPath();
  }

  private Token peek() throws IOException {
    if (replay == Replay.NOTHING) {
      return tokens.peek();
    }
    return switch (replay) {
      case NOTHING, NAME -> tokens.peek();
      case OPENING -> Token.BEGIN_OBJECT;
      case VALUE -> Token.TEXT;
    };
  }

  private String nextText() throws IOException {
    if (replay == Replay.VALUE && tag != null) {
      replay = Replay.NOTHING;
      return tag;
    }
    return tokens.nextText();
  }

  private void copy(JsonOutput to) throws IOException {
    switch (peek()) {
      case TEXT -> {
        if (replay == Replay.VALUE) {
          to.text(nextText());
        } else {
          tokens.copyText(to);
        }
      }
      case NUMBER -> to.raw(tokens.nextNumber());
      case BOOLEAN -> to.raw(tokens.nextBoolean() ? "true" : "false");
      case NULL -> {
        tokens.nextNull();
        to.raw("null");
      }
      case BEGIN_ARRAY -> {
        to.beginArray();
        tokens.beginArray();
        while (tokens.hasNext()) {
          copy(to);
        }
        tokens.endArray();
        to.endArray();
      }
      default -> {
        to.beginObject();
        beginObject();
        if (hasNext()) {
          copyMembers(to, copyName(to), "", new String[1]);
        } else {
          tokens.endObject();
        }
        to.endObject();
      }
    }
  }

  private String copyName(JsonOutput to) throws IOException {
    if (replay == Replay.NAME) {
      String name = nextName();
      to.name(name);
      return name;
    }
    return tokens.copyName(to);
  }

  /** Copies the members of an open object, whose first name is written, and closes it. */
  private void copyMembers(JsonOutput to, String first, String tagName, @Nullable String[] found)
      throws IOException {
    int start = nameCount;
    Set<String> many = null;
    String name = first;
    while (true) {
      if (many == null && nameCount - start == FEW) {
        many = new HashSet<>(Arrays.asList(names).subList(start, nameCount));
      }
      if (many == null ? isAmong(start, name) : !many.add(name)) {
        throw duplicateKey();
      }
      if (many == null) {
        push(name);
      }
      if (name.equals(tagName) && peek() == Token.TEXT) {
        found[0] = nextText();
        to.text(found[0]);
      } else {
        copy(to);
      }
      if (!hasNext()) {
        break;
      }
      name = copyName(to);
    }
    nameCount = start;
    tokens.endObject();
  }

  private boolean isAmong(int start, String name) {
    for (int i = start; i < nameCount; i++) {
      if (name.equals(names[i])) {
        return true;
      }
    }
    return false;
  }

  private void push(String name) {
    if (nameCount == names.length) {
      names = Arrays.copyOf(names, nameCount * 2);
    }
    names[nameCount++] = name;
  }
}
