package io.github.persona4j.drift;

import java.util.Locale;

/** What a difference means for users of the client, from harmless to harmful. */
enum Verdict {
  /** It does not concern the direction. */
  NONE,
  /** The client keeps what it does not know, or the difference changes nothing for it. */
  TOLERATED,
  /** Calls work, but the types of the client do not know it. */
  NEEDS_RELEASE,
  /** Calls that worked fail, or return other data than before. */
  BREAKING;

  Verdict worse(Verdict other) {
    return compareTo(other) >= 0 ? this : other;
  }

  /** Returns the words for people. */
  String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
