package io.github.persona4j.json;

import com.google.gson.stream.JsonReader;
import io.github.persona4j.json.JsonTokenizer.Token;
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
 * Reads one JSON document for generated code: each method consumes the next value and returns its
 * slot.
 *
 * <p>Not thread-safe. Each response has its own input.
 */
public final class JsonInput {
  /** The maximum nesting depth of arrays and objects in one document. */
  public static final int MAX_DEPTH = 512;

  /**
   * The maximum nesting depth of models, typed lists and typed maps, which are read recursively.
   * Raw JSON is not.
   */
  public static final int MAX_MODEL_DEPTH = 100;

  // Numbers of the API are shorter. A longer one stays raw, since parsing takes quadratic time.
  static final int MAX_DIGITS = 1000;
  private static final int LONG_DIGITS = 20; // of Long.MIN_VALUE, with its sign
  private static final Casing[] OTHER_CASINGS = {Casing.CAMEL, Casing.SNAKE};

  private final JsonTokenizer tokens;
  private final DecodingBudget budget;
  private final boolean strict;

  // An object of a union is opened before its class is known. If its tag is the first property, the
  // three tokens consumed so far are replayed when the object is read.
  private @Nullable String tagName;
  private @Nullable String tag;
  private Replay replay = Replay.NOTHING;

  // Whether described names may come in any casing, and the one that came last: most documents have
  // one casing only.
  private boolean anyCasing;
  private Casing casing = Casing.KEBAB;
  private boolean respelled;

  private @Nullable JsonOutput scratch;
  private @Nullable RawJsonReader rawReader;

  private enum Replay {
    NOTHING,
    OPENING,
    NAME,
    VALUE
  }

  /** Creates an input of a stream. */
  static JsonInput of(InputStream source, boolean strict, JsonLimits limits) {
    DecodingBudget budget = new DecodingBudget(limits.maxDecodedBytes());
    return new JsonInput(
        new JsonTokenizer(source, limits.maxResponseBytes(), budget), budget, strict);
  }

  /** Creates an input of a document in memory. */
  static JsonInput of(byte[] document, boolean strict, JsonLimits limits) {
    if (document.length > limits.maxResponseBytes()) {
      throw JsonTokenizer.tooLong(limits.maxResponseBytes(), "$");
    }
    DecodingBudget budget = new DecodingBudget(limits.maxDecodedBytes());
    return new JsonInput(new JsonTokenizer(document, budget), budget, strict);
  }

  /** Creates an input of a string. */
  static JsonInput of(String json, boolean strict, JsonLimits limits) {
    return part(json, "$", 0, new DecodingBudget(limits.maxDecodedBytes()), strict);
  }

  /** Creates an input of the next value of a Gson reader, in any casing. */
  static JsonInput of(JsonReader reader) throws IOException {
    JsonLimits limits = JsonLimits.standard();
    String json = GsonValue.next(reader, limits.maxResponseBytes());
    DecodingBudget budget = new DecodingBudget(limits.maxDecodedBytes());
    JsonInput in = part(json, reader.getPath(), 0, budget, false);
    in.expectAnyCasing();
    return in;
  }

  /**
   * Creates an input that reads a {@link JsonValue} as raw values, which were checked and charged
   * when it was created.
   */
  static JsonInput ofValue(String json) {
    return new JsonInput(JsonTokenizer.ofValue(json), DecodingBudget.unlimited(), false);
  }

  /**
   * Creates an input that reads a {@link JsonValue} as another type, whose nested values may take
   * more memory than was charged for the raw value.
   */
  static JsonInput ofValue(JsonValue value, String path) {
    DecodingBudget budget =
        value.isNested()
            ? new DecodingBudget(JsonLimits.standard().maxDecodedBytes())
            : DecodingBudget.unlimited();
    return part(value.json(), path, 0, budget, false);
  }

  /** Creates an input of a part of the document. */
  private static JsonInput part(
      String json, String path, int outer, DecodingBudget budget, boolean strict) {
    return new JsonInput(new JsonTokenizer(json, path, outer, budget), budget, strict);
  }

  private JsonInput(JsonTokenizer tokens, DecodingBudget budget, boolean strict) {
    this.tokens = tokens;
    this.budget = budget;
    this.strict = strict;
  }

  /** Reads a string, or an unexpected value. */
  public Object string() throws IOException {
    return peek() == Token.STRING ? nextString() : other("string");
  }

  /** Reads an integer in the range of {@code long}, or an unexpected value. */
  public Object integer() throws IOException {
    if (peek() != Token.NUMBER) {
      return other("integer");
    }
    String digits = tokens.nextNumber();
    try {
      if (digits.length() <= LONG_DIGITS && !digits.equals("-0")) { // a long has no negative zero
        Long number = Long.valueOf(digits);
        charge(DecodingBudget.SMALL_OBJECT);
        return number;
      }
    } catch (NumberFormatException e) {
      // a fraction, an exponent or too many digits: stays raw
    }
    return unexpected(number(digits), "integer");
  }

