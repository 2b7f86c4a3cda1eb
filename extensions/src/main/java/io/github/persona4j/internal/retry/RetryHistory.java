package io.github.persona4j.internal.retry;

/**
 * What the attempts of a call so far cost. Immutable.
 *
 * @param retries retries that count against the maximum
 * @param staleConnections idle connections that had died before their request
 * @param surplusBytes whether a connection with surplus bytes was replaced
 * @param foreignResponse whether a response belonged to another request
 */
public record RetryHistory(
    int retries, int staleConnections, boolean surplusBytes, boolean foreignResponse) {
  /** That of a call without attempts. */
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
