package io.github.persona4j.internal.file;

import io.github.persona4j.error.FailedCall;
import io.github.persona4j.error.FileTooLargeException;
import io.github.persona4j.internal.http.QuotedBytes;
import io.github.persona4j.internal.http.StopReason;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a file up to a limit. Remembers what the connection reported, so that its failures
 * are told apart from those of the disk that the bytes go to.
 */
final class FileStream extends FilterInputStream {
  private final long length;
  private final long limit;
  private final FailedCall call;
  private boolean begun;
  private long received;
  private @Nullable IOException thrown;
  private @Nullable IOException reported;

  /**
   * A stream of these bytes.
   *
   * @param length how many bytes there must be; -1 where unknown
   * @param limit how many bytes there may be
   */
  FileStream(InputStream bytes, long length, long limit, FailedCall call) {
    super(bytes);
    this.length = length;
    this.limit = limit;
    this.call = call;
  }

  /** Whether reading has begun, so that the file can no longer be read as a whole. */
  boolean isBegun() {
    return begun;
  }

  /**
   * What the connection reported where reading threw this exception; null if another class threw
   * it. It may quote the body.
   */
  @Nullable IOException reported(IOException exception) {
    return exception == thrown ? reported : null;
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
      throw broken(e);
    }
    if (read > 0) {
      received += read;
      if (received > limit) {
        throw new FileTooLargeException(limit, call);
      }
    }
    if (read == -1 && received < this.length) {
      throw broken(new EOFException("bytes are missing"));
    }
    return read;
  }

  private IOException broken(IOException failure) {
    reported = failure;
    thrown =
        new IOException(
            reason(failure) + " before the whole file had come", QuotedBytes.removed(failure));
    return thrown;
  }

  private static String reason(IOException failure) {
    return StopReason.CLIENT_CLOSED.isReasonOf(failure)
        ? "the client was closed"
        : "the bytes ended";
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
