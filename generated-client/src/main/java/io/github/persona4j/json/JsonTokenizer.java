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
 * A pull parser of JSON in UTF-8 that accepts exactly RFC 8259.
 *
 * <p>There are two reasons not to use Gson's. Half of a response are names of properties, for each
 * of which Gson creates a new string; this class caches names and types. Nearly all of a response
 * is ASCII, for which this class needs no decoder.
 *
 * <p>Not thread-safe.
 */
final class JsonTokenizer {
  /** The type of the next token. */
  enum Token {
    BEGIN_OBJECT,
    END_OBJECT,
    BEGIN_ARRAY,
    END_ARRAY,
    NAME,
    STRING,
    NUMBER,
    BOOLEAN,
    NULL,
    END
  }

  // The state of each open array, object or document; bytes, since they change at every token.
  private static final byte EMPTY_DOCUMENT = 0;
  private static final byte NONEMPTY_DOCUMENT = 1;
  private static final byte EMPTY_ARRAY = 2;
  private static final byte NONEMPTY_ARRAY = 3;
  private static final byte EMPTY_OBJECT = 4;
  private static final byte DANGLING_NAME = 5;
  private static final byte NONEMPTY_OBJECT = 6;

  // ASCII that needs no escape in a string.
  private static final boolean[] PLAIN = new boolean[256];

  static {
    for (int c = ' '; c < 128; c++) {
      PLAIN[c] = c != '"' && c != '\\';
    }
  }

  private static final int INITIAL_BUFFER = 2048; // fits one small resource
  private static final int BUFFER = 8192;
  private static final int MAX_BUFFER = Integer.MAX_VALUE - 8;
  private static final int INITIAL_DEPTH = 16;
  private static final int CACHED = 64;
  private static final char REPLACEMENT = '\uFFFD'; // the decoder's result for malformed bytes

  private final @Nullable InputStream source;
  private final long maxBytes;
  private final String root;
  private final int outer; // the number of open arrays and objects around the document
  private final int maxDepth;
  private final DecodingBudget budget;

  // A token never spans two buffers: the rest of a full buffer is moved to the front of the next.
  private byte[] buffer;
  private int position;
  private int limit;
  private long received;

  private @Nullable Token next;
  private boolean booleanValue;
  private int stringSize;

  // The depths of objects whose names are hidden in paths, since a user may have chosen them.
  private @Nullable BitSet hidden;
  private int shown; // the depth of the only object whose names are never hidden, or 0

  private byte[] scopes = new byte[INITIAL_DEPTH];
  private @Nullable String[] names = new @Nullable String[INITIAL_DEPTH];
  private int[] indices = new int[INITIAL_DEPTH];
  private int depth = 1;

  private @Nullable PlainJsonScanner plainJson;

  // A cache of types, and of names that are not properties of a model, by hash code.
  private @Nullable String @Nullable [] cache;

  /** Creates a tokenizer of a stream, which is not closed. */
  JsonTokenizer(InputStream source, long maxBytes, DecodingBudget budget) {
    this(source, maxBytes, new byte[INITIAL_BUFFER], 0, "$", 0, JsonInput.MAX_DEPTH, budget);
  }

  /** Creates a tokenizer of a document in memory, which it does not change. */
  JsonTokenizer(byte[] document, DecodingBudget budget) {
    this(null, Long.MAX_VALUE, document, -1, "$", 0, JsonInput.MAX_DEPTH, budget);
  }

  /**
   * Creates a tokenizer of a string.
   *
   * @param root the path of the string in the document, {@code $} for a whole document
   * @param outer the number of open arrays and objects around it
   * @throws MalformedJsonException if it contains an unpaired surrogate, which UTF-8 cannot encode
   */
  JsonTokenizer(String string, String root, int outer, DecodingBudget budget) {
    this(string, root, outer, JsonInput.MAX_DEPTH, budget);
  }

  private JsonTokenizer(
      String string, String root, int outer, int maxDepth, DecodingBudget budget) {
    this(null, Long.MAX_VALUE, bytes(string, root), -1, root, outer, maxDepth, budget);
  }

