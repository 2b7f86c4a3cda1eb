package io.github.persona4j.json;

import io.github.persona4j.json.MalformedJsonException.Reason;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Takes a JSON text apart, by the letter of RFC 8259.
 *
 * <p>A parser of our own for one reason: half of an answer are names of properties, and Gson's
 * makes a new text of each. Here a name that has occurred is found again by its hash.
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

  /** Where the innermost array, object or document stands. */
  private enum Scope {
    EMPTY_DOCUMENT,
    FULL_DOCUMENT,
    EMPTY_ARRAY,
    FULL_ARRAY,
    EMPTY_OBJECT,
    NAMED_OBJECT,
    FULL_OBJECT
  }

  private static final char BYTE_ORDER_MARK = '\uFEFF';
  private static final int FIRST_BUFFER = 2048;
  private static final int FIRST_DEPTH = 16;
  private static final char FIRST_ODD = '\u2000'; // from here on some are written as escapes
  private static final int MAX_NUMBER = 1024;
  private static final int KNOWN_NAMES = 256;

  private final Reader source;
  private final String root;

  // A token never spans two buffers: what is left of one is moved to the front before more is read.
  private char[] buffer = new char[FIRST_BUFFER];
  private int position;
  private int limit;
  private boolean started;

  private @Nullable Token next;
  private boolean flag;

  private Scope[] scopes = new Scope[FIRST_DEPTH];
  private @Nullable Name[] names = new @Nullable Name[FIRST_DEPTH];
  private int[] indices = new int[FIRST_DEPTH];
  private int depth = 1;

  private final @Nullable Name[] known = new @Nullable Name[KNOWN_NAMES];

  /** A name that has occurred, with the names that followed it: most often they do again. */
  private static final class Name {
    final String text;
    final char[] chars; // as they stand in a text, with what follows; none where escapes would
    @Nullable Name sibling;
    @Nullable Name child;

    Name(String text, boolean plain) {
      this.text = text;
      this.chars = plain ? (text + "\":").toCharArray() : new char[0];
    }
  }

  /**
   * Starts at the beginning of a text.
   *
   * @param root the path of the text in a larger one, {@code $} for a whole one
   */
  JsonTokens(Reader source, String root) {
    this.source = source;
    this.root = root;
    scopes[0] = Scope.EMPTY_DOCUMENT;
  }

  /**
   * What comes next, without taking it.
   *
   * @throws MalformedJsonException if it is not JSON
   */
  Token peek() throws IOException {
    Token token = next;
    if (token == null) {
      token = scopes[depth - 1] == Scope.FULL_OBJECT ? afterMember() : find();
      next = token;
    }
    return token;
  }

  /** The most frequent case without spaces, for speed. */
  private Token afterMember() throws IOException {
    if (limit - position > 1) {
      char c = buffer[position];
      if (c == ',' && buffer[position + 1] == '"') {
        position += 2;
        scopes[depth - 1] = Scope.NAMED_OBJECT;
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
        scopes[top] = Scope.NAMED_OBJECT;
        return name(c);
      }
      case NAMED_OBJECT -> {
        expect(symbol() == ':');
        scopes[top] = Scope.FULL_OBJECT;
        return value(symbol());
      }
      case FULL_OBJECT -> {
        int c = symbol();
        if (c == '}') {
          return Token.END_OBJECT;
        }
        expect(c == ',');
        scopes[top] = Scope.NAMED_OBJECT;
        return name(symbol());
      }
      case EMPTY_ARRAY -> {
        int c = symbol();
        if (c == ']') {
          return Token.END_ARRAY;
        }
        scopes[top] = Scope.FULL_ARRAY;
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
        int c = symbol();
        scopes[top] = Scope.FULL_DOCUMENT;
        return value(c);
      }
      default -> {
        skipSpace();
        expect(position == limit);
        return Token.END;
      }
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
        require();
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
    open(Scope.EMPTY_OBJECT);
  }

  void endObject() throws IOException {
    take(Token.END_OBJECT);
    close();
  }

  void beginArray() throws IOException {
    take(Token.BEGIN_ARRAY);
    open(Scope.EMPTY_ARRAY);
  }

  void endArray() throws IOException {
    take(Token.END_ARRAY);
    close();
  }

  String nextName() throws IOException {
    take(Token.NAME);
    int top = depth - 1;
    Name before = names[top];
    Name above = before == null ? parent(top) : null;
    Name guess = before != null ? before.sibling : above != null ? above.child : null;
    if (guess != null && guess.chars.length > 0 && isNext(guess.chars)) {
      position += guess.chars.length;
      names[top] = guess;
      scopes[top] = Scope.FULL_OBJECT;
      next = value(symbol());
      return guess.text;
    }
    Name name = name();
    if (before != null) {
      before.sibling = name;
    } else if (above != null) {
      above.child = name;
    }
    names[top] = name;
    return name.text;
  }

  /** The name under which the object at a depth stands, be it in arrays. */
  private @Nullable Name parent(int top) {
    int i = top - 1;
    while (i > 0 && names[i] == null) {
      i--;
    }
    return names[i];
  }

  private boolean isNext(char[] chars) {
    int end = position + chars.length;
    return end < limit && Arrays.equals(buffer, position, end, chars, 0, chars.length);
  }

  String nextText() throws IOException {
    take(Token.TEXT);
    String text = text();
    indices[depth - 1]++;
    return text;
  }

  /** Takes a text and writes it, without making an object of it where it can stay as it is. */
  void copyText(JsonOutput to) throws IOException {
    take(Token.TEXT);
    int i = position;
    while (i < limit && isPlain(buffer[i]) && buffer[i] < FIRST_ODD) {
      i++;
    }
    if (i < limit && buffer[i] == '"') {
      to.plainText(buffer, position, i - position);
      position = i + 1;
    } else {
      to.text(text());
    }
    indices[depth - 1]++;
  }

  /** The digits of a number as they stand. */
  String nextNumber() throws IOException {
    take(Token.NUMBER);
    int length = 0;
    boolean ended = false;
    while (!ended) {
      if (position + length == limit && !more()) {
        ended = true;
      } else if (isOfNumber(buffer[position + length])) {
        length++;
        expect(length <= MAX_NUMBER);
      } else {
        break;
      }
    }
    String number = new String(buffer, position, length);
    if (!isNumber(number)) {
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

  private void open(Scope scope) {
    if (depth > JsonInput.MAX_DEPTH) {
      throw malformed(Reason.TOO_DEEP);
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

  private void close() {
    depth--;
    names[depth] = null;
    indices[depth - 1]++;
  }

  /** Takes a text up to its closing quote; the opening one is taken. */
  private String text() throws IOException {
    int i = position;
    while (true) {
      char[] chars = buffer;
      int end = limit;
      while (i < end && isPlain(chars[i])) {
        i++;
      }
      if (i < end) {
        if (chars[i] != '"') {
          return escaped(i - position);
        }
        String text = new String(chars, position, i - position);
        position = i + 1;
        return text;
      }
      i -= position;
      require();
      i += position;
    }
  }

  /** As {@link #text}, and gives the same object for a name that occurred before, if it can. */
  private Name name() throws IOException {
    int hash = 0;
    int i = position;
    while (true) {
      char[] chars = buffer;
      int end = limit;
      while (i < end && isPlain(chars[i])) {
        hash = 31 * hash + chars[i]; // as String does it
        i++;
      }
      if (i < end) {
        if (chars[i] != '"') {
          return new Name(escaped(i - position), false);
        }
        Name name = known(hash, i);
        position = i + 1;
        return name;
      }
      i -= position;
      require();
      i += position;
    }
  }

  private static boolean isPlain(char c) {
    return c != '"' && c != '\\' && c >= ' ';
  }

  /** The name from the position to an end. */
  private Name known(int hash, int end) {
    int start = position;
    int place = (hash ^ (hash >>> 8) ^ (hash >>> 16)) & (KNOWN_NAMES - 1);
    Name candidate = known[place];
    if (candidate != null
        && candidate.text.hashCode() == hash
        && Arrays.equals(buffer, start, end, candidate.chars, 0, candidate.text.length())) {
      return candidate;
    }
    Name name = new Name(new String(buffer, start, end - start), true);
    known[place] = name;
    return name;
  }

  /** Takes a text in which the first escape stands after so many characters. */
  private String escaped(int plain) throws IOException {
    StringBuilder text = new StringBuilder(plain + 32).append(buffer, position, plain);
    position += plain;
    while (true) {
      char c = character();
      if (c == '"') {
        return text.toString();
      }
      expect(c >= ' ');
      text.append(c == '\\' ? escape() : c);
    }
  }

  private char escape() throws IOException {
    char c = character();
    switch (c) {
      case '"', '\\', '/' -> {
        return c;
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
          char digit = character();
          int value = digit < 128 ? Character.digit(digit, 16) : -1;
          expect(value >= 0);
          code = code * 16 + value;
        }
        return (char) code;
      }
    }
  }

  private char character() throws IOException {
    if (position == limit) {
      require();
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
    while (position < limit || more()) {
      char c = buffer[position];
      if (c != ' ' && c != '\n' && c != '\r' && c != '\t') {
        return;
      }
      position++;
    }
  }

  private void require() throws IOException {
    if (!more()) {
      throw malformed(Reason.TRUNCATED);
    }
  }

  /** Reads more behind what is left from the position on; false at the end of the text. */
  private boolean more() throws IOException {
    if (position > 0) {
      System.arraycopy(buffer, position, buffer, 0, limit - position);
      limit -= position;
      position = 0;
    }
    if (limit == buffer.length) {
      buffer = Arrays.copyOf(buffer, limit * 2);
    }
    int count;
    try {
      count = source.read(buffer, limit, buffer.length - limit);
    } catch (CharacterCodingException e) {
      throw malformed(Reason.INVALID_UTF8);
    }
    if (count <= 0) {
      return false;
    }
    if (!started && buffer[0] == BYTE_ORDER_MARK) {
      throw malformed(Reason.BYTE_ORDER_MARK);
    }
    started = true;
    limit += count;
    return true;
  }

  private void expect(boolean right) {
    if (!right) {
      throw malformed(Reason.SYNTAX);
    }
  }

  private MalformedJsonException malformed(Reason reason) {
    return new MalformedJsonException(reason, path(), "");
  }

  /** The path of the value that comes next, or of the open object before its first name. */
  String path() {
    return path(false);
  }

  /** The path of the value that was taken last. */
  String previousPath() {
    return path(true);
  }

  private String path(boolean previous) {
    StringBuilder path = new StringBuilder(root);
    for (int i = 1; i < depth; i++) {
      switch (scopes[i]) {
        case EMPTY_ARRAY, FULL_ARRAY -> {
          boolean back = previous && i == depth - 1 && indices[i] > 0;
          path.append('[').append(back ? indices[i] - 1 : indices[i]).append(']');
        }
        default -> {
          Name name = names[i];
          path.append('.').append(name == null ? "" : name.text);
        }
      }
    }
    return path.toString();
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

  private static boolean isOfNumber(char c) {
    return isDigit(c) || c == '.' || c == '-' || c == '+' || c == 'e' || c == 'E';
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }
}
