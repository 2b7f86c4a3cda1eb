package io.github.persona4j.webhook;

import io.github.persona4j.webhook.WebhookSignatureException.Reason;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * A timestamp and a signature of the header {@code Persona-Signature}, such as {@code
 * t=1764000000,v1=5257a8...}. While secrets rotate, the header has two of them with a space
 * between.
 *
 * @param timestamp the digits of the time of the signature in Unix seconds
 * @param hash the HMAC-SHA256
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Signature(String timestamp, byte[] hash) {
  private static final int MAX_HEADER_LENGTH = 4096;
  private static final int MAX_SIGNATURES = 8;
  private static final int MAX_DIGITS = 12;
  private static final int HASH_DIGITS = 64;

  /** Returns the signatures of a header; at least one. */
  static List<Signature> parse(String header) {
    if (header.length() > MAX_HEADER_LENGTH) {
      throw malformed();
    }
    List<Signature> signatures = new ArrayList<>(2);
    int position = 0;
    while (position < header.length()) {
      if (isSpace(header.charAt(position))) {
        position++;
        continue;
      }
      int end = position;
      while (end < header.length() && !isSpace(header.charAt(end))) {
        end++;
      }
      if (signatures.size() == MAX_SIGNATURES) {
        throw malformed();
      }
      signatures.add(one(header.substring(position, end)));
      position = end;
    }
    return signatures;
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\t';
  }

  private static Signature one(String pairs) {
    String timestamp = null;
    String hash = null;
    // Several headers of this name are joined with a comma and a space.
    String joined = pairs.endsWith(",") ? pairs.substring(0, pairs.length() - 1) : pairs;
    for (String pair : joined.split(",", -1)) {
      int equals = pair.indexOf('=');
      if (equals <= 0) {
        throw malformed();
      }
      String value = pair.substring(equals + 1);
      switch (pair.substring(0, equals)) {
        case "t" -> {
          if (timestamp != null || !isTimestamp(value)) {
            throw malformed();
          }
          timestamp = value;
        }
        case "v1" -> {
          if (hash != null || value.length() != HASH_DIGITS) {
            throw malformed();
          }
          hash = value;
        }
        default -> {
          // a future scheme, which counts for nothing
        }
      }
    }
    if (timestamp == null || hash == null) {
      throw malformed();
    }
    return new Signature(timestamp, bytes(hash));
  }

  private static boolean isTimestamp(String value) {
    return !value.isEmpty()
        && value.length() <= MAX_DIGITS
        && value.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static byte[] bytes(String hex) {
    try {
      return HexFormat.of().parseHex(hex);
    } catch (IllegalArgumentException e) {
      throw malformed();
    }
  }

  private static WebhookSignatureException malformed() {
    return new WebhookSignatureException(Reason.MALFORMED);
  }

  long seconds() {
    return Long.parseLong(timestamp);
  }
}
