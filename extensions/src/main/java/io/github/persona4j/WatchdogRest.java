package io.github.persona4j;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import okio.AsyncTimeout;

/**
 * Lets Okio's watchdog sleep. It is woken whenever a time limit begins that is to end before all
 * others, and a call that is alone begins one for each write and each read: several switches of
 * threads, a tenth of what a small call costs. One limit that ends sooner than those of calls, and
 * means nothing, keeps it asleep for as long as calls are made. Thread-safe.
 */
final class WatchdogRest extends AsyncTimeout {
  /** Limits of calls that are shorter than this wake the watchdog as they always did. */
  private static final long MILLIS = 5000;

  static final WatchdogRest INSTANCE = new WatchdogRest(MILLIS);

  private final AtomicBoolean running = new AtomicBoolean();
  private volatile boolean wanted;

  WatchdogRest(long millis) {
    timeout(millis, TimeUnit.MILLISECONDS);
  }

  /** A call begins. */
  void want() {
    if (!wanted) { // most often it is; then threads share what they read
      wanted = true;
    }
    if (!running.get() && running.compareAndSet(false, true)) {
      enter();
    }
  }

  boolean isRunning() {
    return running.get();
  }

  @Override
  protected void timedOut() {
    boolean unused = exit();
    if (wanted) {
      wanted = false;
      enter();
    } else {
      running.set(false);
    }
  }
}
