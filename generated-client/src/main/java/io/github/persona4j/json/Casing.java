package io.github.persona4j.json;

import java.util.regex.Pattern;

/** The casings of names that the API can send, see {@link JsonType#readAnyCasing}. */
enum Casing {
  /** {@code address-street-1}, as in the description. */
  KEBAB,

  /** {@code addressStreet1}. */
  CAMEL,

  /** {@code address_street_1}. */
  SNAKE;

  // Names such as Content-Type have one form only.
  private static final Pattern CONVERTIBLE = Pattern.compile("[a-z0-9]+([-_][a-z0-9]+)+");

  /** Returns a name of the description in this casing. */
  String of(String name) {
    if (this == KEBAB || !CONVERTIBLE.matcher(name).matches()) {
      return name;
    }
    if (this == SNAKE) {
      return name.replace('-', '_');
    }
    StringBuilder camel = new StringBuilder(name.length());
    boolean upper = false;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c == '-' || c == '_') {
        upper = true;
      } else {
        camel.append(upper && c >= 'a' ? (char) (c - 'a' + 'A') : c);
        upper = false;
      }
    }
    return camel.toString();
  }
}
