package io.github.persona4j.internal.http;

import java.io.IOException;

/**
 * A response belongs to another request: bytes that nobody asked for came over an HTTP/1.1
 * connection, and since then each response on it is taken for that of the next request. The
 * connection is closed when this is thrown.
 */
public final class ForeignResponseException extends IOException {
  private static final long serialVersionUID = 1L;

  public ForeignResponseException(String reason) {
    super(reason);
  }
}
