package io.github.persona4j.testing.internal.description;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** The names of events that the description has. */
public final class EventNames {
  private static final String FILE = "/io/github/persona4j/testing/event-names.txt";

  private static final class Holder {
    static final Set<String> NAMES = read();
  }

  private EventNames() {}

  /** Returns whether there is an event of this name, such as {@code account.redacted}. */
  public static boolean contains(String name) {
    return Holder.NAMES.contains(name);
  }

  private static Set<String> read() {
    try (InputStream in = EventNames.class.getResourceAsStream(FILE)) {
      return new String(
              Objects.requireNonNull(in, FILE + " is missing").readAllBytes(),
              StandardCharsets.UTF_8)
          .lines()
          .collect(Collectors.toUnmodifiableSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
