package io.github.persona4j.examples;

import io.github.persona4j.error.AuthenticationException;
import io.github.persona4j.error.PersonaException;
import java.io.PrintStream;

/** Reports the result of an example to the shell: one line for a failure, and an exit status. */
final class ExitStatus {
  static final int SUCCESS = 0;
  static final int CALL_FAILED = 1;
  static final int INVALID_USAGE = 2;

  private ExitStatus() {}

  /** Runs an example and returns its exit status. Unexpected exceptions are not caught. */
  static int of(String example, PrintStream err, Runnable program) {
    try {
      program.run();
      return SUCCESS;
    } catch (UsageException e) {
      err.println(example + ": " + e.getMessage());
      return INVALID_USAGE;
    } catch (PersonaException e) {
      err.println(example + ": " + e.getMessage() + advice(e));
      return CALL_FAILED;
    }
  }

  /**
   * Exits the process with a failure status; otherwise it ends by itself, since no threads are
   * running.
   */
  static void exit(int status) {
    if (status != SUCCESS) {
      System.exit(status);
    }
  }

  private static String advice(PersonaException e) {
    return e instanceof AuthenticationException ? " (check PERSONA_API_KEY)" : "";
  }
}
