package io.github.persona4j.internal.file;

import io.github.persona4j.error.FailedCall;
import io.github.persona4j.error.FileTooLargeException;
import io.github.persona4j.internal.http.RedactedFailure;
import io.github.persona4j.internal.http.StopReason;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a file up to a limit. Keeps the failure of the connection, so that it can be
 * distinguished from a failure of the disk.
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
   * Creates a stream of these bytes.
   *
   * @param length the expected length in bytes; -1 if unknown
   * @param limit the maximum length in bytes
   */
  FileStream(InputStream bytes, long length, long limit, FailedCall call) {
    super(bytes);
    this.length = length;
    this.limit = limit;
    this.call = call;
  }

  /** Whether reading has begun, so that the complete file can no longer be read. */
  boolean isBegun() {
    return begun;
  }

  /**
   * Returns the failure of the connection for an exception of this stream; null for any other
   * exception. Its message may quote the body.
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
            reason(failure) + " before the file was complete", RedactedFailure.of(failure));
    return thrown;
  }

  private static String reason(IOException failure) {
    return StopReason.CLIENT_CLOSED.isReasonOf(failure)
        ? "the client was closed"
        : "the bytes ended";
  }

  // Uses read, which counts the bytes.
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
