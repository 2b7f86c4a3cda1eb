package io.github.persona4j.json;

import com.google.gson.stream.JsonReader;
import io.github.persona4j.json.JsonTokens.Token;
import io.github.persona4j.json.MalformedJsonException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A cursor over one JSON text, as generated code reads it: each method takes the next value and
 * returns the slot for it.
 *
 * <p>Not thread-safe; one answer, one input.
 */
public final class JsonInput {
  /** How deep arrays and objects may be nested in one text. */
  public static final int MAX_DEPTH = 512;

  /**
   * How deep models, typed lists and typed maps may be nested in each other; they are read by
   * recursion, which takes stack. Raw JSON within them is not.
   */
  public static final int MAX_MODEL_DEPTH = 100;

  // No number in the API is longer; a longer one stays raw, since parsing takes quadratic time.
  static final int MAX_DIGITS = 1000;
  private static final int LONG_DIGITS = 20; // of the smallest long, with its sign
  private static final int MAX_SCRATCH = 8192; // at first

  private final JsonTokens tokens;
  private final DecodingBudget budget;
  private final boolean strict;

  // An object of a union is opened before its class is known. Where its tag came first, the three
  // steps that were taken already are given again to whoever reads the object.
  private @Nullable String tagName;
  private @Nullable String tag;
  private Replay replay = Replay.NOTHING;

  private @Nullable JsonOutput scratch;
  private @Nullable RawReader rawReader;

  private enum Replay {
    NOTHING,
    OPENING,
    NAME,
    VALUE
  }

  /** Reads a stream. */
  static JsonInput of(InputStream source, boolean strict, JsonLimits limits) {
    DecodingBudget budget = new DecodingBudget(limits.maxDecodedBytes());
    return new JsonInput(new JsonTokens(source, limits.maxResponseBytes(), budget), budget, strict);
  }

  /** Reads a whole text. */
  static JsonInput of(String text, boolean strict, JsonLimits limits) {
    return part(text, "$", 0, new DecodingBudget(limits.maxDecodedBytes()), strict);
  }

  /** Reads the next value of a reader of Gson. */
  static JsonInput of(JsonReader reader) throws IOException {
    JsonLimits limits = JsonLimits.standard();
    String json = GsonValue.next(reader, limits.maxResponseBytes());
    DecodingBudget budget = new DecodingBudget(limits.maxDecodedBytes());
    return part(json, reader.getPath(), 0, budget, false);
  }

  /**
   * Reads the text of a {@link JsonValue} as raw values, which were checked and charged for when it
   * was made.
   */
  static JsonInput ofValue(String json) {
    return new JsonInput(JsonTokens.ofValue(json), DecodingBudget.unlimited(), false);
  }

  /**
   * Reads the text of a {@link JsonValue} that stood at a path as another type, of which a nested
   * value may take more memory than was charged for the text.
   */
  static JsonInput ofValue(JsonValue value, String path) {
    DecodingBudget budget =
        value.isNested()
            ? new DecodingBudget(JsonLimits.standard().maxDecodedBytes())
            : DecodingBudget.unlimited();
    return part(value.json(), path, 0, budget, false);
  }

  /** Reads a part of a text again. */
  private static JsonInput part(
      String json, String path, int outer, DecodingBudget budget, boolean strict) {
    return new JsonInput(new JsonTokens(json, path, outer, budget), budget, strict);
  }

