package io.github.persona4j.file;

import io.github.persona4j.error.FailedCall;
import io.github.persona4j.error.FileTooLargeException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a file up to a limit. Failures of the connection are told apart from those of the
 * disk that the bytes go to.
 */
final class FileStream extends FilterInputStream {
  /** The connection broke. */
  static final class BrokenException extends IOException {
    private static final long serialVersionUID = 1L;

    private final IOException reported;

    BrokenException(IOException reported) {
      super("the connection broke before the whole file had come", reported);
      this.reported = reported;
    }

    /** What the connection reported. */
    IOException reported() {
      return reported;
    }
  }

  private final long limit;
  private final @Nullable FailedCall call;
  private long received;

  FileStream(InputStream bytes, long limit, @Nullable FailedCall call) {
    super(bytes);
    this.limit = limit;
    this.call = call;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) == -1 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
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
