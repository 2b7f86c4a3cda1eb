package io.github.persona4j.testing.internal.description;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** The names of events that the description has. */
public final class EventNames {
  private static final String FILE = "/io/github/persona4j/testing/event-names.txt";

  private static final class Holder {
    static final List<String> NAMES = read();
    static final Set<String> SET = Set.copyOf(NAMES);
  }

  private EventNames() {}

  /** Returns whether there is an event of this name, such as {@code account.redacted}. */
  public static boolean contains(String name) {
    return Holder.SET.contains(name);
  }

  /** Returns all names in the order of the file; unmodifiable. */
  public static List<String> all() {
    return Holder.NAMES;
  }

  private static List<String> read() {
    try (InputStream in = EventNames.class.getResourceAsStream(FILE)) {
      return new String(
              Objects.requireNonNull(in, FILE + " is missing").readAllBytes(),
              StandardCharsets.UTF_8)
          .lines()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
