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
import okio.ByteString;
import okio.Okio;
import okio.Source;
import okio.Timeout;
import org.jspecify.annotations.Nullable;
import retrofit2.Invocation;
import retrofit2.http.Path;

/**
 * Compares the resource in a response with the resource that the path of the request names, for
 * operations that return that resource. Reads only the part of the body that is in memory and does
 * not consume it.
 */
public final class ResourceMatcher {
  /** Whether a response contains the resource that the path names. */
  public enum Match {
    /** It contains the resource, or cannot be compared. The decoder reports malformed JSON. */
    YES,
    /** It contains another resource or none. */
    NO,
    /** The part of the body in memory is not sufficient. */
    UNDECIDED
  }

  private static final int MAX_STRING_LENGTH = 1024;
  private static final ByteString NULL = ByteString.encodeUtf8("null");

  /**
   * The resource that an operation returns: the index of the argument with its ID, and its type.
   */
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

  // Held by each interface itself, so that the class loader of an application can be collected.
  private static final ClassValue<Map<Method, Expected>> EXPECTED =
      new ClassValue<>() {
        @Override
        protected Map<Method, Expected> computeValue(Class<?> type) {
          return new ConcurrentHashMap<>();
        }
      };

  private ResourceMatcher() {}

  /**
   * Compares a successful response with its request.
   *
   * @param body the received part of the body
   * @param whole whether this is the complete body
   */
  public static Match compare(Request request, Buffer body, boolean whole) {
    Invocation invocation = request.tag(Invocation.class);
    if (invocation == null) {
      return Match.YES;
    }
    Method method = invocation.method();
    Expected expected =
        EXPECTED.get(method.getDeclaringClass()).computeIfAbsent(method, Expected::of);
    if (expected.argument < 0) {
      return Match.YES;
    }
    Object id = invocation.arguments().get(expected.argument);
    try (BufferedSource copy = Okio.buffer(new BufferCopy(body))) {
      DataReader data = new DataReader(copy);
      if (!data.skipToValue()) {
        return whole ? Match.NO : Match.UNDECIDED;
      }
      boolean other =
          !data.findData()
              || (data.isComplete()
                  && !(isOfType(expected.type, data.type) && isSame(String.valueOf(id), data.id)));
      return other ? Match.NO : Match.YES;
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

  // Persona may omit the prefixes of IDs (docs: "versioning").
  private static boolean isSame(String one, @Nullable String other) {
    return other != null
        && (one.equals(other) || one.endsWith('_' + other) || other.endsWith('_' + one));
  }

  /**
   * Copies a buffer in small blocks. {@code Buffer.peek()} would share its segments, and Okio does
   * not reuse a segment that was shared.
   */
  private static final class BufferCopy implements Source {
    private static final int BLOCK = 1024;

    private final Buffer buffer;
    private long position;

    BufferCopy(Buffer buffer) {
      this.buffer = buffer;
    }

    @Override
    public long read(Buffer sink, long byteCount) {
      try (Buffer.UnsafeCursor cursor = buffer.readUnsafe(new Buffer.UnsafeCursor())) {
        int available = position < buffer.size() ? cursor.seek(position) : -1;
        byte[] segment = cursor.data;
        if (available <= 0 || segment == null) {
          return -1;
        }
        int count = (int) Math.min(Math.min(byteCount, BLOCK), available);
        sink.write(segment, cursor.start, count);
        position += count;
        return count;
      }
    }

    @Override
    public Timeout timeout() {
      return Timeout.NONE;
    }

    @Override
    public void close() {}
  }

  /** The document is not JSON. */
  private static final class NotJsonException extends Exception {
    private static final long serialVersionUID = 1L;

    NotJsonException() {
      super("not JSON", null, false, false);
    }
  }

  /** Reads a document up to the type and the ID of its {@code data}. */
  private static final class DataReader {
    private final BufferedSource in;
    @Nullable String type;
    @Nullable String id;

    DataReader(BufferedSource in) {
      this.in = in;
    }

    /** Skips whitespace, and {@code null}. Returns whether there is another value. */
    boolean skipToValue() throws IOException, NotJsonException {
      skipSpaces();
      if (in.rangeEquals(0, NULL)) {
        in.skip(NULL.size());
        skipSpaces();
        if (!in.exhausted()) {
          throw new NotJsonException();
        }
      }
      return !in.exhausted();
    }

    /** Reads {@code data}. Returns whether the document has it and it is an object. */
    boolean findData() throws IOException, NotJsonException {
      if (next() != '{') {
        throw new NotJsonException();
      }
      for (String name = firstName(); name != null; name = nextName()) {
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
      for (String name = firstName(); name != null && !isComplete(); name = nextName()) {
        byte value = next();
        if (value == '"' && name.equals("type")) {
          type = string();
        } else if (value == '"' && name.equals("id")) {
          id = string();
        } else {
          skip(value);
        }
      }
    }

    /** Reads the first name of an object; null at its end. */
    private @Nullable String firstName() throws IOException, NotJsonException {
      byte first = next();
      return first == '}' ? null : name(first);
    }

    private @Nullable String nextName() throws IOException, NotJsonException {
      byte separator = next();
      if (separator == '}') {
        return null;
      }
      if (separator != ',') {
        throw new NotJsonException();
      }
      return name(next());
    }

    private String name(byte first) throws IOException, NotJsonException {
      if (first != '"') {
        throw new NotJsonException();
      }
      String name = string();
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

    private static boolean isSpace(byte b) {
      return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }

    /** Reads a string after its first quote. A long string is truncated. */
    private String string() throws IOException, NotJsonException {
      Buffer string = new Buffer();
      for (byte next = in.readByte(); next != '"'; next = in.readByte()) {
        if (string.size() >= MAX_STRING_LENGTH) {
          skipString(next);
          break;
        }
        if (next == '\\') {
          readEscape(in.readByte(), string);
        } else {
          string.writeByte(next);
        }
      }
      return string.readUtf8();
    }

    private void readEscape(byte escape, Buffer string) throws IOException, NotJsonException {
      switch (escape) {
        case '"', '\\', '/' -> string.writeByte(escape);
        case 'b' -> string.writeByte('\b');
        case 'f' -> string.writeByte('\f');
        case 'n' -> string.writeByte('\n');
        case 'r' -> string.writeByte('\r');
        case 't' -> string.writeByte('\t');
        case 'u' -> string.writeUtf8CodePoint(codeUnit(in.readUtf8(4)));
        default -> throw new NotJsonException();
      }
    }

    private static int codeUnit(String digits) throws NotJsonException {
      if (!HexFormat.isHexDigit(digits.charAt(0))) { // parseInt accepts a sign
        throw new NotJsonException();
      }
      try {
        return Integer.parseInt(digits, 16);
      } catch (NumberFormatException e) {
        throw new NotJsonException();
      }
    }

    private void skipString(byte first) throws IOException {
      for (byte next = first; next != '"'; next = in.readByte()) {
        if (next == '\\') {
          byte unused = in.readByte();
        }
      }
    }

    /** Skips a value that begins with this byte. */
    private void skip(byte first) throws IOException, NotJsonException {
      int depth = 0;
      byte next = first;
      while (true) {
        switch (next) {
          case '{', '[' -> depth++;
          case '}', ']' -> depth--;
          case '"' -> skipString(in.readByte());
          default -> {}
        }
        if (depth < 0) {
          throw new NotJsonException();
        }
        if (depth == 0) {
          if (next != '"' && next != '}' && next != ']') {
            skipLiteral();
          }
          return;
        }
        next = in.readByte();
      }
    }

    /** Skips the rest of a number, {@code true}, {@code false} or {@code null}. */
    private void skipLiteral() throws IOException {
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