  /** Reads a number, whose digits are kept, or an unexpected value. */
  public Object decimal() throws IOException {
    if (peek() != Token.NUMBER) {
      return other("number");
    }
    String digits = tokens.nextNumber();
    JsonValue number = number(digits);
    return isDecimal(digits) ? number : unexpected(number, "number");
  }

  private JsonValue number(String digits) {
    charge(DecodingBudget.SMALL_OBJECT + DecodingBudget.STRING + digits.length());
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

  /** Reads a boolean, or an unexpected value. */
  public Object bool() throws IOException {
    return peek() == Token.BOOLEAN ? (Object) tokens.nextBoolean() : other("boolean");
  }

  /** Reads a date, which is checked and kept as a string, or an unexpected value. */
  public Object date() throws IOException {
    if (peek() != Token.STRING) {
      return other("date");
    }
    String string = nextString();
    return IsoDates.isDate(string) ? string : unexpected(quoted(string), "date");
  }

  /** Reads a timestamp, which is checked and kept as a string, or an unexpected value. */
  public Object dateTime() throws IOException {
    if (peek() != Token.STRING) {
      return other("date-time");
    }
    String string = nextString();
    return IsoDates.isDateTime(string) ? string : unexpected(quoted(string), "date-time");
  }

  private JsonValue quoted(String string) {
    JsonValue value = JsonValue.of(string);
    charge(DecodingBudget.SMALL_OBJECT + DecodingBudget.STRING + 2L * value.json().length());
    return value;
  }

  /** Reads any value as raw JSON. */
  public Object any() throws IOException {
    if (peek() == Token.NULL) {
      tokens.nextNull();
      return ExplicitNull.NULL;
    }
    return raw();
  }

  /** Reads a value of a type, or an unexpected value. */
  public Object value(JsonType<?> type) throws IOException {
    return type.read(this);
  }

  /** Reads a list, which may contain unexpected items, or an unexpected value. */
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

  /**
   * Reads an object with arbitrary keys, which may contain unexpected values, or an unexpected
   * value.
   */
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

  boolean isString() throws IOException {
    return peek() == Token.STRING;
  }

  /** Begins the object of a model with this number of slots. */
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

  /** Hides the names of the current object in paths. */
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

  /** Consumes the name of the next property of a model, see {@link JsonTokenizer#nextProperty}. */
  int nextProperty(ModelType<?> model, int previous) throws IOException {
    if (replay == Replay.NAME && tagName != null) {
      replay = Replay.VALUE;
      respelled = false;
      return model.position(tagName, previous);
    }
    int position = tokens.nextProperty(model, previous, casing);
    if (anyCasing) {
      if (position == 0) {
        position = respelledProperty(model, previous);
      }
      respelled = position > 0 && !tokens.name().equals(model.property(position));
      if (!respelled && position > 0 && !isAsDescribed(model, position)) {
        casing = Casing.KEBAB;
      }
    }
    return position;
  }

  /** Returns whether the name of a property is the same in the casing that came last. */
  private boolean isAsDescribed(ModelType<?> model, int position) {
    return casing == Casing.KEBAB
        || model.property(position, casing).equals(model.property(position));
  }

  private int respelledProperty(ModelType<?> model, int previous) {
    String name = tokens.name();
    for (Casing other : OTHER_CASINGS) {
      int position = model.position(name, previous, other);
      if (position > 0) {
        casing = other;
        return position;
      }
    }
    return 0;
  }

  /** Returns the name of the last property if it has another casing than described, or null. */
  @Nullable String respelledName() {
    return respelled ? tokens.name() : null;
  }

  /** Accepts described names in any casing from now on. */
  void expectAnyCasing() {
    anyCasing = true;
  }

  /**
   * Accepts described names as they are described only, since users choose the names of an object.
   *
   * @return whether any casing was accepted before
   */
  boolean expectDescribedNames() {
    boolean before = anyCasing;
    anyCasing = false;
    casing = Casing.KEBAB;
    respelled = false;
    return before;
  }

  /** Returns the name of the last property. */
  String name() {
    return tokens.name();
  }

  void endObject() throws IOException {
    tokens.endObject();
  }

  /**
   * Begins an object of a union and reads its tag. If the tag is the first property, nothing is
   * buffered; otherwise the object is read ahead once.
   *
   * @return the input from which to read the whole object
   */
  JsonInput withTag(String name) throws IOException {
    int outer = tokens.levels();
    tokens.beginObject();
    tokens.showNames();
    if (!tokens.hasNext()) {
      tokens.endObject();
      return part("{}", path(), outer, budget, strict);
    }
    String first = tokens.nextName();
    if (first.equals(name) && tokens.peek() == Token.STRING) {
      tagName = name;
      tag = consumeString();
      replay = Replay.OPENING;
      return this;
    }
    String path = tokens.openPath();
    JsonOutput copy = new JsonOutput();
    String found = rawReader().copyRest(first, copy, name);
    JsonInput again = part(copy.toString(), path, outer, budget, strict);
    again.anyCasing = anyCasing;
    again.casing = casing;
    again.tag = found;
    return again;
  }

  /** Returns the tag of the object that {@link #withTag} began; null if it has none. */
  @Nullable String tag() {
    return tag;
  }

  /** Returns an input that reads a raw value again, as another type. */
  JsonInput again(JsonValue json, String path) {
    JsonInput again = part(json.json(), path, tokens.levels(), budget, strict);
    again.anyCasing = anyCasing;
    return again;
  }

  /** Returns whether a raw value is of a type, in strict mode including all nested values. */
  boolean isOfType(JsonValue json, JsonType<?> type) throws IOException {
    try {
      JsonInput again = part(json.json(), "$", tokens.levels(), budget.trial(), strict);
      again.anyCasing = anyCasing;
      return !(type.read(again) instanceof UnexpectedValue);
    } catch (MalformedJsonException e) {
      if (e.reason() == Reason.TOO_LARGE) {
        throw e;
      }
      return false;
    }
  }

  /** Consumes any value and returns it unchanged. */
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
      copy = new JsonOutput();
      scratch = copy;
    }
    if (replay == Replay.OPENING && tagName != null && tag != null) {
      replay = Replay.NOTHING;
      rawReader().copyRest(tagName, tag, copy);
    } else if (replay == Replay.VALUE) {
      String string = nextString();
      charge(DecodingBudget.RAW_VALUE + 2L * string.length());
      copy.string(string);
    } else {
      rawReader().value(copy);
    }
    int size = copy.size();
    String json = copy.take();
    if (json.length() < size) { // not ASCII: takes up to two bytes per character
      charge((long) DecodingBudget.RAW_BYTE * json.length());
    }
    return JsonValue.raw(json);
  }

  private RawJsonReader rawReader() {
    RawJsonReader reader = rawReader;
    if (reader == null) {
      reader = new RawJsonReader(tokens);
      rawReader = reader;
    }
    return reader;
  }

  /** Consumes a list and returns its raw items. */
  List<JsonValue> rawItems() throws IOException {
    List<JsonValue> items = new ArrayList<>();
    tokens.beginArray();
    while (tokens.hasNext()) {
      items.add(raw());
    }
    tokens.endArray();
    return items;
  }

  /** Consumes an object and returns its raw values by name. */
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
   * Returns the slot for a value that is not of the described type and was consumed.
   *
   * @throws MalformedJsonException in strict mode
   */
  Object unexpected(JsonValue raw, String described) {
    if (strict) {
      throw new MalformedJsonException(
          Reason.UNEXPECTED_TYPE,
          previousPath(),
          " (" + described + " expected, found " + raw.kind().description() + ")");
    }
    String path = previousPath();
    charge(DecodingBudget.SMALL_OBJECT + DecodingBudget.STRING + 2L * path.length());
    return new UnexpectedValue(raw, path, described);
  }

  /** Consumes a value of another kind and returns its slot: an explicit null, or the raw value. */
  Object other(String described) throws IOException {
    if (peek() == Token.NULL) {
      tokens.nextNull();
      return ExplicitNull.NULL;
    }
    return unexpected(raw(), described);
  }

  /** Charges memory to the budget. */
  void charge(long bytes) {
    tokens.charge(bytes);
  }

  /** Charges the memory of an entry of a map. */
  void chargeEntry(String name) {
    charge(DecodingBudget.ENTRY + DecodingBudget.STRING + 2L * name.length());
  }

  private void checkModelDepth() {
    if (tokens.levels() > MAX_MODEL_DEPTH) {
      throw tokens.tooDeep(MAX_MODEL_DEPTH);
    }
  }

  MalformedJsonException duplicateKey() {
    return new MalformedJsonException(Reason.DUPLICATE_KEY, path(), "");
  }

  /** Checks that this is the end of the document. */
  void expectEnd() throws IOException {
    if (tokens.peek() != Token.END) {
      throw new MalformedJsonException(Reason.SYNTAX, path(), "");
    }
  }

  String path() {
    return tokens.path();
  }

  /** Returns the path of the last value. */
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
      case VALUE -> Token.STRING;
    };
  }

  private String nextString() throws IOException {
    if (replay == Replay.VALUE && tag != null) {
      replay = Replay.NOTHING;
      return tag;
    }
    return consumeString();
  }

  private String consumeString() throws IOException {
    String string = tokens.nextString();
    charge(DecodingBudget.STRING + tokens.stringSize());
    return string;
  }
}
