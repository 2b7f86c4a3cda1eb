package io.github.persona4j.error;

import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * No complete response was received: the host is unknown or unreachable, the connection broke, TLS
 * failed, or a timeout expired. {@link #mayHaveBeenExecuted()} returns whether the server may have
 * executed the request. The cause is an {@link IOException}.
 */
public final class PersonaConnectionException extends PersonaException {
  private static final long serialVersionUID = 1L;

  private final FailedCall failed;
  private final boolean timeout;
  private final boolean stopped;

  private PersonaConnectionException(
      FailedCall call, String reason, boolean timeout, boolean stopped, IOException cause) {
    super(
        message(Objects.requireNonNull(call, "call"), Objects.requireNonNull(reason, "reason")),
        call,
        Objects.requireNonNull(cause, "cause"));
    this.failed = call;
    this.timeout = timeout;
    this.stopped = stopped;
  }

  /**
   * Creates an exception for a call whose connection failed.
   *
   * @param reason the reason, without personal values
   * @param cause the failure of the connection, without personal values
   */
  public static PersonaConnectionException broken(
      FailedCall call, String reason, IOException cause) {
    return new PersonaConnectionException(call, reason, false, false, cause);
  }

  /** Like {@link #broken}, for a call that timed out. */
  public static PersonaConnectionException timeout(
      FailedCall call, String reason, IOException cause) {
    return new PersonaConnectionException(call, reason, true, false, cause);
  }

  /** Like {@link #broken}, for a call that was stopped by the caller or the client. */
  public static PersonaConnectionException stopped(
      FailedCall call, String reason, IOException cause) {
    return new PersonaConnectionException(call, reason, false, true, cause);
  }

  /** The HTTP method, such as {@code GET}. */
  public String method() {
    return failed.method();
  }

  /** The path of the URL, without the query. */
  public String path() {
    return failed.path();
  }

  /** The {@code Request-Id} of an incomplete response; null if there was none. */
  public @Nullable String requestId() {
    return failed.requestId();
  }

  /**
   * The {@code Persona-Environment-Id} of an incomplete response: the environment that the key
   * belongs to. Null if there was none.
   */
  public @Nullable String environmentId() {
    return failed.environmentId();
  }

  /**
   * The {@code Persona-Organization-Id} of an incomplete response: the organization that the key
   * belongs to. Null if there was none.
   */
  public @Nullable String organizationId() {
    return failed.organizationId();
  }

  /** Whether a timeout of the client expired. */
  public boolean isTimeout() {
    return timeout;
  }

  /**
   * Whether the call was stopped by the caller or the client: the call was canceled, its thread was
   * interrupted, the client was closed, or the executor of the {@code OkHttpClient} rejected the
   * call. The message states the reason.
   *
   * <p>A platform thread that waits on an HTTP/1.1 socket does not notice an interruption. Its call
   * ends when the response arrives or a timeout expires, and is then reported as stopped, not as
   * timed out. The thread stays interrupted.
   */
  public boolean isStopped() {
    return stopped;
  }

  private static String message(FailedCall call, String reason) {
    // An incomplete response is reported without its status, but with its request ID.
    String id = call.requestId();
    return call.method()
        + " "
        + call.shownPath()
        + (id == null ? "" : " (request id " + id + ")")
        + (call.attempts() > 1 ? " failed " + call.attempts() + " times: " : " failed: ")
        + reason
        + (call.changesSomething() && !call.mayHaveBeenExecuted() ? "; it was not executed" : "");
  }
}
