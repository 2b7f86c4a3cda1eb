package io.github.persona4j.error;

import io.github.persona4j.json.SafeText;
import io.github.persona4j.model.ErrorObject;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The message for an error status: the call, the status, the codes and pointers of errors, what to
 * do, and the attempts.
 */
final class ErrorMessage {
  private static final int MAX_ERRORS = 3;
  private static final int MAX_TITLE_LENGTH = 100;
  private static final int MAX_DETAILS_LENGTH = 300;
  private static final int MAX_CODE_LENGTH = 64;
  private static final int MAX_POINTER_LENGTH = 200;

  // Words of letters, and short numbers: a key, a date or a longer number is not a plain name.
  private static final String NAME = "[A-Za-z]+\\d{0,2}(?:[_-](?:[A-Za-z]+\\d{0,2}|\\d{1,2}))*";
  private static final Pattern CODE = Pattern.compile("(?!(?:\\D*\\d){4})" + NAME);
  private static final Pattern POINTER =
      Pattern.compile("(?!(?:\\D*\\d){7})(?:/(?:" + NAME + "|\\d{1,3})){1,16}");

  private static final Pattern SECONDS = Pattern.compile("\\d{1,9}");

  private ErrorMessage() {}

  static String of(FailedCall call, List<ErrorObject> errors) {
    int status = Objects.requireNonNull(call.status());
    StringBuilder message =
        new StringBuilder(call.method())
            .append(' ')
            .append(call.shownPath())
            .append(" failed with ")
            .append(status);
    String type = call.contentType();
    if (errors.isEmpty() && type != null && !type.contains("json")) {
      // Of a gateway, for example.
      message.append(" (").append(type.replaceFirst(";.*", "").strip()).append(", not JSON)");
    }
    append(message, " [", distinct(errors, ErrorMessage::place), ", ", "]");
    if (call.showsErrorDetails()) {
      append(message, ": ", distinct(errors, ErrorMessage::details), "; ", "");
    }
    String advice = advice(call, status);
    if (advice != null) {
      message.append("; ").append(advice);
    }
    if (call.requestId() != null) {
      message.append(", request ").append(call.requestId());
    }
    if (call.attempts() > 1) {
      message.append(", ").append(call.attempts()).append(" attempts");
    } else if (status != 401 && status != 403 && !call.isRetried()) {
      message.append(", not retried");
    }
    return message.toString();
  }

  private static void append(
      StringBuilder message, String start, Set<String> texts, String separator, String end) {
    if (texts.isEmpty()) {
      return;
    }
    List<String> shown = new ArrayList<>(texts.stream().limit(MAX_ERRORS).toList());
    if (texts.size() > MAX_ERRORS) {
      shown.add("and " + (texts.size() - MAX_ERRORS) + " more");
    }
    message.append(start).append(String.join(separator, shown)).append(end);
  }

  // A body of 1 MiB may list many errors.
  private static Set<String> distinct(
      List<ErrorObject> errors, Function<ErrorObject, String> text) {
    return errors.stream()
        .map(text)
        .filter(shown -> !shown.isBlank())
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static String place(ErrorObject error) {
    String code = read(error, ErrorObject::code);
    String pointer =
        read(error, e -> e.source() == null ? null : Objects.requireNonNull(e.source()).pointer());
    String shown = code.length() <= MAX_CODE_LENGTH && CODE.matcher(code).matches() ? code : "";
    return pointer.length() <= MAX_POINTER_LENGTH && POINTER.matcher(pointer).matches()
        ? (shown.isEmpty() ? "" : shown + " ") + "at " + pointer
        : shown;
  }

  private static String details(ErrorObject error) {
    String title = SafeText.of(read(error, ErrorObject::title), MAX_TITLE_LENGTH);
    String details = SafeText.of(read(error, ErrorObject::details), MAX_DETAILS_LENGTH);
    return title.isEmpty() || details.isEmpty() ? title + details : title + " (" + details + ")";
  }

  private static String read(ErrorObject error, Function<ErrorObject, @Nullable String> property) {
    try {
      String value = property.apply(error);
      return value == null ? "" : value;
    } catch (RuntimeException e) {
      return ""; // it is not a string
    }
  }

  private static @Nullable String advice(FailedCall call, int status) {
    return switch (status) {
      case 401 -> forAuthentication(call);
      case 403 ->
          isExhausted(call.rateLimits().quotaRemaining())
              ? "the creation quota is exhausted" + resets(call.rateLimits().quotaResetSeconds())
              : "check the permissions of the " + (isAccessToken(call) ? "token" : "API key");
      case 408 -> forTimeout(call);
      case 429 -> forLimits(call);
      default -> null;
    };
  }

  private static @Nullable String forTimeout(FailedCall call) {
    return call.path().endsWith("/reports") && call.changesSomething()
        ? "the report may exist; look for it in the list of reports before you create another one"
        : null;
  }

  private static String forAuthentication(FailedCall call) {
    return switch (call.sentToken()) {
      case SANDBOX_KEY -> "check the API key (a sandbox key is in use)";
      case PRODUCTION_KEY -> "check the API key (a production key is in use)";
      case ACCESS_TOKEN -> "check the access token";
      case UNKNOWN -> "check the API key";
      case NONE ->
          call.path().endsWith("/oauth/token")
              ? "check the ID of the application and its signed assertion"
              : "no API key was sent";
    };
  }

  private static boolean isAccessToken(FailedCall call) {
    return call.sentToken() == FailedCall.SentToken.ACCESS_TOKEN;
  }

  private static String forLimits(FailedCall call) {
    RateLimits limits = call.rateLimits();
    if (isExhausted(limits.quotaRemaining())) {
      return "the creation quota is exhausted" + resets(limits.quotaResetSeconds());
    }
    return "the rate limit is exceeded" + resets(longer(limits.resetSeconds(), call));
  }

  /** The longer of the rest of the window and {@code Retry-After}; null if there is neither. */
  private static @Nullable Long longer(@Nullable Long reset, FailedCall call) {
    String header = call.header("Retry-After");
    if (header == null || !SECONDS.matcher(header).matches()) {
      return reset;
    }
    long seconds = Long.parseLong(header);
    return reset == null ? seconds : Math.max(reset, seconds);
  }

  private static boolean isExhausted(@Nullable Long remaining) {
    return remaining != null && remaining == 0;
  }

  private static String resets(@Nullable Long seconds) {
    return seconds == null ? "" : " and resets in " + seconds + " s";
  }
}
