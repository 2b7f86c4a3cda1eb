package io.github.persona4j.error;

import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * No complete answer came: the host is unknown or unreachable, the connection broke, TLS failed, or
 * time ran out. {@link #mayHaveBeenExecuted()} tells whether the server may have acted on the
 * request; the cause is the {@link IOException} that says more.
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
   * A call whose connection failed.
   *
   * @param reason why, free of personal values
   * @param cause what the connection reported, free of personal values
   */
  public static PersonaConnectionException broken(
      FailedCall call, String reason, IOException cause) {
    return new PersonaConnectionException(call, reason, false, false, cause);
  }

  /** Like {@link #broken}, for a call that ran out of time. */
  public static PersonaConnectionException timeout(
      FailedCall call, String reason, IOException cause) {
    return new PersonaConnectionException(call, reason, true, false, cause);
  }

  /** Like {@link #broken}, for a call that was stopped on this side. */
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

  /** The {@code Request-Id} of an answer that broke off, or null when there was none. */
  public @Nullable String requestId() {
    return failed.requestId();
  }

  /**
   * The {@code Persona-Environment-Id} of a response that broke off: the environment that the key
   * belongs to. Null when there was none.
   */
  public @Nullable String environmentId() {
    return failed.environmentId();
  }

  /**
   * The {@code Persona-Organization-Id} of a response that broke off: the organization that the key
   * belongs to. Null when there was none.
   */
  public @Nullable String organizationId() {
    return failed.organizationId();
  }

  /** Whether one of the client's time limits ran out. */
  public boolean isTimeout() {
    return timeout;
  }

  /**
   * Whether the call was stopped on this side: cancelled, its thread interrupted, its client
   * closed, or refused by the executor of the client for OkHttp. The message says which.
   *
   * <p>A thread that waits on a socket of HTTP/1.1 does not notice an interruption, unless it is a
   * virtual one: the call ends when the response comes or a time limit runs out. It is reported as
   * stopped then, not as a time-out. The thread stays interrupted.
   */
  public boolean isStopped() {
    return stopped;
  }

  private static String message(FailedCall call, String reason) {
    // The status is left out: an answer that broke off is none. Its request id helps all the same.
    String id = call.requestId();
    return call.method()
        + " "
        + call.shownPath()
        + (id == null ? "" : " (request id " + id + ")")
        + (call.attempts() > 1 ? " failed " + call.attempts() + " times: " : " failed: ")
        + reason;
  }
}
