package io.github.persona4j.drift;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.SortedSet;

/**
 * A difference between two descriptions.
 *
 * @param rule the ID of the rule, such as {@code attribute-removed}
 * @param place {@code METHOD /path}, {@code type.attribute} or {@code webhook NAME}
 * @param part what changed there, such as {@code query filter[status]}; may be empty
 * @param from what it was; empty if it was not there
 * @param to what it is; empty if it is gone
 * @param request what it means for requests
 * @param response what it means for responses and webhooks
 * @param touches the Java types and methods of the client that it concerns
 * @param operations for a resource, the operations and webhooks where the difference shows
 */
record Difference(
    String rule,
    String place,
    String part,
    String from,
    String to,
    Verdict request,
    Verdict response,
    SortedSet<String> touches,
    SortedSet<String> operations) {

  Verdict worst() {
    return request.worse(response);
  }

  /**
   * Returns 12 digits that stay the same as long as the rule, the place, the part and both states
   * do.
   */
  String fingerprint() {
    return digest(rule, Description.shapeOfPath(place), part, from, to);
  }

  /** Returns the fingerprint of this change at any place. */
  String group() {
    return digest(rule, part.replaceFirst("^(error|response) [0-9A-Z]+ ", "$1 "), from, to);
  }

  private static String digest(String... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] bytes = digest.digest(String.join("\n", parts).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(bytes, 0, 6);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns the difference in words. */
  String text() {
    String what = part.isEmpty() ? place : place + ", " + part;
    if (from.isEmpty() && to.isEmpty()) {
      return rule + ": " + what;
    }
    if (from.isEmpty()) {
      return rule + ": " + what + ": " + to;
    }
    return rule + ": " + what + ": " + from + (to.isEmpty() ? "" : " -> " + to);
  }
}
