package io.github.persona4j.error;

import io.github.persona4j.request.FileUpload;

/**
 * A file could not be read for an upload, or does not have the specified length. The API did not
 * receive the complete file. The call is not retried, because it would fail again.
 */
public final class UnreadableFileException extends PersonaException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception for an upload.
   *
   * @param cause the failure to read the file; its message contains no path
   */
  public UnreadableFileException(FailedCall call, FileUpload.UnreadableException cause) {
    super(
        call + ": " + cause.getMessage(),
        call.withExecution(false, call.earlierMayHaveBeenExecuted()),
        cause);
  }
}
