package io.github.persona4j.error;

import java.io.Serializable;
import java.util.Objects;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;

/**
 * The rate limit and the creation quota of a response ({@code RateLimit-*} and {@code Quota-*}
 * headers). A value is null if its header is absent or is not a non-negative integer. Immutable and
 * thread-safe.
 */
public final class RateLimits implements Serializable {
  private static final long serialVersionUID = 1L;

  private final @Nullable Long limit;
  private final @Nullable Long remaining;
  private final @Nullable Long resetSeconds;
  private final @Nullable Long quotaLimit;
  private final @Nullable Long quotaRemaining;
  private final @Nullable Long quotaResetSeconds;

  /** Limits with these values, each of which may be null; see the accessors. */
  public RateLimits(
      @Nullable Long limit,
      @Nullable Long remaining,
      @Nullable Long resetSeconds,
      @Nullable Long quotaLimit,
      @Nullable Long quotaRemaining,
      @Nullable Long quotaResetSeconds) {
    this.limit = limit;
    this.remaining = remaining;
    this.resetSeconds = resetSeconds;
    this.quotaLimit = quotaLimit;
    this.quotaRemaining = quotaRemaining;
    this.quotaResetSeconds = quotaResetSeconds;
  }

  /** Reads the limits from the headers of a response. */
  public static RateLimits of(Headers headers) {
    Objects.requireNonNull(headers, "headers");
    return new RateLimits(
        number(headers, "RateLimit-Limit"),
        number(headers, "RateLimit-Remaining"),
        number(headers, "RateLimit-Reset"),
        number(headers, "Quota-Limit"),
        number(headers, "Quota-Remaining"),
        number(headers, "Quota-Reset"));
  }

  /** The number of requests allowed in a window. */
  public @Nullable Long limit() {
    return limit;
  }

  /** The number of requests that remain in this window. */
  public @Nullable Long remaining() {
    return remaining;
  }

  /** The time in seconds until the next window starts. */
  public @Nullable Long resetSeconds() {
    return resetSeconds;
  }

  /** The number of objects of this type that may be created in a quota period. */
  public @Nullable Long quotaLimit() {
    return quotaLimit;
  }

  /** The number of objects that may still be created in this quota period. */
  public @Nullable Long quotaRemaining() {
    return quotaRemaining;
  }

  /** The time in seconds until the next quota period starts. */
  public @Nullable Long quotaResetSeconds() {
    return quotaResetSeconds;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof RateLimits that
        && Objects.equals(limit, that.limit)
        && Objects.equals(remaining, that.remaining)
        && Objects.equals(resetSeconds, that.resetSeconds)
        && Objects.equals(quotaLimit, that.quotaLimit)
        && Objects.equals(quotaRemaining, that.quotaRemaining)
        && Objects.equals(quotaResetSeconds, that.quotaResetSeconds);
  }

  @Override
  public int hashCode() {
    return Objects.hash(
        limit, remaining, resetSeconds, quotaLimit, quotaRemaining, quotaResetSeconds);
  }

  @Override
  public String toString() {
    return "RateLimits{limit="
        + limit
        + ", remaining="
        + remaining
        + ", resetSeconds="
        + resetSeconds
        + ", quotaLimit="
        + quotaLimit
        + ", quotaRemaining="
        + quotaRemaining
        + ", quotaResetSeconds="
        + quotaResetSeconds
        + '}';
  }

  private static @Nullable Long number(Headers headers, String name) {
    String value = headers.get(name);
    if (value == null) {
      return null;
    }
    try {
      long number = Long.parseLong(value.trim());
      return number < 0 ? null : number;
    } catch (NumberFormatException e) {
      // An invalid header must not hide the error of the response.
      return null;
    }
  }
}
