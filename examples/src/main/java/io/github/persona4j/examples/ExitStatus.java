package io.github.persona4j.examples;

import io.github.persona4j.error.AuthenticationException;
import io.github.persona4j.error.PersonaException;
import java.io.PrintStream;

/** Turns the end of an example into what a shell wants: one line for a failure, and a number. */
final class ExitStatus {
  static final int DONE = 0;
  static final int CALL_FAILED = 1;
  static final int BAD_USAGE = 2;

  private ExitStatus() {}

  /** Runs an example and gives its exit status. A fault of the program itself gets out as it is. */
  static int of(String example, PrintStream err, Runnable work) {
    try {
      work.run();
      return DONE;
    } catch (UsageException e) {
      err.println(example + ": " + e.getMessage());
      return BAD_USAGE;
    } catch (PersonaException e) {
      err.println(example + ": " + e.getMessage() + advice(e));
      return CALL_FAILED;
    }
  }

  /** Ends the process if it failed; otherwise it ends by itself, since nothing is left running. */
  static void leave(int status) {
    if (status != DONE) {
      System.exit(status);
    }
  }

  private static String advice(PersonaException e) {
    return e instanceof AuthenticationException ? " (is PERSONA_API_KEY right?)" : "";
  }
}
