package io.github.persona4j.resource;

/** What several tests need. */
final class Tests {
  private Tests() {}

  /** Returns null where the compiler would not allow it. */
  @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
  static <T> T none() {
    return null;
  }
}
