package io.github.persona4j.error;

import io.github.persona4j.request.FileUpload;

/**
 * A file that was to be uploaded could not be read, or its length is not what it was said to be.
 * The API has not got the whole of it, and nothing is wrong with the connection: the same call
 * would meet the same file.
 */
public final class UnreadableFileException extends PersonaException {
  private static final long serialVersionUID = 1L;

  /**
   * An upload that ended on this side.
   *
   * @param cause what the file reported; it names no path
   */
  public UnreadableFileException(FailedCall call, FileUpload.UnreadableException cause) {
    super(
        call + ": " + cause.getMessage(),
        call.withExecution(false, call.earlierMayHaveBeenExecuted()),
        cause);
  }
}
