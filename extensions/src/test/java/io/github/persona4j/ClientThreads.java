package io.github.persona4j;

import java.util.HashSet;
import java.util.Set;

/**
 * The threads that run calls of clients. Each test looks only at those that came during it: others
 * may have left some, which end when they will.
 */
final class ClientThreads {
  private final Set<Thread> before = alive();

  /** Those that were started since this object was made, and have not ended. */
  Set<Thread> started() {
    Set<Thread> started = alive();
    started.removeAll(before);
    return started;
  }

  private static Set<Thread> alive() {
    Set<Thread> threads = new HashSet<>(Thread.getAllStackTraces().keySet());
    threads.removeIf(thread -> !runsCalls(thread.getName()));
    return threads;
  }

  /** OkHttp gives a thread the address of the call's host as name while it works on one. */
  static boolean runsCalls(String name) {
    return name.equals("persona4j") || name.startsWith("OkHttp http");
  }
}
