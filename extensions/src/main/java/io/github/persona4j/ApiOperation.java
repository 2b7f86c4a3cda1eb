package io.github.persona4j;

import io.github.persona4j.internal.call.Operation;

/**
 * The operation of a call, without its arguments. Suitable for names and labels of metrics, traces
 * and logs. Immutable and thread-safe.
 */
public final class ApiOperation {
  private final Operation operation;

  ApiOperation(Operation operation) {
    this.operation = operation;
  }

  /** The HTTP method, such as {@code GET}. */
  public String method() {
    return operation.method();
  }

  /**
   * The host that the request is sent to, such as {@code api.withpersona.com}. For downloads of
   * files it is the host of the link, before redirects.
   */
  public String host() {
    return operation.host();
  }

  /** The port that the request is sent to, such as 443. */
  public int port() {
    return operation.port();
  }

  /**
   * The template of the path, such as {@code /api/v1/events/{event-id}}. It is <code>{url}</code>
   * for downloads of files and for a method of your own interface that takes a complete URL.
   */
  public String path() {
    return operation.path();
  }

  /**
   * The name of the operation on {@link PersonaClient}, such as {@code events.list}. Downloads of
   * files have the name {@code file.get}. For your own interface it is the name of the interface
   * without {@code Api} and the name of the method.
   */
  public String name() {
    return operation.name();
  }

  /** Returns the method and the path, such as {@code GET /api/v1/events/{event-id}}. */
  @Override
  public String toString() {
    return method() + ' ' + path();
  }
}