  private JsonInput(JsonTokens tokens, DecodingBudget budget, boolean strict) {
    this.tokens = tokens;
    this.budget = budget;
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
      if (digits.length() <= LONG_DIGITS && !digits.equals("-0")) { // its sign would be lost
        Long number = Long.valueOf(digits);
        charge(DecodingBudget.SMALL_OBJECT);
        return number;
      }
    } catch (NumberFormatException e) {
      // a fraction, an exponent or too many digits: kept raw below
    }
    return unexpected(number(digits), "integer");
  }

  /** Any number as its text, so that all its digits stay, or what stands in its place. */
  public Object decimal() throws IOException {
    if (peek() != Token.NUMBER) {
      return other("number");
    }
    String digits = tokens.nextNumber();
    JsonValue number = number(digits);
    return isDecimal(digits) ? number : unexpected(number, "number");
  }

  private JsonValue number(String digits) {
    charge(DecodingBudget.SMALL_OBJECT + DecodingBudget.TEXT + digits.length());
    return JsonValue.raw(digits);
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
    return IsoDates.isDate(text) ? text : unexpected(quoted(text), "date");
  }

  /** A moment as its text, checked, or what stands in its place. */
  public Object dateTime() throws IOException {
    if (peek() != Token.TEXT) {
      return other("date-time");
    }
    String text = nextText();
    return IsoDates.isDateTime(text) ? text : unexpected(quoted(text), "date-time");
  }

  private JsonValue quoted(String text) {
    JsonValue value = JsonValue.of(text);
    charge(DecodingBudget.SMALL_OBJECT + DecodingBudget.TEXT + 2L * value.json().length());
    return value;
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
    checkModelDepth();
    charge(DecodingBudget.LIST);
    while (tokens.hasNext()) {
      charge(DecodingBudget.ITEM);
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
    checkModelDepth();
    charge(DecodingBudget.MAP);
    while (hasNext()) {
      String name = nextName();
      chargeEntry(name);
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

  /** Opens the object of a model with so many slots. */
  void beginModel(int slots) throws IOException {
    beginObject();
    checkModelDepth();
    charge(DecodingBudget.MODEL + (long) slots * DecodingBudget.SLOT);
  }

  private void beginObject() throws IOException {
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

  private String nextName() throws IOException {
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
    int outer = tokens.levels();
    tokens.beginObject();
    tokens.showNames();
    if (!tokens.hasNext()) {
      tokens.endObject();
      return part("{}", path(), outer, budget, strict);
    }
    String first = tokens.nextName();
    if (first.equals(name) && tokens.peek() == Token.TEXT) {
      tagName = name;
      tag = takeText();
      replay = Replay.OPENING;
      return this;
    }
    String place = tokens.openPath();
    JsonOutput copy = new JsonOutput();
    String found = rawReader().restAfter(first, copy, name);
    JsonInput again = part(copy.toString(), place, outer, budget, strict);
    again.tag = found;
    return again;
  }

  /** The tag of the object that {@link #tagged} opened, null where it has none. */
  @Nullable String tag() {
    return tag;
  }

  /** An input for a value that was taken raw, to read it as what it turned out to be. */
  JsonInput again(JsonValue json, String place) {
    return part(json.json(), place, tokens.levels(), budget, strict);
  }

  /** Whether a value that was taken raw is of a type; in strict mode, down to its last part. */
  boolean fits(JsonValue json, JsonType<?> type) throws IOException {
    try {
      JsonInput again = part(json.json(), "$", tokens.levels(), budget.trial(), strict);
      return !(type.read(again) instanceof Unexpected);
    } catch (MalformedJsonException e) {
      if (e.reason() == Reason.TOO_LARGE) {
        throw e;
      }
      return false;
    }
  }

  /** Takes any value as it is. */
  JsonValue raw() throws IOException {
    if (peek() == Token.NULL) {
      tokens.nextNull();
      return JsonValue.NULL;
    }
    String plain = replay == Replay.NOTHING ? tokens.nextPlain() : null;
    if (plain != null) {
      return JsonValue.raw(plain);
    }
    JsonOutput copy = scratch;
    if (copy == null) {
      copy = new JsonOutput(Math.min(tokens.buffered(), MAX_SCRATCH));
      scratch = copy;
    }
    if (replay == Replay.OPENING && tagName != null && tag != null) {
      replay = Replay.NOTHING;
      rawReader().restAfter(tagName, tag, copy);
    } else if (replay == Replay.VALUE) {
      String text = nextText();
      charge(DecodingBudget.RAW_VALUE + 2L * text.length());
      copy.text(text);
    } else {
      rawReader().value(copy);
    }
    int size = copy.size();
    String json = copy.take();
    if (json.length() < size) { // it may take two bytes a character, here and in the values within
      charge((long) DecodingBudget.RAW_BYTE * json.length());
    }
    return JsonValue.raw(json);
  }

  private RawReader rawReader() {
    RawReader reader = rawReader;
    if (reader == null) {
      reader = new RawReader(tokens);
      rawReader = reader;
    }
    return reader;
  }

  /** Takes a list as raw values. */
  List<JsonValue> rawItems() throws IOException {
    List<JsonValue> items = new ArrayList<>();
    tokens.beginArray();
    while (tokens.hasNext()) {
      items.add(raw());
    }
    tokens.endArray();
    return items;
  }

  /** Takes an object as raw values by their names. */
  Map<String, JsonValue> rawMembers() throws IOException {
    Map<String, JsonValue> members = new LinkedHashMap<>();
    tokens.beginObject();
    while (tokens.hasNext()) {
      String name = tokens.nextName();
      members.put(name, raw());
    }
    tokens.endObject();
    return members;
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
    String path = previousPath();
    charge(DecodingBudget.SMALL_OBJECT + DecodingBudget.TEXT + 2L * path.length());
    return new Unexpected(raw, path, described);
  }

  /** The slot for a value of another kind: an explicit null, or the raw value. */
  Object other(String described) throws IOException {
    if (peek() == Token.NULL) {
      tokens.nextNull();
      return ExplicitNull.NULL;
    }
    return unexpected(raw(), described);
  }

  /** Takes memory from the budget. */
  void charge(long bytes) {
    tokens.charge(bytes);
  }

  /** Takes the memory for an entry of a map. */
  void chargeEntry(String name) {
    charge(DecodingBudget.ENTRY + DecodingBudget.TEXT + 2L * name.length());
  }

  private void checkModelDepth() {
    if (tokens.levels() > MAX_MODEL_DEPTH) {
      throw tokens.tooDeep(MAX_MODEL_DEPTH);
    }
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
    return takeText();
  }

  private String takeText() throws IOException {
    String text = tokens.nextText();
    charge(DecodingBudget.TEXT + tokens.textSize());
    return text;
  }
}
