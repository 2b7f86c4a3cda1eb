package io.github.persona4j.internal.http;

import java.io.IOException;

/**
 * An idle connection holds bytes that nobody asked for, so nothing is sent over it. The connection
 * is closed when this is thrown, and the request has not left.
 */
public final class SurplusBytesException extends IOException {
  private static final long serialVersionUID = 1L;

  SurplusBytesException() {
    super("the connection holds bytes that were not requested");
  }
}
