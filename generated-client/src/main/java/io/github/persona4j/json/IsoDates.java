package io.github.persona4j.json;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;

/**
 * Dates in the forms of ISO-8601: a fast path for what the API sends, the JDK's parser for the
 * rest, with the same result.
 */
final class IsoDates {
  private static final int DATE_LENGTH = 10;
  private static final int SECONDS_END = 19;
  private static final int MAX_FRACTION = 9;

  private IsoDates() {}

  static boolean isDate(String text) {
    if (isPlainDate(text) && text.length() == DATE_LENGTH) {
      return true;
    }
    try {
      return LocalDate.parse(text) != null;
    } catch (DateTimeParseException e) {
      return false;
    }
  }

  static boolean isDateTime(String text) {
    if (isPlainDateTime(text)) {
      return true;
    }
    try {
      return OffsetDateTime.parse(text) != null;
    } catch (DateTimeParseException e) {
      return false;
    }
  }

  static LocalDate date(String text) {
    return isPlainDate(text) && text.length() == DATE_LENGTH
        ? LocalDate.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10))
        : LocalDate.parse(text);
  }

  static OffsetDateTime dateTime(String text) {
    if (!isPlainDateTime(text)) {
      return OffsetDateTime.parse(text);
    }
    int end = fractionEnd(text);
    int nanos = 0;
    if (end > SECONDS_END) {
      nanos = number(text, SECONDS_END + 1, end);
      for (int digits = end - SECONDS_END - 1; digits < MAX_FRACTION; digits++) {
        nanos *= 10;
      }
    }
    ZoneOffset offset = ZoneOffset.UTC;
    if (text.charAt(end) != 'Z') {
      int minutes = number(text, end + 1, end + 3) * 60 + number(text, end + 4, end + 6);
      offset = ZoneOffset.ofTotalSeconds((text.charAt(end) == '-' ? -60 : 60) * minutes);
    }
    return OffsetDateTime.of(
        number(text, 0, 4),
        number(text, 5, 7),
        number(text, 8, 10),
        number(text, 11, 13),
        number(text, 14, 16),
        number(text, 17, 19),
        nanos,
        offset);
  }

  /** The form that the API takes, seconds always written. */
  static String format(OffsetDateTime value) {
    return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(value);
  }

  /** Whether a text begins with a date of the usual form that exists in the calendar. */
  private static boolean isPlainDate(String text) {
    if (text.length() < DATE_LENGTH
        || text.charAt(4) != '-'
        || text.charAt(7) != '-'
        || !areDigits(text, 0, 4)
        || !areDigits(text, 5, 7)
        || !areDigits(text, 8, 10)) {
      return false;
    }
    int month = number(text, 5, 7);
    int day = number(text, 8, 10);
    return month >= 1 && month <= 12 && day >= 1 && day <= daysIn(number(text, 0, 4), month);
  }

  private static boolean isPlainDateTime(String text) {
    if (text.length() <= SECONDS_END
        || !isPlainDate(text)
        || text.charAt(10) != 'T'
        || text.charAt(13) != ':'
        || text.charAt(16) != ':'
        || !areDigits(text, 11, 13)
        || !areDigits(text, 14, 16)
        || !areDigits(text, 17, 19)
        || number(text, 11, 13) > 23
        || number(text, 14, 16) > 59
        || number(text, 17, 19) > 59) {
      return false;
    }
    int end = fractionEnd(text);
    int digits = end - SECONDS_END - 1;
    if (end >= text.length() || (end > SECONDS_END && (digits < 1 || digits > MAX_FRACTION))) {
      return false;
    }
    if (text.charAt(end) == 'Z') {
      return text.length() == end + 1;
    }
    return isPlainOffset(text, end);
  }

  private static boolean isPlainOffset(String text, int start) {
    char sign = text.charAt(start);
    if (text.length() != start + 6
        || (sign != '+' && sign != '-')
        || text.charAt(start + 3) != ':'
        || !areDigits(text, start + 1, start + 3)
        || !areDigits(text, start + 4, start + 6)) {
      return false;
    }
    int hours = number(text, start + 1, start + 3);
    return hours < 18 && number(text, start + 4, start + 6) <= 59;
  }

  /** Where the digits of the fraction end, or the seconds where there is none. */
  private static int fractionEnd(String text) {
    if (text.charAt(SECONDS_END) != '.') {
      return SECONDS_END;
    }
    int end = SECONDS_END + 1;
    while (end < text.length() && isDigit(text.charAt(end))) {
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

  private static boolean areDigits(String text, int start, int end) {
    for (int i = start; i < end; i++) {
      if (!isDigit(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static int number(String text, int start, int end) {
    int value = 0;
    for (int i = start; i < end; i++) {
      value = value * 10 + text.charAt(i) - '0';
    }
    return value;
  }
}
