package io.github.persona4j.error;

import org.jspecify.annotations.Nullable;

/**
 * A file is larger than the client takes, by what the server told or by what came. Nothing of it is
 * kept. {@code PersonaClientBuilder.maxFileSize} sets the limit.
 */
public final class FileTooLargeException extends PersonaException {
  private static final long serialVersionUID = 1L;

  private final long limit;

  /**
   * A file that is too large.
   *
   * @param limit how many bytes are allowed
   * @param call the call with the head of its answer, null when it is not known
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

  /** How many bytes are allowed. */
  public long limit() {
    return limit;
  }
}
