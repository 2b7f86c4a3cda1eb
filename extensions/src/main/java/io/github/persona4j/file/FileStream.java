package io.github.persona4j.file;

import io.github.persona4j.error.FailedCall;
import io.github.persona4j.error.FileTooLargeException;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.ProtocolException;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a file up to a limit. Failures of the connection are told apart from those of the
 * disk that the bytes go to.
 */
final class FileStream extends FilterInputStream {
  /** The bytes ended before their end: the connection broke, or somebody stopped the reading. */
  static final class BrokenException extends IOException {
    private static final long serialVersionUID = 1L;

    // Not for serialization: it may quote the body.
    private final transient @Nullable IOException reported;

    BrokenException(IOException reported) {
      this(reported, withoutQuotes(reported));
    }

    private BrokenException(IOException reported, IOException shown) {
      super(reason(reported) + " before the whole file had come", shown);
      this.reported = reported;
    }

    private static String reason(IOException reported) {
      String message = reported.getMessage();
      boolean closed =
          reported instanceof InterruptedIOException
              && message != null
              && message.endsWith("is closed"); // of PersonaClient
      return closed ? "the client was closed" : "the bytes ended";
    }

    /** What the connection reported; it may quote the body. */
    IOException reported() {
      return reported == null ? this : reported; // a deserialized copy has none
    }

    // What comes in the place of a chunk's size is a part of the file, and OkHttp quotes it.
    private static IOException withoutQuotes(IOException reported) {
      String message = reported.getMessage();
      if (message == null) {
        return reported;
      }
      String unquoted = message.split("[:\"]", 2)[0].strip();
      IOException shown;
      if (reported instanceof ProtocolException) {
        shown = new ProtocolException(unquoted);
      } else if (reported instanceof EOFException) {
        shown = new EOFException(unquoted);
      } else {
        return reported;
      }
      shown.setStackTrace(reported.getStackTrace());
      return shown;
    }
  }

  private final long length;
  private final long limit;
  private final @Nullable FailedCall call;
  private boolean begun;
  private long received;

  /**
   * A stream of these bytes.
   *
   * @param length how many there must be, -1 where nobody knows
   * @param limit how many there may be
   */
  FileStream(InputStream bytes, long length, long limit, @Nullable FailedCall call) {
    super(bytes);
    this.length = length;
    this.limit = limit;
    this.call = call;
  }

  /** Whether somebody has begun to read, so that the file is no longer here as a whole. */
  boolean begun() {
    return begun;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) == -1 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    begun = true;
    int read;
    try {
      read = in.read(buffer, offset, length);
    } catch (IOException e) {
      throw new BrokenException(e);
    }
    if (read > 0) {
      received += read;
      if (received > limit) {
        throw new FileTooLargeException(limit, call);
      }
    }
    // Whoever handed in the bytes may have read some of them.
    if (read == -1 && received < this.length) {
      throw new BrokenException(new EOFException("bytes are missing"));
    }
    return read;
  }

  // Through read, which counts.
  @Override
  public long skip(long count) throws IOException {
    byte[] skipped = new byte[(int) Math.min(Math.max(count, 0), 8 * 1024)];
    int read = skipped.length == 0 ? 0 : read(skipped, 0, skipped.length);
    return Math.max(read, 0);
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
