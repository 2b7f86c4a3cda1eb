package io.github.persona4j;

/** How many repeats the calls of a client may spend together; thread-safe. */
final class RetryBudget {
  private static final int EARNING_CALLS = 10;

  // Counted in tenths of a repeat.
  private final int most;
  private int left;

  RetryBudget(int repeats) {
    this.most = repeats * EARNING_CALLS;
    this.left = most;
  }

  synchronized boolean take() {
    if (left < EARNING_CALLS) {
      return false;
    }
    left -= EARNING_CALLS;
    return true;
  }

  synchronized void earn() {
    if (left < most) {
      left++;
    }
  }
}
