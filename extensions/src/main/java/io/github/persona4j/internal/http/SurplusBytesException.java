package io.github.persona4j.internal.http;

import java.io.IOException;

/**
 * An idle connection has received unrequested bytes. The request was not sent, and the connection
 * has been closed.
 */
public final class SurplusBytesException extends IOException {
  private static final long serialVersionUID = 1L;

  SurplusBytesException() {
    super("the connection holds bytes that were not requested");
  }
}
