package io.github.persona4j.examples;

import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The options of {@link ListEvents}.
 *
 * @param limit the most events to list
 * @param name the event names to keep, separated by commas; null keeps all
 * @param after the cursor to start behind; null starts with the newest event
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

        --page-size N    events in one request, 1 to 100 (default 100)
        --limit N        at most N events (default: all)
        --name NAME      only events of this name, such as inquiry.approved; several with commas
        --after CURSOR   start behind this event
        --fake-events N  how many events the fake holds (default 200)
        --help           this text

      The environment variable PERSONA_API_KEY holds the key; without it a fake API is used.
      PERSONA_BASE_URL holds another address of the API.
      """;

  private static final int MOST_FAKE_EVENTS = 1_000_000;

  /**
   * Reads {@code --option value} and {@code --option=value}; the last of several counts.
   *
   * @throws UsageException with the option and the rule that it breaks
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
        case "--name" -> name = value.text();
        case "--after" -> after = value.text();
        case "--fake-events" -> fakeEvents = (int) value.number(0, MOST_FAKE_EVENTS);
        case "--help" -> help = true;
        // What is no option is not repeated: it could be a key in the wrong place.
        default ->
            throw new UsageException(
                option.startsWith("--")
                    ? "there is no option " + option + "; --help lists them"
                    : "every argument must belong to an option; --help lists them");
      }
    }
    return new ListEventsOptions(pageSize, limit, name, after, fakeEvents, help);
  }

  /** The value of an option, which may be the next argument. */
  private record Value(String option, @Nullable String given, Iterator<String> rest) {
    String text() {
      String text = given;
      if (text == null && rest.hasNext()) {
        text = rest.next();
      }
      if (text == null || text.isBlank() || text.startsWith("--")) {
        throw new UsageException(option + " needs a value");
      }
      return text;
    }

    long number(long least, long most) {
      String text = text();
      try {
        long number = Long.parseLong(text);
        if (number >= least && number <= most) {
          return number;
        }
      } catch (NumberFormatException e) {
        // Answered below, like a number that is out of range.
      }
      String range =
          most == Long.MAX_VALUE ? " of " + least + " or more" : " from " + least + " to " + most;
      throw new UsageException(option + " must be a whole number" + range);
    }
  }
}
