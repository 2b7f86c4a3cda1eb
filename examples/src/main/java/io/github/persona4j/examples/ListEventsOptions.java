package io.github.persona4j.examples;

import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The options of {@link ListEvents}.
 *
 * @param limit the maximum number of events
 * @param name the event names to list, separated by commas; null lists all
 * @param after the cursor after which to start; null starts with the newest event
 */
record ListEventsOptions(
    int pageSize,
    long limit,
    @Nullable String name,
    @Nullable String after,
    int fakeEvents,
    boolean help) {

  static final String USAGE =
      """
      Lists the events of a Persona environment, newest first: id, name, time.

        --page-size N    events per request, 1 to 100 (default 100)
        --limit N        maximum number of events (default: all)
        --name NAME      only events with this name, such as inquiry.approved, or a list with commas
        --after CURSOR   start after this event
        --fake-events N  number of events of the fake (default 200)
        --help           show this help

      The environment variable PERSONA_API_KEY is the API key; without it, a fake is used.
      PERSONA_BASE_URL is another base URL of the API.
      """;

  private static final int MAX_FAKE_EVENTS = 1_000_000;

  /**
   * Parses {@code --option value} and {@code --option=value}. The last value of an option wins.
   *
   * @throws UsageException with the option and the violated rule
   */
  static ListEventsOptions parse(List<String> arguments) {
    int pageSize = 100;
    long limit = Long.MAX_VALUE;
    String name = null;
    String after = null;
    int fakeEvents = 200;
    boolean help = false;
    for (Iterator<String> rest = arguments.iterator(); rest.hasNext(); ) {
      String argument = rest.next();
      int equals = argument.indexOf('=');
      String option = equals < 0 ? argument : argument.substring(0, equals);
      Value value = new Value(option, equals < 0 ? null : argument.substring(equals + 1), rest);
      switch (option) {
        case "--page-size" -> pageSize = (int) value.number(1, 100);
        case "--limit" -> limit = value.number(0, Long.MAX_VALUE);
        case "--name" -> name = value.string();
        case "--after" -> after = value.string();
        case "--fake-events" -> fakeEvents = (int) value.number(0, MAX_FAKE_EVENTS);
        case "--help" -> help = true;
        // Other arguments are not in the message, since one may be a misplaced key.
        default ->
            throw new UsageException(
                option.startsWith("--")
                    ? "there is no option " + option + "; --help lists them"
                    : "every argument must be the value of an option; --help lists them");
      }
    }
    return new ListEventsOptions(pageSize, limit, name, after, fakeEvents, help);
  }

  /** The value of an option, which may be the next argument. */
  private record Value(String option, @Nullable String given, Iterator<String> rest) {
    String string() {
      String string = given;
      if (string == null && rest.hasNext()) {
        string = rest.next();
      }
      if (string == null || string.isBlank() || string.startsWith("--")) {
        throw new UsageException(option + " needs a value");
      }
      return string;
    }

    long number(long min, long max) {
      String string = string();
      try {
        long number = Long.parseLong(string);
        if (number >= min && number <= max) {
          return number;
        }
      } catch (NumberFormatException e) {
        // Rejected below, like a number out of range.
      }
      String range =
          max == Long.MAX_VALUE ? " of " + min + " or more" : " from " + min + " to " + max;
      throw new UsageException(option + " must be an integer" + range);
    }
  }
}
