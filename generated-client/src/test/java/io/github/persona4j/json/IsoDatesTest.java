package io.github.persona4j.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The fast path and the parser of the JDK accept the same strings with the same results. */
class IsoDatesTest {
  private static final long SEED = 31_536_000;
  private static final int STRINGS = Fuzz.times(120_000);
  private static final List<String> OFFSETS =
      List.of(
          "Z",
          "z",
          "+00:00",
          "-00:00",
          "+05:30",
          "-11:45",
          "+14:00",
          "+18:00",
          "-18:00",
          "+18:01",
          "+19:00",
          "+17:59",
          "+05:60",
          "+05:30:15",
          "-05:30:15",
          "+05",
          "+0530",
          "+5:30",
          "",
          "ZZ",
          "+05:30[Europe/Paris]",
          "UTC",
          " Z");
  private static final String CHARACTERS = "0123456789-+:.,TtZz /\u0664\uff11";

  @Test
  void randomStrings_bothParsers_agree() {
    Random random = new Random(SEED);
    int accepted = 0;
    for (int i = 0; i < STRINGS; i++) {
      String text = text(random);
      boolean isDate = text.length() < 12;
      if (random.nextInt(4) == 0) {
        text = mutated(random, text);
      }
      // Dates, timestamps, and strings that both parsers accept.
      boolean both = i % 20 == 0;
      boolean valid = (isDate || both) && checkDate(text, i);
      valid |= (!isDate || both) && checkDateTime(text, i);
      accepted += valid ? 1 : 0;
    }
    // Enough of both, otherwise the test proves little.
    assertThat(accepted).isBetween(STRINGS / 4, STRINGS * 3 / 4);
  }

  private static boolean checkDate(String text, int number) {
    LocalDate date = parsed(LocalDate::parse, text);
    if (IsoDates.isDate(text) != (date != null)
        || (date != null && !date.equals(IsoDates.date(text)))) {
      throw new AssertionError("seed " + SEED + ", no. " + number + ": " + text + " is " + date);
    }
    return date != null;
  }

  private static boolean checkDateTime(String text, int number) {
    OffsetDateTime timestamp = parsed(OffsetDateTime::parse, text);
    if (IsoDates.isDateTime(text) != (timestamp != null)
        || (timestamp != null && !timestamp.equals(IsoDates.dateTime(text)))) {
      throw new AssertionError(
          "seed " + SEED + ", no. " + number + ": " + text + " is " + timestamp);
    }
    return timestamp != null;
  }

  private static <T> @Nullable T parsed(Function<String, T> parser, String text) {
    try {
      return parser.apply(text);
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2025-12-08",
        "2025-02-29",
        "2024-02-29",
        "1900-02-29",
        "2000-02-29",
        "0000-01-01",
        "-0001-01-01",
        "+12025-01-01",
        "12025-01-01",
        "2025-1-1",
        "20251208",
        "2025-12-08T10:15:30Z",
        "2025-12-08T10:15Z",
        "2025-12-08T10Z",
        "2025-12-08t10:15:30z",
        "2025-12-08 10:15:30Z",
        "2016-12-31T23:59:60Z",
        "2016-12-31T23:59:59.999999999Z",
        "2025-12-08T24:00:00Z",
        "2025-12-08T23:60:00Z",
        "2025-12-08T10:15:30.Z",
        "2025-12-08T10:15:30.1234567890Z",
        "2025-12-08T10:15:30,123Z",
        "2025-12-08T10:15:30.000+18:00",
        "2025-12-08T10:15:30.000-18:00",
        "2025-12-08T10:15:30-00:00",
        "2025-12-08T10:15:30+05",
        "2025-12-08T10:15:30",
        "2025-12-08T10:15:30Z ",
        "+999999999-12-31T23:59:59-18:00",
        "2025-12-08T10:15:30\uff3a",
        "\u0662025-12-08"
      })
  void notableString_bothParsers_agree(String text) {
    checkDate(text, 0);
    checkDateTime(text, 0);
  }

  @Test
  void stringThatIsNotADate_read_throwsAsTheJdkDoes() {
    assertThatThrownBy(() -> IsoDates.date("2025-02-29"))
        .isInstanceOf(DateTimeParseException.class);
    assertThatThrownBy(() -> IsoDates.dateTime("2016-12-31T23:59:60Z"))
        .isInstanceOf(DateTimeParseException.class);
  }

  @Test
  void timestamps_formatted_areReadAgain() {
    Random random = new Random(SEED);
    for (int i = 0; i < 10_000; i++) {
      OffsetDateTime timestamp =
          OffsetDateTime.of(
              random.nextInt(20_000) - 5_000,
              1 + random.nextInt(12),
              1 + random.nextInt(28),
              random.nextInt(24),
              random.nextInt(60),
              random.nextInt(3) == 0 ? 0 : random.nextInt(60),
              random.nextBoolean() ? 0 : random.nextInt(1_000_000_000),
              java.time.ZoneOffset.ofTotalSeconds(random.nextInt(36 * 3600 + 1) - 18 * 3600));
      assertThat(IsoDates.dateTime(IsoDates.format(timestamp)))
          .as("seed %d", SEED)
          .isEqualTo(timestamp);
    }
  }

  private static String text(Random random) {
    int year = random.nextInt(4) == 0 ? 1896 + 4 * random.nextInt(60) : random.nextInt(10_000);
    int month = random.nextInt(20) == 0 ? random.nextInt(20) : 1 + random.nextInt(12);
    int day = random.nextInt(8) == 0 ? 27 + random.nextInt(6) : 1 + random.nextInt(28);
    String date = two(year / 100) + two(year % 100) + "-" + two(month) + "-" + two(day);
    if (random.nextInt(3) == 0) {
      return random.nextInt(20) == 0 ? "+1" + date : date;
    }
    StringBuilder text = new StringBuilder(date).append(random.nextInt(30) == 0 ? 't' : 'T');
    text.append(two(random.nextInt(30) == 0 ? random.nextInt(30) : random.nextInt(24)));
    text.append(':').append(two(random.nextInt(30) == 0 ? 60 : random.nextInt(60)));
    if (random.nextInt(20) > 0) {
      text.append(':').append(two(random.nextInt(20) == 0 ? 60 : random.nextInt(60)));
      int digits = random.nextInt(12);
      if (random.nextBoolean() || digits > 9) {
        text.append('.');
        for (int i = 0; i < digits; i++) {
          text.append((char) ('0' + random.nextInt(10)));
        }
      }
    }
    String offset = OFFSETS.get(random.nextInt(random.nextBoolean() ? 8 : OFFSETS.size()));
    return text.append(random.nextInt(3) == 0 ? offset : "Z").toString();
  }

  private static String two(int number) {
    return number < 10 ? "0" + number : Integer.toString(number);
  }

  private static String mutated(Random random, String text) {
    StringBuilder mutated = new StringBuilder(text);
    int at = random.nextInt(text.length());
    char c = CHARACTERS.charAt(random.nextInt(CHARACTERS.length()));
    switch (random.nextInt(4)) {
      case 0 -> mutated.setCharAt(at, c);
      case 1 -> mutated.deleteCharAt(at);
      case 2 -> mutated.insert(at, c);
      default -> mutated.setLength(at);
    }
    return mutated.toString();
  }
}
