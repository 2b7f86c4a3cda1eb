package io.github.persona4j.internal.http;

import io.github.persona4j.request.PathResource;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import okhttp3.Request;
import okio.Buffer;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;
import retrofit2.Invocation;
import retrofit2.http.Path;

/**
 * Compares the resource of a response with the one that the path of its request names, where the
 * operation returns that one. Looks at the part of the body that is in memory, where its first
 * bytes tell as a rule, and leaves the body as it is.
 */
public final class ReturnedResource {
  /** Whether a response holds what its path names. */
  public enum Match {
    /** Or nothing is known of it: malformed JSON is for the decoder to report. */
    YES,
    /** It holds something else, or nothing. */
    NO,
    /** The part of the body that is in memory does not tell. */
    UNDECIDED
  }

  private static final int MOST_TEXT = 1024;

  /** What an operation returns: the place of the ID among its arguments, and the type. */
  private record Expected(int argument, String type) {
    static final Expected NOTHING = new Expected(-1, "");

    static Expected of(Method method) {
      PathResource named = method.getAnnotation(PathResource.class);
      if (named == null) {
        return NOTHING;
      }
      Annotation[][] parameters = method.getParameterAnnotations();
      for (int i = 0; i < parameters.length; i++) {
        for (Annotation annotation : parameters[i]) {
          if (annotation instanceof Path path && path.value().equals(named.parameter())) {
            return new Expected(i, named.type());
          }
        }
      }
      throw new IllegalStateException(method + " has no parameter " + named.parameter());
    }
  }

  private static final Map<Method, Expected> EXPECTED = new ConcurrentHashMap<>();

  private ReturnedResource() {}

  /**
   * Compares a successful response with its request.
   *
   * @param body as much of the body as was received
   * @param whole whether that is all of it
   */
  public static Match compare(Request request, Buffer body, boolean whole) {
    Invocation invocation = request.tag(Invocation.class);
    if (invocation == null) {
      return Match.YES;
    }
    Expected expected = EXPECTED.computeIfAbsent(invocation.method(), Expected::of);
    if (expected.argument < 0) {
      return Match.YES;
    }
    Object id = invocation.arguments().get(expected.argument);
    try {
      Scan data = new Scan(body.peek());
      if (data.isNothing()) {
        return whole ? Match.NO : Match.UNDECIDED;
      }
      boolean another =
          !data.find()
              || (data.isComplete()
                  && !(isOfType(expected.type, data.type) && isSame(String.valueOf(id), data.id)));
      return another ? Match.NO : Match.YES;
    } catch (NotJsonException e) {
      return Match.YES;
    } catch (IOException e) { // the end of what is in memory
      return whole ? Match.YES : Match.UNDECIDED;
    }
  }

  private static boolean isOfType(String expected, @Nullable String type) {
    return type != null
        && type.startsWith(expected)
        && (type.length() == expected.length() || type.charAt(expected.length()) == '/');
  }

  // The vendor reserves the right to leave the prefixes of IDs out (docs: "versioning").
  private static boolean isSame(String one, @Nullable String other) {
    return other != null
        && (one.equals(other) || one.endsWith('_' + other) || other.endsWith('_' + one));
  }

  /** The text is no JSON. */
  private static final class NotJsonException extends Exception {
    private static final long serialVersionUID = 1L;

    NotJsonException() {
      super("not JSON", null, false, false);
    }
  }

  /** Reads a document as far as the type and the ID of its {@code data}. */
  private static final class Scan {
    private final BufferedSource in;
    @Nullable String type;
    @Nullable String id;

    Scan(BufferedSource in) {
      this.in = in;
    }

    /** Whether there is no value at all, or only {@code null}. Otherwise passes over spaces. */
    boolean isNothing() throws IOException, NotJsonException {
      skipSpaces();
      if (in.request(4) && in.peek().readUtf8(4).equals("null")) {
        in.skip(4);
        skipSpaces();
        if (!in.exhausted()) {
          throw new NotJsonException();
        }
      }
      return in.exhausted();
    }

