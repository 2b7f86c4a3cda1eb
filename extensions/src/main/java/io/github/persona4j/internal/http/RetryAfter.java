package io.github.persona4j.internal.http;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** The {@code Retry-After} header: a number of seconds or a date (RFC 9110). */
public final class RetryAfter {
  static final String HEADER = "Retry-After";

  /** The maximum value in seconds; more than 31 years. */
  static final long MAX_SECONDS = 999_999_999;

  private RetryAfter() {}

  /**
   * Returns the delay that the server specifies.
   *
   * @param now the current time, used if the response has no {@code Date}
   * @return null if it specifies none
   */
  public static @Nullable Duration of(Response response, Instant now) {
    return of(response.header(HEADER), response.header("Date"), now);
  }

  /**
   * Returns the delay that a server specifies.
   *
   * @param value the value of the header; null if there is none
   * @param dated the value of the header {@code Date}; null if there is none
   * @param now the current time, used without {@code dated}
   * @return null if it specifies none
   */
  public static @Nullable Duration of(@Nullable String value, @Nullable String dated, Instant now) {
    if (value == null) {
      return null;
    }
    Long seconds = seconds(value.trim());
    if (seconds != null) {
      return Duration.ofSeconds(seconds);
    }
    Instant then = date(value.trim());
    if (then == null) {
      return null;
    }
    // Relative to the server's clock if known, because the local clock may be wrong.
    Instant sent = dated == null ? null : date(dated);
    Duration wait = Duration.between(sent == null ? now : sent, then);
    return wait.isNegative() ? Duration.ZERO : Duration.ofSeconds(wait.toSeconds());
  }

  /** The value in seconds, at most {@link #MAX_SECONDS}; null if it is not a number of seconds. */
  static @Nullable Long seconds(String value) {
    if (value.isEmpty() || !value.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return null;
    }
    String digits = value.replaceFirst("^0+(?=.)", "");
    return digits.length() > 9 ? MAX_SECONDS : Long.parseLong(digits);
  }

  private static @Nullable Instant date(String value) {
    try {
      return ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
    } catch (DateTimeParseException e) {
      return null;
    }
  }
}
