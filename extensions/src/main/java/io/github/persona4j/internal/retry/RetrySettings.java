package io.github.persona4j.internal.retry;

import java.time.Duration;

/**
 * Settings of the retry rules; {@code RetryPolicy} describes and checks them.
 *
 * @param budget the number of retries that all calls of a client share
 */
public record RetrySettings(
    int maxRetries,
    Duration initialDelay,
    Duration maxDelay,
    Duration maxServerDelay,
    int budget,
    PostAfterServerError postAfterServerError,
    boolean staleObjects,
    boolean patches) {
  /** What to do with a POST after a status of 500 to 599. */
  public enum PostAfterServerError {
    STOP,
    SAME_KEY,
    FRESH_KEY
  }
}