    /** Whether the document has an object as its {@code data}. */
    boolean find() throws IOException, NotJsonException {
      if (next() != '{') {
        throw new NotJsonException();
      }
      for (String name = firstName(); name != null; name = followingName()) {
        byte value = next();
        if (name.equals("data")) {
          if (value != '{') {
            return false;
          }
          readData();
          return true;
        }
        skip(value);
      }
      return false;
    }

    boolean isComplete() {
      return type != null && id != null;
    }

    private void readData() throws IOException, NotJsonException {
      for (String name = firstName(); name != null && !isComplete(); name = followingName()) {
        byte value = next();
        if (value == '"' && name.equals("type")) {
          type = text();
        } else if (value == '"' && name.equals("id")) {
          id = text();
        } else {
          skip(value);
        }
      }
    }

    /** The first name of an object, whose value is next; null at its end. */
    private @Nullable String firstName() throws IOException, NotJsonException {
      byte first = next();
      return first == '}' ? null : name(first);
    }

    private @Nullable String followingName() throws IOException, NotJsonException {
      byte behind = next();
      if (behind == '}') {
        return null;
      }
      if (behind != ',') {
        throw new NotJsonException();
      }
      return name(next());
    }

    private String name(byte first) throws IOException, NotJsonException {
      if (first != '"') {
        throw new NotJsonException();
      }
      String name = text();
      if (next() != ':') {
        throw new NotJsonException();
      }
      return name;
    }

    private byte next() throws IOException {
      skipSpaces();
      return in.readByte();
    }

    private void skipSpaces() throws IOException {
      while (in.request(1) && isSpace(in.getBuffer().getByte(0))) {
        in.skip(1);
      }
    }

    private static boolean isSpace(byte letter) {
      return letter == ' ' || letter == '\n' || letter == '\r' || letter == '\t';
    }

    /** The rest of a text behind its first quote; of a long one, its beginning. */
    private String text() throws IOException, NotJsonException {
      Buffer text = new Buffer();
      for (byte next = in.readByte(); next != '"'; next = in.readByte()) {
        if (text.size() >= MOST_TEXT) {
          skipText(next);
          break;
        }
        if (next == '\\') {
          escaped(in.readByte(), text);
        } else {
          text.writeByte(next);
        }
      }
      return text.readUtf8();
    }

    private void escaped(byte letter, Buffer text) throws IOException, NotJsonException {
      switch (letter) {
        case '"', '\\', '/' -> text.writeByte(letter);
        case 'b' -> text.writeByte('\b');
        case 'f' -> text.writeByte('\f');
        case 'n' -> text.writeByte('\n');
        case 'r' -> text.writeByte('\r');
        case 't' -> text.writeByte('\t');
        case 'u' -> text.writeUtf8CodePoint(codeUnit(in.readUtf8(4)));
        default -> throw new NotJsonException();
      }
    }

    private static int codeUnit(String digits) throws NotJsonException {
      if (!HexFormat.isHexDigit(digits.charAt(0))) { // which could be a sign
        throw new NotJsonException();
      }
      try {
        return Integer.parseInt(digits, 16);
      } catch (NumberFormatException e) {
        throw new NotJsonException();
      }
    }

    private void skipText(byte first) throws IOException {
      for (byte next = first; next != '"'; next = in.readByte()) {
        if (next == '\\') {
          byte unused = in.readByte();
        }
      }
    }

    /** Passes over a value that begins with this byte. */
    private void skip(byte first) throws IOException, NotJsonException {
      int depth = 0;
      byte next = first;
      while (true) {
        switch (next) {
          case '{', '[' -> depth++;
          case '}', ']' -> depth--;
          case '"' -> skipText(in.readByte());
          default -> {}
        }
        if (depth < 0) {
          throw new NotJsonException();
        }
        if (depth == 0) {
          if (next != '"' && next != '}' && next != ']') {
            skipPlain();
          }
          return;
        }
        next = in.readByte();
      }
    }

    /** Passes over the rest of a number, {@code true}, {@code false} or {@code null}. */
    private void skipPlain() throws IOException {
      while (in.request(1)) {
        byte next = in.getBuffer().getByte(0);
        if (next == ',' || next == '}' || next == ']' || next <= ' ') {
          return;
        }
        in.skip(1);
      }
    }
  }
}
