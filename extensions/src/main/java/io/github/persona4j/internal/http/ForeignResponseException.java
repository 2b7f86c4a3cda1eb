package io.github.persona4j.internal.http;

import java.io.IOException;

/**
 * A response belongs to another request: an HTTP/1.1 connection received unrequested bytes, which
 * shifted its responses. The connection has been closed.
 */
public final class ForeignResponseException extends IOException {
  private static final long serialVersionUID = 1L;

  public ForeignResponseException(String reason) {
    super(reason);
  }
}
