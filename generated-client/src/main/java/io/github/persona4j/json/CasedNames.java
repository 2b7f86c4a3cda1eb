package io.github.persona4j.json;

import java.nio.charset.StandardCharsets;

/** The names of the properties of a model in one casing. Thread-safe. */
final class CasedNames {
  private final String[] names;
  private final byte[][] quoted;

  CasedNames(String[] described, Casing casing) {
    this.names = new String[described.length];
    this.quoted = new byte[described.length][];
    for (int i = 0; i < described.length; i++) {
      names[i] = casing.of(described[i]);
      quoted[i] = quoted(names[i]);
    }
  }

  /** Returns the bytes of a name with quotes and colon. */
  static byte[] quoted(String name) {
    return ("\"" + name + "\":").getBytes(StandardCharsets.UTF_8);
  }

  String[] names() {
    return names;
  }

  /** Returns the name of a property, by its position from 1. */
  String name(int position) {
    return names[position - 1];
  }

  /** Returns the bytes of the name of a property with quotes and colon. */
  byte[] quoted(int position) {
    return quoted[position - 1];
  }
}
