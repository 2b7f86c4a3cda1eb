package io.github.persona4j.webhook;

import io.github.persona4j.json.JsonException;
import io.github.persona4j.model.Resource;
import io.github.persona4j.webhook.WebhookHandler.SubjectHandler;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A handler for events with a name.
 *
 * @param pattern the name, in which {@code *} stands for any characters
 * @param names what matches the pattern
 * @param type the class of the resource
 * @param handler is invoked with events of these names about such a resource
 */
record Route<T extends Resource>(
    String pattern, Pattern names, Class<T> type, SubjectHandler<T> handler) {
  static <T extends Resource> Route<T> of(
      String pattern, Class<T> type, SubjectHandler<T> handler) {
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(handler, "handler");
    if (Objects.requireNonNull(pattern, "pattern").isBlank()) {
      throw new IllegalArgumentException("pattern: must not be blank");
    }
    String regex =
        Pattern.compile("\\*")
            .splitAsStream(pattern + "\0") // so that a star at the end counts
            .map(part -> part.replace("\0", ""))
            .map(Pattern::quote)
            .collect(Collectors.joining(".*"));
    return new Route<>(pattern, Pattern.compile(regex, Pattern.DOTALL), type, handler);
  }

  boolean matches(String name) {
    return names.matcher(name).matches();
  }

  /** Handles an event; returns false if its resource is of another class or cannot be read. */
  boolean handle(WebhookEvent event) throws Exception {
    T subject = subject(event);
    if (subject == null) {
      return false;
    }
    handler.handle(event, subject);
    return true;
  }

  private @Nullable T subject(WebhookEvent event) {
    try {
      return event.subject(type).orElse(null);
    } catch (JsonException e) {
      return null; // it is no object, or has no ID
    }
  }
}
