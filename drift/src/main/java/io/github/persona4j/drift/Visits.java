package io.github.persona4j.drift;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which pairs of schemas were compared. A pair without a difference is compared once. A pair that
 * contains itself is equal if the rest of it is.
 */
final class Visits {
  /** At how many places of the same body a pair with differences is compared. */
  private static final int MOST = 200;

  /** How often all pairs with differences are compared again within the same body. */
  private static final int MOST_REPEATS = 5_000;

  /** A pair of schemas, equal by identity, in a kind of place. */
  record Key(Schema old, Schema now, Site.Kind kind) {}

  /** A comparison that is not finished; lowest is the outermost one that it depends on. */
  private static final class Frame {
    final int depth;
    final int findings;
    final int assumed;
    int lowest;

    Frame(int depth, int findings, int assumed) {
      this.depth = depth;
      this.findings = findings;
      this.assumed = assumed;
      this.lowest = depth;
    }
  }

  private final Deque<Frame> frames = new ArrayDeque<>();
  private final Map<Key, Integer> open = new HashMap<>();
  private final Set<Key> same = new HashSet<>();
  private final Map<Key, Integer> times = new HashMap<>();
  private int repeats;

  /** Pairs without a difference of their own, with the outermost pair that they depend on. */
  private final Map<Key, Integer> assumed = new HashMap<>();

  private final List<Key> assumedInOrder = new ArrayList<>();

  /** Returns whether to compare the pair, after which {@link #leave} must be called. */
  boolean enter(Key key, int findings) {
    if (same.contains(key)) {
      return false;
    }
    Integer outer = open.containsKey(key) ? open.get(key) : assumed.get(key);
    Frame frame = frames.peek();
    if (outer != null && frame != null) {
      frame.lowest = Math.min(frame.lowest, outer);
      return false;
    }
    if (frame == null) {
      times.clear();
      repeats = 0;
    }
    int visits = times.merge(key, 1, Integer::sum);
    if (visits > 1 && (visits > MOST || ++repeats > MOST_REPEATS)) {
      return false;
    }
    frames.push(new Frame(frames.size(), findings, assumedInOrder.size()));
    open.put(key, frames.size() - 1);
    return true;
  }

  /** Ends the comparison of the pair. */
  void leave(Key key, int findings) {
    Frame frame = frames.pop();
    open.remove(key);
    boolean equal = findings == frame.findings;
    if (frame.lowest == frame.depth) {
      List<Key> inner = assumedInOrder.subList(frame.assumed, assumedInOrder.size());
      inner.forEach(assumed::remove);
      if (equal) {
        same.addAll(inner);
        same.add(key);
      }
      inner.clear();
      return;
    }
    if (equal) {
      assumed.put(key, frame.lowest);
      assumedInOrder.add(key);
    }
    Frame outer = frames.peek();
    if (outer != null) {
      outer.lowest = Math.min(outer.lowest, frame.lowest);
    }
  }
}
