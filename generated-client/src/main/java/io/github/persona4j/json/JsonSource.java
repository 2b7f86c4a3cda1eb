package io.github.persona4j.json;

import com.google.gson.stream.MalformedJsonException;
import io.github.persona4j.json.MalformedJsonException.Reason;
import java.io.EOFException;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import org.jspecify.annotations.Nullable;

/**
 * Stands between the characters and the parser, to tell a source that failed from a text that is
 * wrong: both reach the caller of the parser as an {@link IOException}.
 */
final class JsonSource extends Reader {
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final Reader source;
  private boolean started;
  private boolean ended;
  private @Nullable IOException failure;

  JsonSource(Reader source) {
    this.source = source;
  }

  @Override
  public int read(char[] buffer, int offset, int length) throws IOException {
    int count;
    try {
      count = source.read(buffer, offset, length);
    } catch (IOException e) {
      failure = e;
      throw e;
    }
    if (!started && count > 0) {
      started = true;
      if (buffer[offset] == BYTE_ORDER_MARK) {
        throw new io.github.persona4j.json.MalformedJsonException(Reason.BYTE_ORDER_MARK, "$", "");
      }
    }
    ended = count < 0;
    return count;
  }

  @Override
  public void close() throws IOException {
    source.close();
  }

  /** The error to throw for one that came out of the parser. */
  IOException explain(IOException error, JsonInput in) {
    if (error instanceof CharacterCodingException) {
      throw malformed(Reason.INVALID_UTF8, in);
    }
    if (error == failure) {
      return error;
    }
    if (error instanceof EOFException) {
      throw malformed(Reason.TRUNCATED, in);
    }
    if (error instanceof MalformedJsonException) {
      String message = error.getMessage();
      boolean tooDeep = message != null && message.startsWith("Nesting limit");
      // The parser asks for more only where it needs more: half a word such as "tru".
      throw malformed(tooDeep ? Reason.TOO_DEEP : ended ? Reason.TRUNCATED : Reason.SYNTAX, in);
    }
    return error;
  }

  private static io.github.persona4j.json.MalformedJsonException malformed(
      Reason reason, JsonInput in) {
    return new io.github.persona4j.json.MalformedJsonException(reason, in.path(), "");
  }
}
