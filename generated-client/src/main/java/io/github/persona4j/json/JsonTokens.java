package io.github.persona4j.json;

import io.github.persona4j.json.MalformedJsonException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Takes a JSON text apart, by the letter of RFC 8259, from its bytes in UTF-8.
 *
 * <p>A parser of our own for two reasons. Half of an answer are names of properties, and Gson's
 * makes a new text of each: here a name that has occurred is found again. And nearly all of an
 * answer is ASCII, of which a text is made without a decoder between.
 *
 * <p>Not thread-safe.
 */
final class JsonTokens {
  /** What comes next. */
  enum Token {
    BEGIN_OBJECT,
    END_OBJECT,
    BEGIN_ARRAY,
    END_ARRAY,
    NAME,
    TEXT,
    NUMBER,
    BOOLEAN,
    NULL,
    END
  }

  // Where the innermost array, object or document stands; bytes, since they change at every token.
  private static final byte EMPTY_DOCUMENT = 0;
  private static final byte FULL_DOCUMENT = 1;
  private static final byte EMPTY_ARRAY = 2;
  private static final byte FULL_ARRAY = 3;
  private static final byte EMPTY_OBJECT = 4;
  private static final byte NAMED_OBJECT = 5;
  private static final byte FULL_OBJECT = 6;

  // ASCII that stands in a text as it is.
  private static final boolean[] PLAIN = new boolean[256];

  static {
    for (int c = ' '; c < 128; c++) {
      PLAIN[c] = c != '"' && c != '\\';
    }
  }

  private static final int FIRST_BUFFER = 2048; // enough for one small resource
  private static final int BUFFER = 8192;
  private static final int MAX_BUFFER = Integer.MAX_VALUE - 8;
  private static final int FIRST_DEPTH = 16;
  private static final int KNOWN_NAMES = 64;
  private static final String HIDDEN = "*";
  private static final char REPLACEMENT = '\uFFFD'; // what malformed bytes are decoded to

  private final @Nullable InputStream source;
  private final long maxBytes;
  private final String root;
  private final int outer; // how many arrays and objects are open around the text
  private final int maxDepth;
  private final DecodingBudget budget;

  // A token never spans two buffers: when one is full, what is left of it is moved to the front.
  private byte[] buffer;
  private int position;
  private int limit;
  private long received;

  private @Nullable Token next;
  private boolean flag;
  private int textSize;

  // By depth: objects whose names are not shown in paths, since a user may have chosen them.
  private @Nullable BitSet hidden;
  private int shown; // the depth of the only object whose names are shown all the same, or 0

  private byte[] scopes = new byte[FIRST_DEPTH];
  private @Nullable String[] names = new @Nullable String[FIRST_DEPTH];
  private int[] indices = new int[FIRST_DEPTH];
  private int depth = 1;

  private @Nullable PlainJson plain;

  // Names that no model knows, by their hashes, to find them again.
  private @Nullable String @Nullable [] known;

  /** Reads a stream, which stays open. */
  JsonTokens(InputStream source, long maxBytes, DecodingBudget budget) {
    this(source, maxBytes, new byte[FIRST_BUFFER], 0, "$", 0, JsonInput.MAX_DEPTH, budget);
  }

  /**
   * Reads a whole text.
   *
   * @param root the path of the text in a larger one, {@code $} for a whole one
   * @param outer how many arrays and objects are open around it
   * @throws MalformedJsonException if it holds half of a surrogate pair, for which UTF-8 has no
   *     bytes
   */
  JsonTokens(String text, String root, int outer, DecodingBudget budget) {
    this(text, root, outer, JsonInput.MAX_DEPTH, budget);
  }

  private JsonTokens(String text, String root, int outer, int maxDepth, DecodingBudget budget) {
    this(null, Long.MAX_VALUE, bytes(text, root), -1, root, outer, maxDepth, budget);
  }

  private JsonTokens(
      @Nullable InputStream source,
      long maxBytes,
      byte[] buffer,
      int limit,
      String root,
      int outer,
      int maxDepth,
      DecodingBudget budget) {
    this.source = source;
    this.maxBytes = maxBytes;
    this.buffer = buffer;
    this.limit = limit < 0 ? buffer.length : limit;
    this.root = root;
    this.outer = outer;
    this.maxDepth = maxDepth;
    this.budget = budget;
    scopes[0] = EMPTY_DOCUMENT;
  }

