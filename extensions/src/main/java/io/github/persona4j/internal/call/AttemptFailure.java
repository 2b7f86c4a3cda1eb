package io.github.persona4j.internal.call;

import io.github.persona4j.error.FailedCall;
import io.github.persona4j.error.MalformedResponseException;
import io.github.persona4j.error.PersonaException;
import io.github.persona4j.error.UnreadableFileException;
import io.github.persona4j.internal.http.ConnectionFailure;
import io.github.persona4j.internal.http.ContentEncoding;
import io.github.persona4j.internal.http.ForeignResponseException;
import io.github.persona4j.request.FileUpload;
import java.io.IOException;

/** Maps the failure of an attempt that got no usable response to an exception. */
final class AttemptFailure {
  private AttemptFailure() {}

  static PersonaException exception(FailedCall call, IOException failure) {
    if (failure instanceof ContentEncoding.UnreadableException) {
      return new MalformedResponseException(
          call, "the response cannot be decoded: " + failure.getMessage(), null, failure);
    }
    if (failure instanceof ForeignResponseException) {
      return new MalformedResponseException(
          call, "the response belongs to another request", null, failure);
    }
    return failure instanceof FileUpload.UnreadableException unreadable
        ? new UnreadableFileException(call, unreadable)
        : ConnectionFailure.exception(call, failure);
  }
}
