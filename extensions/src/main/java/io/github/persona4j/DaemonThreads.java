package io.github.persona4j;

import java.util.concurrent.ThreadFactory;

/** The threads of a client: a program that forgets to close it ends all the same. */
final class DaemonThreads implements ThreadFactory {
  @Override
  public Thread newThread(Runnable task) {
    Thread thread = new Thread(task, "persona4j");
    thread.setDaemon(true);
    return thread;
  }
}
