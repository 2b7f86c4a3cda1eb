package io.github.persona4j.internal.retry;

/**
 * The retries of a call so far. Immutable.
 *
 * @param retries retries that count against the maximum
 * @param staleConnections attempts that failed on a stale connection
 * @param surplusBytes whether a connection with surplus bytes was replaced
 * @param foreignResponse whether a response belonged to another request
 */
public record RetryHistory(
    int retries, int staleConnections, boolean surplusBytes, boolean foreignResponse) {
  /** The history of a call without attempts. */
  public static final RetryHistory NONE = new RetryHistory(0, 0, false, false);

  RetryHistory afterRetry() {
    return new RetryHistory(retries + 1, staleConnections, surplusBytes, foreignResponse);
  }

  RetryHistory afterStaleConnection() {
    return new RetryHistory(retries + 1, staleConnections + 1, surplusBytes, foreignResponse);
  }

  RetryHistory afterSurplusBytes() {
    return new RetryHistory(retries, staleConnections, true, foreignResponse);
  }

  RetryHistory afterForeignResponse() {
    return new RetryHistory(retries, staleConnections, surplusBytes, true);
  }
}
