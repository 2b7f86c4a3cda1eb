package io.github.persona4j;

import java.util.HashSet;
import java.util.Set;

/**
 * The threads that run calls of clients. Threads that existed before are ignored: they may belong
 * to earlier tests.
 */
final class ClientThreads {
  private final Set<Thread> before = alive();

  /** The threads that were started after this object was created and are still alive. */
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

  /** OkHttp names a thread after the host of the call while it runs the call. */
  static boolean runsCalls(String name) {
    return name.equals("persona4j") || name.startsWith("OkHttp http");
  }
}
