package io.github.persona4j.request;

import java.util.Objects;

/**
 * What may be sent as the value of a header. OkHttp refuses other texts too, but shows them in its
 * messages, and a value may be secret.
 */
public final class HeaderValue {
  private HeaderValue() {}

  /**
   * For generated code: looks at an argument that becomes the value of a header.
   *
   * @param argument its name
   * @throws IllegalArgumentException if it is blank or not printable ASCII; the message does not
   *     show it
   */
  public static void check(String argument, String value) {
    if (Objects.requireNonNull(value, argument).isBlank()) {
      throw new IllegalArgumentException(argument + " must not be blank");
    }
    // A stream would load 20 classes before the first call.
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c < ' ' || c >= 0x7f) {
        throw new IllegalArgumentException(argument + " must be printable ASCII");
      }
    }
  }
}
