package io.github.persona4j.request;

import io.github.persona4j.json.OpenValue;
import org.jspecify.annotations.Nullable;

/**
 * What may be sent as the value of a header. OkHttp refuses other texts too, but shows them in its
 * messages, and a value may be secret.
 */
public final class HeaderValue {
  private HeaderValue() {}

  /**
   * The text of a value, checked.
   *
   * @param argument its name
   * @throws IllegalArgumentException as of {@link #check}
   */
  public static String of(String argument, Object value) {
    String text = value instanceof OpenValue open ? open.value() : value.toString();
    check(argument, text);
    return text;
  }

  /**
   * For generated code: looks at an argument that becomes the value of a header.
   *
   * @param argument its name
   * @throws IllegalArgumentException if it is null, blank or not printable ASCII; the message does
   *     not show it
   */
  public static void check(String argument, @Nullable String value) {
    String text = UrlArgument.present(argument, value);
    if (text.isBlank()) {
      throw new IllegalArgumentException(argument + " must not be blank");
    }
    // A stream would load 20 classes before the first call.
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c >= 0x7f) {
        throw new IllegalArgumentException(argument + " must be printable ASCII");
      }
    }
  }
}
