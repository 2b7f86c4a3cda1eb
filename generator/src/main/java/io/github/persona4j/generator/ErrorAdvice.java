package io.github.persona4j.generator;

import java.util.Map;

/** What to do about the statuses of errors, in a few words. */
final class ErrorAdvice {
  private static final Map<String, String> ADVICE =
      Map.of(
          "400", "correct the request as {@code errors()} says",
          "401", "check the API key",
          "403", "add the permission to the API key",
          "404", "check the ID, and that the key is of the same environment",
          "408", "call again later; the client has retried what is safe",
          "409", "read the object again, then decide",
          "422", "correct the value to which the pointer in {@code errors()} leads",
          "429", "the client has waited and retried already");

  private ErrorAdvice() {}

  /** Returns the advice as a clause; empty if there is none. */
  static String of(String status) {
    return ADVICE.getOrDefault(status, status.startsWith("5") ? "call again later" : "");
  }

  /** Returns the advice for a page that is not Javadoc, with code in backticks. */
  static String plain(String status) {
    return of(status).replaceAll("\\{@code ([^}]*)}", "`$1`");
  }
}
