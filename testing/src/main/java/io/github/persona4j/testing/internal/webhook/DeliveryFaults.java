package io.github.persona4j.testing.internal.webhook;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Faults of the next deliveries. Thread-safe. */
public final class DeliveryFaults {
  private int duplicates;
  private int lostResponses;
  private int wrongSignatures;
  private int held;
  private final List<Runnable> waiting = new ArrayList<>();

  /** Makes each of the next deliveries arrive twice. */
  public synchronized void duplicateNext(int deliveries) {
    duplicates += deliveries;
  }

  /** Sends the next attempts, but treats their responses as lost. */
  public synchronized void loseNextResponses(int attempts) {
    lostResponses += attempts;
  }

  /** Signs the next attempts with another secret. */
  public synchronized void missignNext(int attempts) {
    wrongSignatures += attempts;
  }

  /** Holds the next deliveries until there are so many, and then sends them newest first. */
  public synchronized void reverseNext(int deliveries) {
    held += deliveries;
  }

  synchronized boolean takeDuplicate() {
    return duplicates > 0 && duplicates-- > 0;
  }

  synchronized boolean takeLostResponse() {
    return lostResponses > 0 && lostResponses-- > 0;
  }

  synchronized boolean takeWrongSignature() {
    return wrongSignatures > 0 && wrongSignatures-- > 0;
  }

  /** Returns the deliveries to send now, in this order, after a new one. */
  synchronized List<Runnable> order(Runnable delivery) {
    if (held == 0) {
      return List.of(delivery);
    }
    held--;
    waiting.add(delivery);
    if (held > 0) {
      return List.of();
    }
    List<Runnable> reversed = new ArrayList<>(waiting);
    Collections.reverse(reversed);
    waiting.clear();
    return reversed;
  }
}
