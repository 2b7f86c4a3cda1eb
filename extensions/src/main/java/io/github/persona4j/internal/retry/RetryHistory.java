package io.github.persona4j.internal.retry;

/**
 * The retries of a call so far. Immutable.
 *
 * @param retries retries that count against the maximum
 * @param staleConnections attempts that failed on a stale connection
 * @param surplusBytes whether a connection with surplus bytes was replaced
 * @param foreignResponse whether a response belonged to another request
 * @param rejectedToken whether a token was refused
 */
public record RetryHistory(
    int retries,
    int staleConnections,
    boolean surplusBytes,
    boolean foreignResponse,
    boolean rejectedToken) {
  /** The history of a call without attempts. */
  public static final RetryHistory NONE = new RetryHistory(0, 0, false, false, false);

  RetryHistory afterRetry() {
    return new RetryHistory(
        retries + 1, staleConnections, surplusBytes, foreignResponse, rejectedToken);
  }

  RetryHistory afterStaleConnection() {
    return new RetryHistory(
        retries + 1, staleConnections + 1, surplusBytes, foreignResponse, rejectedToken);
  }

  RetryHistory afterSurplusBytes() {
    return new RetryHistory(retries, staleConnections, true, foreignResponse, rejectedToken);
  }

  RetryHistory afterForeignResponse() {
    return new RetryHistory(retries, staleConnections, surplusBytes, true, rejectedToken);
  }

  RetryHistory afterRejectedToken() {
    return new RetryHistory(retries, staleConnections, surplusBytes, foreignResponse, true);
  }
}