  /** Reads the text of a {@link JsonValue}, which was checked and charged for when it was made. */
  static JsonTokens ofValue(String json) {
    return new JsonTokens(json, "$", 0, Integer.MAX_VALUE, DecodingBudget.unlimited());
  }

  private static byte[] bytes(String text, String root) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        int point = text.codePointAt(i);
        if (!Character.isSupplementaryCodePoint(point)) {
          throw new MalformedJsonException(Reason.INVALID_UTF8, root, "");
        }
        i++;
      }
    }
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * What comes next, without taking it.
   *
   * @throws MalformedJsonException if it is not JSON
   */
  Token peek() throws IOException {
    Token token = next;
    if (token == null) {
      token = scopes[depth - 1] == FULL_OBJECT ? afterMember() : find();
      next = token;
    }
    return token;
  }

  /** The most frequent case without spaces, for speed. */
  private Token afterMember() throws IOException {
    if (limit - position > 1) {
      byte c = buffer[position];
      if (c == ',' && buffer[position + 1] == '"') {
        position += 2;
        scopes[depth - 1] = NAMED_OBJECT;
        return Token.NAME;
      }
      if (c == '}') {
        position++;
        return Token.END_OBJECT;
      }
    }
    return find();
  }

  private Token find() throws IOException {
    int top = depth - 1;
    switch (scopes[top]) {
      case EMPTY_OBJECT -> {
        int c = symbol();
        if (c == '}') {
          return Token.END_OBJECT;
        }
        scopes[top] = NAMED_OBJECT;
        return name(c);
      }
      case NAMED_OBJECT -> {
        expect(symbol() == ':');
        scopes[top] = FULL_OBJECT;
        return value(symbol());
      }
      case FULL_OBJECT -> {
        int c = symbol();
        if (c == '}') {
          return Token.END_OBJECT;
        }
        expect(c == ',');
        scopes[top] = NAMED_OBJECT;
        return name(symbol());
      }
      case EMPTY_ARRAY -> {
        int c = symbol();
        if (c == ']') {
          return Token.END_ARRAY;
        }
        scopes[top] = FULL_ARRAY;
        return value(c);
      }
      case FULL_ARRAY -> {
        int c = symbol();
        if (c == ']') {
          return Token.END_ARRAY;
        }
        expect(c == ',');
        return value(symbol());
      }
      case EMPTY_DOCUMENT -> {
        refuseByteOrderMark();
        int c = symbol();
        scopes[top] = FULL_DOCUMENT;
        return value(c);
      }
      default -> {
        skipSpace();
        expect(position == limit);
        return Token.END;
      }
    }
  }

  /** Of UTF-8, or of UTF-16, which is not JSON either. */
  private void refuseByteOrderMark() throws IOException {
    while (limit - position < 3 && more(0)) {
      // a stream may hand over single bytes
    }
    int first = limit - position < 2 ? 0 : buffer[position] & 0xff;
    int second = first == 0 ? 0 : buffer[position + 1] & 0xff;
    boolean third = limit - position > 2 && (buffer[position + 2] & 0xff) == 0xbf;
    if ((first == 0xef && second == 0xbb && third)
        || (first == 0xfe && second == 0xff)
        || (first == 0xff && second == 0xfe)) {
      throw malformed(Reason.BYTE_ORDER_MARK);
    }
  }

  private Token name(int c) {
    expect(c == '"');
    return Token.NAME;
  }

  private Token value(int c) throws IOException {
    if (c == '"') {
      return Token.TEXT;
    }
    switch (c) {
      case '{' -> {
        return Token.BEGIN_OBJECT;
      }
      case '[' -> {
        return Token.BEGIN_ARRAY;
      }
      case 't' -> {
        word("rue");
        flag = true;
        return Token.BOOLEAN;
      }
      case 'f' -> {
        word("alse");
        flag = false;
        return Token.BOOLEAN;
      }
      case 'n' -> {
        word("ull");
        return Token.NULL;
      }
      default -> {
        expect(c == '-' || isDigit(c));
        position--; // the number begins with it
        return Token.NUMBER;
      }
    }
  }

  private void word(String rest) throws IOException {
    for (int i = 0; i < rest.length(); i++) {
      if (position == limit) {
        require(0);
      }
      expect(buffer[position++] == rest.charAt(i));
    }
  }

  /** Whether the open array or object has another member. */
  boolean hasNext() throws IOException {
    Token token = peek();
    return token != Token.END_OBJECT && token != Token.END_ARRAY;
  }

  void beginObject() throws IOException {
    take(Token.BEGIN_OBJECT);
    open(EMPTY_OBJECT);
  }

  void endObject() throws IOException {
    take(Token.END_OBJECT);
    close();
  }

  void beginArray() throws IOException {
    take(Token.BEGIN_ARRAY);
    open(EMPTY_ARRAY);
  }

  void endArray() throws IOException {
    take(Token.END_ARRAY);
    close();
  }

  /** Takes a name that the description does not have; paths do not show it. */
  String nextName() throws IOException {
    take(Token.NAME);
    hideUnlessShown();
    return findName(null);
  }

  /** As {@link #nextName}, and writes it. */
  String copyName(JsonOutput to) throws IOException {
    take(Token.NAME);
    hideUnlessShown();
    return findName(to);
  }

  /**
   * Takes a name, and gives the position of the property of a model that it names; 0 where the
   * model has none.
   *
   * @param previous the position of the property before, 0 for none
   */
  int nextProperty(ModelType<?> model, int previous) throws IOException {
    take(Token.NAME);
    int guess = model.follower(previous);
    if (guess > 0) { // no property is expected behind the last one
      byte[] expected = model.quoted(guess);
      int end = position + expected.length - 1; // the first quote is taken
      if (end < limit && Arrays.equals(buffer, position, end, expected, 1, expected.length)) {
        position = end;
        names[depth - 1] = model.property(guess);
        scopes[depth - 1] = FULL_OBJECT;
        next = value(symbol());
        return guess;
      }
    }
    return model.position(findName(null), previous);
  }

  /** The name that was taken last in the open object. */
  String name() {
    String name = names[depth - 1];
    return name == null ? "" : name;
  }

  String nextText() throws IOException {
    take(Token.TEXT);
    String text = text();
    indices[depth - 1]++;
    return text;
  }

  /** How many bytes of memory the characters of the text take that was taken last, at most. */
  int textSize() {
    return textSize;
  }

  /** Takes a text and writes it, without making an object of it where it can stay as it is. */
  void copyText(JsonOutput to) throws IOException {
    take(Token.TEXT);
    int i = position;
    while (i < limit && isPlain(buffer[i])) {
      i++;
    }
    if (i < limit && buffer[i] == '"') {
      chargeToken(i - position);
      to.plainText(buffer, position, i - position);
      position = i + 1;
    } else {
      to.text(text());
    }
    indices[depth - 1]++;
  }

  /** Takes an array or object whose text can stay as it stands, null if there is none; charged. */
  @Nullable String nextPlain() throws IOException {
    Token token = peek();
    if (token != Token.BEGIN_OBJECT && token != Token.BEGIN_ARRAY) {
      return null;
    }
    PlainJson plain = this.plain;
    if (plain == null) {
      plain = new PlainJson();
      this.plain = plain;
    }
    int end = plain.end(buffer, position - 1, limit, maxDepth - outer - depth + 1);
    if (end < 0) {
      return null;
    }
    next = null;
    position--; // the bracket was taken
    int length = end - position;
    chargeToken(plain.longestToken());
    chargeRaw(length);
    charge(
        (long) plain.values() * DecodingBudget.RAW_VALUE
            + (long) plain.names() * DecodingBudget.RAW_NAME
            + (long) length * DecodingBudget.RAW_BYTE);
    String json = ascii(end);
    position = end;
    indices[depth - 1]++;
    return json;
  }

  /** The digits of a number as they stand. */
  String nextNumber() throws IOException {
    take(Token.NUMBER);
    int length = 0;
    boolean whole = buffer[position] != '0'; // nothing but digits
    boolean ended = false;
    while (!ended) {
      if (position + length == limit && !more(length)) {
        ended = true;
      } else {
        byte b = buffer[position + length];
        if (!isDigit(b)) {
          if (!isOfNumber(b)) {
            break;
          }
          whole = false;
        }
        length++;
      }
    }
    chargeToken(length);
    String number = ascii(position + length);
    if (!whole && !isNumber(number)) {
      throw malformed(ended ? Reason.TRUNCATED : Reason.SYNTAX);
    }
    position += length;
    indices[depth - 1]++;
    return number;
  }

  boolean nextBoolean() throws IOException {
    take(Token.BOOLEAN);
    indices[depth - 1]++;
    return flag;
  }

  void nextNull() throws IOException {
    take(Token.NULL);
    indices[depth - 1]++;
  }

  private void take(Token token) throws IOException {
    if (peek() != token) {
      throw new IllegalStateException("Not " + token + " at " + path());
    }
    next = null;
  }

  private void open(byte scope) {
    if (outer + depth > maxDepth) {
      throw tooDeep(maxDepth);
    }
    if (depth == scopes.length) {
      scopes = Arrays.copyOf(scopes, depth * 2);
      names = Arrays.copyOf(names, depth * 2);
      indices = Arrays.copyOf(indices, depth * 2);
    }
    scopes[depth] = scope;
    indices[depth] = 0;
    depth++;
  }

  /** How many arrays and objects are open, those around the text included. */
  int levels() {
    return outer + depth - 1;
  }

  /** Whether the innermost of what is open is an object. */
  boolean isInObject() {
    return scopes[depth - 1] >= EMPTY_OBJECT;
  }

  MalformedJsonException tooDeep(int levels) {
    return tooDeep(levels, path());
  }

  static MalformedJsonException tooDeep(int levels, String path) {
    return new MalformedJsonException(Reason.TOO_DEEP, path, " (more than " + levels + " levels)");
  }

  static MalformedJsonException tooLong(long maxBytes, String path) {
    return new MalformedJsonException(
        Reason.TOO_LONG, path, " (maxResponseBytes is " + maxBytes + ")");
  }

  /**
   * Takes memory from the budget.
   *
   * @throws MalformedJsonException if there is not as much
   */
  void charge(long bytes) {
    if (!budget.take(bytes)) {
      throw tooLarge();
    }
  }

  /** Takes the buffer for a raw value that is this long so far. */
  void chargeRaw(int length) {
    if (!budget.takeRaw(length)) {
      throw tooLarge();
    }
  }

  private void chargeToken(int length) {
    if (!budget.takeToken(length)) {
      throw tooLarge();
    }
  }

  private MalformedJsonException tooLarge() {
    return new MalformedJsonException(
        Reason.TOO_LARGE, path(), " (maxDecodedBytes is " + budget.max() + ")");
  }

  /** Shows no name of the object that was opened last in paths. */
  void hideNames() {
    if (hidden == null) {
      hidden = new BitSet();
    }
    hidden.set(depth - 1);
  }

  /** Shows the names of the object that was opened last in paths, however they are taken. */
  void showNames() {
    shown = depth - 1;
  }

  private void hideUnlessShown() {
    if (shown != depth - 1) {
      hideNames();
    }
  }

  private void close() {
    depth--;
    names[depth] = null;
    if (hidden != null) {
      hidden.clear(depth);
    }
    if (shown == depth) {
      shown = 0;
    }
    indices[depth - 1]++;
  }

  /** Takes a text up to its closing quote; the opening one is taken. */
  private String text() throws IOException {
    int i = position;
    while (true) {
      byte[] bytes = buffer;
      int end = limit;
      while (i < end && isPlain(bytes[i])) {
        i++;
      }
      if (i < end) {
        if (bytes[i] != '"') {
          return otherText(i - position);
        }
        textSize = i - position;
        chargeToken(textSize);
        String text = ascii(i);
        position = i + 1;
        return text;
      }
      i -= position;
      require(i);
      i += position;
    }
  }

  /** As {@link #text}, and gives the same object for a name that occurred before, if it can. */
  private String findName(@Nullable JsonOutput to) throws IOException {
    int hash = 0;
    int i = position;
    while (true) {
      byte[] bytes = buffer;
      int end = limit;
      while (i < end && isPlain(bytes[i])) {
        hash = 31 * hash + bytes[i]; // as String does it
        i++;
      }
      if (i < end) {
        break;
      }
      i -= position;
      require(i);
      i += position;
    }
    String name;
    if (buffer[i] == '"') {
      chargeToken(i - position);
      name = known(hash, i);
      if (to != null) {
        to.plainName(buffer, position, i - position);
      }
      position = i + 1;
    } else {
      name = otherText(i - position);
      if (to != null) {
        to.name(name);
      }
    }
    names[depth - 1] = name;
    if (position < limit && buffer[position] == ':') { // most often; else peek finds it
      position++;
      scopes[depth - 1] = FULL_OBJECT;
      next = value(symbol());
    }
    return name;
  }

  static boolean isPlain(byte b) {
    return PLAIN[b & 0xff];
  }

  /** The name from the position to an end. */
  private String known(int hash, int end) {
    if (known == null) {
      known = new @Nullable String[KNOWN_NAMES];
    }
    int place = (hash ^ (hash >>> 6) ^ (hash >>> 12)) & (KNOWN_NAMES - 1);
    String candidate = known[place];
    if (candidate != null && isFromHere(candidate, end)) {
      return candidate;
    }
    String name = ascii(end);
    known[place] = name;
    return name;
  }

  private boolean isFromHere(String text, int end) {
    int length = end - position;
    if (text.length() != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (text.charAt(i) != buffer[position + i]) {
        return false;
      }
    }
    return true;
  }

  /** The ASCII text from the position to an end. */
  private String ascii(int end) {
    return new String(buffer, position, end - position, StandardCharsets.ISO_8859_1);
  }

  /** Takes a text of which so many bytes are plain, and the next is not. */
  private String otherText(int plain) throws IOException {
    StringBuilder text = null;
    int taken = 0; // bytes of the token before the position
    int i = position + plain;
    while (true) {
      while (i < limit && buffer[i] != '"' && buffer[i] != '\\') {
        expect(buffer[i] < 0 || buffer[i] >= ' ');
        i++;
      }
      if (i == limit) {
        i -= position;
        require(taken + i);
        i += position;
        continue;
      }
      taken += i - position;
      boolean last = buffer[i] == '"';
      if (last) {
        chargeToken(taken);
      }
      String part = utf8(i);
      position = i + 1;
      if (last) {
        String all = text == null ? part : text.append(part).toString();
        textSize = 2 * all.length();
        return all;
      }
      if (text == null) {
        text = new StringBuilder(part.length() + 32);
      }
      text.append(part).append(escape());
      taken += 2; // at least
      i = position;
    }
  }

  /** The text from the position to an end. */
  private String utf8(int end) {
    int length = end - position;
    String text = new String(buffer, position, length, StandardCharsets.UTF_8);
    if (text.indexOf(REPLACEMENT) >= 0) { // which may also stand there rightly
      try {
        StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(buffer, position, length));
      } catch (CharacterCodingException e) {
        throw malformed(Reason.INVALID_UTF8);
      }
    }
    return text;
  }

  private char escape() throws IOException {
    byte c = taken();
    switch (c) {
      case '"', '\\', '/' -> {
        return (char) c;
      }
      case 'b' -> {
        return '\b';
      }
      case 'f' -> {
        return '\f';
      }
      case 'n' -> {
        return '\n';
      }
      case 'r' -> {
        return '\r';
      }
      case 't' -> {
        return '\t';
      }
      default -> {
        expect(c == 'u');
        int code = 0;
        for (int i = 0; i < 4; i++) {
          int value = Character.digit(taken(), 16);
          expect(value >= 0);
          code = code * 16 + value;
        }
        return (char) code;
      }
    }
  }

  private byte taken() throws IOException {
    if (position == limit) {
      require(0);
    }
    return buffer[position++];
  }

  /** Takes the next character that is no space. */
  private int symbol() throws IOException {
    if (position < limit && buffer[position] > ' ') {
      return buffer[position++];
    }
    skipSpace();
    if (position == limit) {
      throw malformed(Reason.TRUNCATED);
    }
    return buffer[position++];
  }

  /** Goes to the next character that is no space, or to the end. */
  private void skipSpace() throws IOException {
    while (position < limit || more(0)) {
      byte c = buffer[position];
      if (c != ' ' && c != '\n' && c != '\r' && c != '\t') {
        return;
      }
      position++;
    }
  }

  private void require(int token) throws IOException {
    if (!more(token)) {
      throw malformed(Reason.TRUNCATED);
    }
  }

  /**
   * Reads more behind what is left from the position on; false at the end of the text.
   *
   * @param token how long the present token is so far
   */
  private boolean more(int token) throws IOException {
    if (source == null) {
      return false;
    }
    if (budget.isLong(token) && !budget.allowsToken(token)) {
      throw tooLarge();
    }
    if (limit == buffer.length) {
      makeSpace();
    } else if (position == limit) {
      position = 0;
      limit = 0;
    }
    int count = source.read(buffer, limit, buffer.length - limit);
    if (count <= 0) {
      return false;
    }
    limit += count;
    received += count;
    if (received > maxBytes) {
      throw tooLong(maxBytes, path());
    }
    return true;
  }

  /**
   * Moves what is left to the front, of a larger buffer if it fills more than half of this one: so
   * each byte is moved a few times at most, however long the token is.
   */
  private void makeSpace() {
    int left = limit - position;
    byte[] to = buffer;
    if (left > to.length / 2 || to.length < BUFFER) {
      to = new byte[(int) Math.max(BUFFER, Math.min(2L * left, MAX_BUFFER))];
    }
    System.arraycopy(buffer, position, to, 0, left);
    buffer = to;
    position = 0;
    limit = left;
  }

  private void expect(boolean right) {
    if (!right) {
      throw malformed(Reason.SYNTAX);
    }
  }

  private MalformedJsonException malformed(Reason reason) {
    return new MalformedJsonException(reason, path(), "");
  }

  /** How many bytes are here and not taken. */
  int buffered() {
    return limit - position;
  }

  /** The path of the value that comes next, or of the open object before its first name. */
  String path() {
    return path(depth, false);
  }

  /** The path of the value that was taken last. */
  String previousPath() {
    return path(depth, true);
  }

  /** The path of the array or object that was opened last. */
  String openPath() {
    return path(depth - 1, false);
  }

  private String path(int end, boolean previous) {
    StringBuilder path = new StringBuilder(root);
    for (int i = 1; i < end; i++) {
      switch (scopes[i]) {
        case EMPTY_ARRAY, FULL_ARRAY -> {
          boolean back = previous && i == depth - 1 && indices[i] > 0;
          path.append('[').append(back ? indices[i] - 1 : indices[i]).append(']');
        }
        default -> {
          String name = names[i];
          if (name != null) {
            path.append('.').append(isHidden(i) ? HIDDEN : SafeText.of(name));
          }
        }
      }
    }
    return path.toString();
  }

  private boolean isHidden(int level) {
    return hidden != null && hidden.get(level);
  }

  private static boolean isNumber(String text) {
    int i = text.charAt(0) == '-' ? 1 : 0;
    int whole = digitsFrom(text, i);
    if (whole == i || (whole > i + 1 && text.charAt(i) == '0')) {
      return false;
    }
    i = whole;
    if (i < text.length() && text.charAt(i) == '.') {
      int fraction = digitsFrom(text, i + 1);
      if (fraction == i + 1) {
        return false;
      }
      i = fraction;
    }
    if (i < text.length() && (text.charAt(i) == 'e' || text.charAt(i) == 'E')) {
      i++;
      if (i < text.length() && (text.charAt(i) == '+' || text.charAt(i) == '-')) {
        i++;
      }
      int exponent = digitsFrom(text, i);
      if (exponent == i) {
        return false;
      }
      i = exponent;
    }
    return i == text.length();
  }

  private static int digitsFrom(String text, int start) {
    int i = start;
    while (i < text.length() && isDigit(text.charAt(i))) {
      i++;
    }
    return i;
  }

  private static boolean isOfNumber(byte c) { // beside digits
    return c == '.' || c == '-' || c == '+' || c == 'e' || c == 'E';
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }
}
