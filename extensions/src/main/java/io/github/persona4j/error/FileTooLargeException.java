package io.github.persona4j.error;

import org.jspecify.annotations.Nullable;

/**
 * A file is larger than the limit, by its stated length or by the bytes received. Nothing is
 * stored. {@code PersonaClientBuilder.maxFileSize} sets the limit.
 */
public final class FileTooLargeException extends PersonaException {
  private static final long serialVersionUID = 1L;

  private final long limit;

  /**
   * Creates an exception for a file.
   *
   * @param limit the maximum size in bytes
   * @param call the call with its response; null if unknown
   */
  public FileTooLargeException(long limit, @Nullable FailedCall call) {
    super(
        (call == null ? "" : call + ": ")
            + "the file has more than the allowed "
            + limit
            + " bytes",
        call,
        null);
    this.limit = limit;
  }

  /** The maximum size in bytes. */
  public long limit() {
    return limit;
  }
}