  private JsonTokenizer(
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

  /**
   * Creates a tokenizer of a {@link JsonValue}, which was checked and charged when it was created.
   */
  static JsonTokenizer ofValue(String json) {
    return new JsonTokenizer(json, "$", 0, Integer.MAX_VALUE, DecodingBudget.unlimited());
  }

  private static byte[] bytes(String string, String root) {
    for (int i = 0; i < string.length(); i++) {
      if (Character.isSurrogate(string.charAt(i))) {
        int point = string.codePointAt(i);
        if (!Character.isSupplementaryCodePoint(point)) {
          throw new MalformedJsonException(Reason.INVALID_UTF8, root, "");
        }
        i++;
      }
    }
    return string.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Returns the next token without consuming it.
   *
   * @throws MalformedJsonException if it is not JSON
   */
  Token peek() throws IOException {
    Token token = next;
    if (token == null) {
      token = scopes[depth - 1] == NONEMPTY_OBJECT ? peekAfterMember() : scan();
      next = token;
    }
    return token;
  }

  /** A fast path for the most frequent case, without white space. */
  private Token peekAfterMember() throws IOException {
    if (limit - position > 1) {
      byte c = buffer[position];
      if (c == ',' && buffer[position + 1] == '"') {
        position += 2;
        scopes[depth - 1] = DANGLING_NAME;
        return Token.NAME;
      }
      if (c == '}') {
        position++;
        return Token.END_OBJECT;
      }
    }
    return scan();
  }

  private Token scan() throws IOException {
    int top = depth - 1;
    switch (scopes[top]) {
      case EMPTY_OBJECT -> {
        int c = nextNonWhitespace();
        if (c == '}') {
          return Token.END_OBJECT;
        }
        scopes[top] = DANGLING_NAME;
        return name(c);
      }
      case DANGLING_NAME -> {
        expect(nextNonWhitespace() == ':');
        scopes[top] = NONEMPTY_OBJECT;
        return value(nextNonWhitespace());
      }
      case NONEMPTY_OBJECT -> {
        int c = nextNonWhitespace();
        if (c == '}') {
          return Token.END_OBJECT;
        }
        expect(c == ',');
        scopes[top] = DANGLING_NAME;
        return name(nextNonWhitespace());
      }
      case EMPTY_ARRAY -> {
        int c = nextNonWhitespace();
        if (c == ']') {
          return Token.END_ARRAY;
        }
        scopes[top] = NONEMPTY_ARRAY;
        return value(c);
      }
      case NONEMPTY_ARRAY -> {
        int c = nextNonWhitespace();
        if (c == ']') {
          return Token.END_ARRAY;
        }
        expect(c == ',');
        return value(nextNonWhitespace());
      }
      case EMPTY_DOCUMENT -> {
        rejectByteOrderMark();
        int c = nextNonWhitespace();
        scopes[top] = NONEMPTY_DOCUMENT;
        return value(c);
      }
      default -> {
        skipWhitespace();
        expect(position == limit);
        return Token.END;
      }
    }
  }

  /** Rejects a byte-order mark of UTF-8 or UTF-16. */
  private void rejectByteOrderMark() throws IOException {
    while (limit - position < 3 && fill(0)) {
      // a stream may return single bytes
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
      return Token.STRING;
    }
    switch (c) {
      case '{' -> {
        return Token.BEGIN_OBJECT;
      }
      case '[' -> {
        return Token.BEGIN_ARRAY;
      }
      case 't' -> {
        expectLiteral("rue");
        booleanValue = true;
        return Token.BOOLEAN;
      }
      case 'f' -> {
        expectLiteral("alse");
        booleanValue = false;
        return Token.BOOLEAN;
      }
      case 'n' -> {
        expectLiteral("ull");
        return Token.NULL;
      }
      default -> {
        expect(c == '-' || JsonNumber.isDigit(c));
        position--; // the first character belongs to the number
        return Token.NUMBER;
      }
    }
  }

  private void expectLiteral(String rest) throws IOException {
    for (int i = 0; i < rest.length(); i++) {
      if (position == limit) {
        require(0);
      }
      expect(buffer[position++] == rest.charAt(i));
    }
  }

  /** Returns whether the current array or object has another member. */
  boolean hasNext() throws IOException {
    Token token = peek();
    return token != Token.END_OBJECT && token != Token.END_ARRAY;
  }

  void beginObject() throws IOException {
    consume(Token.BEGIN_OBJECT);
    open(EMPTY_OBJECT);
  }

  void endObject() throws IOException {
    consume(Token.END_OBJECT);
    close();
  }

  void beginArray() throws IOException {
    consume(Token.BEGIN_ARRAY);
    open(EMPTY_ARRAY);
  }

  void endArray() throws IOException {
    consume(Token.END_ARRAY);
    close();
  }

  /** Consumes a name that is not in the description, which is hidden in paths. */
  String nextName() throws IOException {
    consume(Token.NAME);
    hideUnlessShown();
    return readName(null);
  }

  /** As {@link #nextName}, and also writes the name. */
  String copyName(JsonOutput to) throws IOException {
    consume(Token.NAME);
    hideUnlessShown();
    return readName(to);
  }

  /**
   * Consumes a name and returns the position of the property with this name; 0 if the model has
   * none.
   *
   * @param previous the position of the previous property, 0 for none
   * @param casing the casing in which the name is expected; a name in another casing is not found
   *     unless it is as described
   */
  int nextProperty(ModelType<?> model, int previous, Casing casing) throws IOException {
    consume(Token.NAME);
    int guess = model.follower(previous);
    if (guess > 0) { // 0: no property is expected to follow
      byte[] expected = model.quoted(guess, casing);
      int end = position + expected.length - 1; // the first quote was consumed
      if (end < limit && Arrays.equals(buffer, position, end, expected, 1, expected.length)) {
        position = end;
        names[depth - 1] = model.property(guess, casing);
        scopes[depth - 1] = NONEMPTY_OBJECT;
        next = value(nextNonWhitespace());
        return guess;
      }
    }
    return model.position(readName(null), previous);
  }

  /** Returns the last name in the current object. */
  String name() {
    String name = names[depth - 1];
    return name == null ? "" : name;
  }

  String nextString() throws IOException {
    consume(Token.STRING);
    String string = readString();
    indices[depth - 1]++;
    return string;
  }

  /** Returns the maximum memory of the characters of the last string, in bytes. */
  int stringSize() {
    return stringSize;
  }

  /** Consumes a string and writes it, without creating an object if it needs no decoding. */
  void copyString(JsonOutput to) throws IOException {
    consume(Token.STRING);
    int i = position;
    while (i < limit && isPlain(buffer[i])) {
      i++;
    }
    if (i < limit && buffer[i] == '"') {
      chargeToken(i - position);
      to.plainString(buffer, position, i - position);
      position = i + 1;
    } else {
      to.string(readString());
    }
    indices[depth - 1]++;
  }

  /** Consumes an array or object whose JSON is plain, and charges it; returns null otherwise. */
  @Nullable String nextPlain() throws IOException {
    Token token = peek();
    if (token != Token.BEGIN_OBJECT && token != Token.BEGIN_ARRAY) {
      return null;
    }
    PlainJsonScanner plain = plainJson;
    if (plain == null) {
      plain = new PlainJsonScanner();
      plainJson = plain;
    }
    int end = plain.end(buffer, position - 1, limit, maxDepth - outer - depth + 1);
    if (end < 0) {
      return null;
    }
    next = null;
    position--; // the bracket was consumed
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

  /** Consumes a number and returns it unchanged. */
  String nextNumber() throws IOException {
    consume(Token.NUMBER);
    int length = 0;
    boolean digitsOnly = buffer[position] != '0';
    boolean ended = false;
    while (!ended) {
      if (position + length == limit && !fill(length)) {
        ended = true;
      } else {
        byte b = buffer[position + length];
        if (!JsonNumber.isDigit(b)) {
          if (!JsonNumber.isSymbol(b)) {
            break;
          }
          digitsOnly = false;
        }
        length++;
      }
    }
    chargeToken(length);
    int end = position + length;
    String number = ascii(end);
    if (!digitsOnly && JsonNumber.end(buffer, position, end) != end) {
      throw malformed(ended ? Reason.TRUNCATED : Reason.SYNTAX);
    }
    position += length;
    indices[depth - 1]++;
    return number;
  }

  boolean nextBoolean() throws IOException {
    consume(Token.BOOLEAN);
    indices[depth - 1]++;
    return booleanValue;
  }

  void nextNull() throws IOException {
    consume(Token.NULL);
    indices[depth - 1]++;
  }

  private void consume(Token token) throws IOException {
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

  /** Returns the number of open arrays and objects, including those around the document. */
  int levels() {
    return outer + depth - 1;
  }

  /** Returns whether the innermost open array or object is an object. */
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
   * @throws MalformedJsonException if the budget is exceeded
   */
  void charge(long bytes) {
    if (!budget.take(bytes)) {
      throw tooLarge();
    }
  }

  /** Charges the buffer for a raw value of this length so far. */
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

  /** Hides the names of the current object in paths. */
  void hideNames() {
    if (hidden == null) {
      hidden = new BitSet();
    }
    hidden.set(depth - 1);
  }

  /** Shows the names of the current object in paths, even those not in the description. */
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

  /** Reads a string up to its closing quote; the opening one was consumed. */
  private String readString() throws IOException {
    int i = position;
    while (true) {
      byte[] bytes = buffer;
      int end = limit;
      while (i < end && isPlain(bytes[i])) {
        i++;
      }
      if (i < end) {
        if (bytes[i] != '"') {
          return readEncodedString(i - position);
        }
        stringSize = i - position;
        chargeToken(stringSize);
        // The types of resources and fields repeat.
        String string = "type".equals(names[depth - 1]) ? cached(hash(i), i) : ascii(i);
        position = i + 1;
        return string;
      }
      i -= position;
      require(i);
      i += position;
    }
  }

  /** Reads a name as {@link #readString}, from the cache if possible. */
  private String readName(@Nullable JsonOutput to) throws IOException {
    int hash = 0;
    int i = position;
    while (true) {
      byte[] bytes = buffer;
      int end = limit;
      while (i < end && isPlain(bytes[i])) {
        hash = 31 * hash + bytes[i]; // as in String.hashCode
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
      name = cached(hash, i);
      if (to != null) {
        to.plainName(buffer, position, i - position);
      }
      position = i + 1;
    } else {
      name = readEncodedString(i - position);
      if (to != null) {
        to.name(name);
      }
    }
    names[depth - 1] = name;
    if (position < limit && buffer[position] == ':') { // the usual case; otherwise left to peek
      position++;
      scopes[depth - 1] = NONEMPTY_OBJECT;
      next = value(nextNonWhitespace());
    }
    return name;
  }

  static boolean isPlain(byte b) {
    return PLAIN[b & 0xff];
  }

  private int hash(int end) {
    int hash = 0;
    for (int i = position; i < end; i++) {
      hash = 31 * hash + buffer[i]; // as in String.hashCode
    }
    return hash;
  }

  /** Returns the string from the position to an end, from the cache if possible. */
  private String cached(int hash, int end) {
    if (cache == null) {
      cache = new @Nullable String[CACHED];
    }
    int index = (hash ^ (hash >>> 6) ^ (hash >>> 12)) & (CACHED - 1);
    String candidate = cache[index];
    if (candidate != null && isAtPosition(candidate, end)) {
      return candidate;
    }
    String string = ascii(end);
    cache[index] = string;
    return string;
  }

  private boolean isAtPosition(String string, int end) {
    int length = end - position;
    if (string.length() != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (string.charAt(i) != buffer[position + i]) {
        return false;
      }
    }
    return true;
  }

  /** Returns the ASCII from the position to an end. */
  private String ascii(int end) {
    return new String(buffer, position, end - position, StandardCharsets.ISO_8859_1);
  }

  /** Reads a string with escapes or non-ASCII characters, after a number of plain bytes. */
  private String readEncodedString(int plain) throws IOException {
    StringBuilder decoded = null;
    int consumed = 0; // bytes of the token before the position
    int i = position + plain;
    while (true) {
      while (i < limit && buffer[i] != '"' && buffer[i] != '\\') {
        expect(buffer[i] < 0 || buffer[i] >= ' ');
        i++;
      }
      if (i == limit) {
        i -= position;
        require(consumed + i);
        i += position;
        continue;
      }
      consumed += i - position;
      boolean last = buffer[i] == '"';
      if (last) {
        chargeToken(consumed);
      }
      String part = utf8(i);
      position = i + 1;
      if (last) {
        String all = decoded == null ? part : decoded.append(part).toString();
        stringSize = 2 * all.length();
        return all;
      }
      if (decoded == null) {
        decoded = new StringBuilder(part.length() + 32);
      }
      decoded.append(part).append(escape());
      consumed += 2; // at least
      i = position;
    }
  }

  /** Returns the UTF-8 string from the position to an end. */
  private String utf8(int end) {
    int length = end - position;
    String string = new String(buffer, position, length, StandardCharsets.UTF_8);
    if (string.indexOf(REPLACEMENT) >= 0) { // which may also be in the document
      try {
        StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(buffer, position, length));
      } catch (CharacterCodingException e) {
        throw malformed(Reason.INVALID_UTF8);
      }
    }
    return string;
  }

  private char escape() throws IOException {
    byte c = nextByte();
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
          int value = Character.digit(nextByte(), 16);
          expect(value >= 0);
          code = code * 16 + value;
        }
        return (char) code;
      }
    }
  }

  private byte nextByte() throws IOException {
    if (position == limit) {
      require(0);
    }
    return buffer[position++];
  }

  /** Consumes the next character that is not white space. */
  private int nextNonWhitespace() throws IOException {
    if (position < limit && buffer[position] > ' ') {
      return buffer[position++];
    }
    skipWhitespace();
    if (position == limit) {
      throw malformed(Reason.TRUNCATED);
    }
    return buffer[position++];
  }

  /** Skips white space. */
  private void skipWhitespace() throws IOException {
    while (position < limit || fill(0)) {
      byte c = buffer[position];
      if (c != ' ' && c != '\n' && c != '\r' && c != '\t') {
        return;
      }
      position++;
    }
  }

  private void require(int token) throws IOException {
    if (!fill(token)) {
      throw malformed(Reason.TRUNCATED);
    }
  }

  /**
   * Reads more bytes into the buffer; returns false at the end of the document.
   *
   * @param token the length of the current token so far
   */
  private boolean fill(int token) throws IOException {
    if (source == null) {
      return false;
    }
    if (budget.isLong(token) && !budget.allowsToken(token)) {
      throw tooLarge();
    }
    if (limit == buffer.length) {
      compact();
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
   * Moves the remaining bytes to the front, of a larger buffer if they fill more than half of this
   * one, so that each byte is moved only a few times, however long the token is.
   */
  private void compact() {
    int remaining = limit - position;
    byte[] to = buffer;
    if (remaining > to.length / 2 || to.length < BUFFER) {
      to = new byte[(int) Math.max(BUFFER, Math.min(2L * remaining, MAX_BUFFER))];
    }
    System.arraycopy(buffer, position, to, 0, remaining);
    buffer = to;
    position = 0;
    limit = remaining;
  }

  private void expect(boolean valid) {
    if (!valid) {
      throw malformed(Reason.SYNTAX);
    }
  }

  private MalformedJsonException malformed(Reason reason) {
    return new MalformedJsonException(reason, path(), "");
  }

  /** Returns the path of the next value, or of the current object before its first name. */
  String path() {
    return path(depth, false);
  }

  /** Returns the path of the last value. */
  String previousPath() {
    return path(depth, true);
  }

  /** Returns the path of the current array or object. */
  String openPath() {
    return path(depth - 1, false);
  }

  private String path(int end, boolean previous) {
    StringBuilder path = new StringBuilder(root);
    for (int i = 1; i < end; i++) {
      switch (scopes[i]) {
        case EMPTY_ARRAY, NONEMPTY_ARRAY -> {
          boolean decrement = previous && i == depth - 1 && indices[i] > 0;
          path.append('[').append(decrement ? indices[i] - 1 : indices[i]).append(']');
        }
        default -> {
          String name = names[i];
          if (name != null) {
            path.append('.').append(isHidden(i) ? SafeText.HIDDEN_NAME : SafeText.name(name));
          }
        }
      }
    }
    return path.toString();
  }

  private boolean isHidden(int level) {
    return hidden != null && hidden.get(level);
  }
}
