package io.github.persona4j.json;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;

/**
 * Reads and writes ISO-8601 dates and timestamps: a fast path for the formats that the API sends,
 * and the parser of the JDK for others, with the same result.
 */
final class IsoDates {
  private static final int DATE_LENGTH = 10;
  private static final int SECONDS_END = 19;
  private static final int MAX_FRACTION = 9;

  private IsoDates() {}

  static boolean isDate(String string) {
    if (isPlainDate(string) && string.length() == DATE_LENGTH) {
      return true;
    }
    try {
      return LocalDate.parse(string) != null;
    } catch (DateTimeParseException e) {
      return false;
    }
  }

  static boolean isDateTime(String string) {
    if (isPlainDateTime(string)) {
      return true;
    }
    try {
      return OffsetDateTime.parse(string) != null;
    } catch (DateTimeParseException e) {
      return false;
    }
  }

  static LocalDate date(String string) {
    return isPlainDate(string) && string.length() == DATE_LENGTH
        ? LocalDate.of(number(string, 0, 4), number(string, 5, 7), number(string, 8, 10))
        : LocalDate.parse(string);
  }

  static OffsetDateTime dateTime(String string) {
    if (!isPlainDateTime(string)) {
      return OffsetDateTime.parse(string);
    }
    int end = fractionEnd(string);
    int nanos = 0;
    if (end > SECONDS_END) {
      nanos = number(string, SECONDS_END + 1, end);
      for (int digits = end - SECONDS_END - 1; digits < MAX_FRACTION; digits++) {
        nanos *= 10;
      }
    }
    ZoneOffset offset = ZoneOffset.UTC;
    if (string.charAt(end) != 'Z') {
      int minutes = number(string, end + 1, end + 3) * 60 + number(string, end + 4, end + 6);
      offset = ZoneOffset.ofTotalSeconds((string.charAt(end) == '-' ? -60 : 60) * minutes);
    }
    return OffsetDateTime.of(
        number(string, 0, 4),
        number(string, 5, 7),
        number(string, 8, 10),
        number(string, 11, 13),
        number(string, 14, 16),
        number(string, 17, 19),
        nanos,
        offset);
  }

  /** Formats a timestamp for the API, always with seconds. */
  static String format(OffsetDateTime value) {
    return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(value);
  }

  /** Returns whether a string begins with a valid date in the usual format. */
  private static boolean isPlainDate(String string) {
    if (string.length() < DATE_LENGTH
        || string.charAt(4) != '-'
        || string.charAt(7) != '-'
        || !areDigits(string, 0, 4)
        || !areDigits(string, 5, 7)
        || !areDigits(string, 8, 10)) {
      return false;
    }
    int month = number(string, 5, 7);
    int day = number(string, 8, 10);
    return month >= 1 && month <= 12 && day >= 1 && day <= daysIn(number(string, 0, 4), month);
  }

  private static boolean isPlainDateTime(String string) {
    if (string.length() <= SECONDS_END
        || !isPlainDate(string)
        || string.charAt(10) != 'T'
        || string.charAt(13) != ':'
        || string.charAt(16) != ':'
        || !areDigits(string, 11, 13)
        || !areDigits(string, 14, 16)
        || !areDigits(string, 17, 19)
        || number(string, 11, 13) > 23
        || number(string, 14, 16) > 59
        || number(string, 17, 19) > 59) {
      return false;
    }
    int end = fractionEnd(string);
    int digits = end - SECONDS_END - 1;
    if (end >= string.length() || (end > SECONDS_END && (digits < 1 || digits > MAX_FRACTION))) {
      return false;
    }
    if (string.charAt(end) == 'Z') {
      return string.length() == end + 1;
    }
    return isPlainOffset(string, end);
  }

  private static boolean isPlainOffset(String string, int start) {
    char sign = string.charAt(start);
    if (string.length() != start + 6
        || (sign != '+' && sign != '-')
        || string.charAt(start + 3) != ':'
        || !areDigits(string, start + 1, start + 3)
        || !areDigits(string, start + 4, start + 6)) {
      return false;
    }
    int hours = number(string, start + 1, start + 3);
    return hours < 18 && number(string, start + 4, start + 6) <= 59;
  }

  /** Returns the end of the fraction, or of the seconds if there is no fraction. */
  private static int fractionEnd(String string) {
    if (string.charAt(SECONDS_END) != '.') {
      return SECONDS_END;
    }
    int end = SECONDS_END + 1;
    while (end < string.length() && isDigit(string.charAt(end))) {
      end++;
    }
    return end;
  }

  private static int daysIn(int year, int month) {
    return switch (month) {
      case 2 -> java.time.Year.isLeap(year) ? 29 : 28;
      case 4, 6, 9, 11 -> 30;
      default -> 31;
    };
  }

  private static boolean areDigits(String string, int start, int end) {
    for (int i = start; i < end; i++) {
      if (!isDigit(string.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static int number(String string, int start, int end) {
    int value = 0;
    for (int i = start; i < end; i++) {
      value = value * 10 + string.charAt(i) - '0';
    }
    return value;
  }
}
