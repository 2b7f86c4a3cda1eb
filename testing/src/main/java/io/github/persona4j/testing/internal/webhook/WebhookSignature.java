package io.github.persona4j.testing.internal.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The value of the header {@code Persona-Signature}. */
public final class WebhookSignature {
  /** The name of the header. */
  public static final String HEADER = "Persona-Signature";

  private static final String ALGORITHM = "HmacSHA256";

  private WebhookSignature() {}

  /** Returns a signature for each secret, separated by spaces. */
  public static String of(List<String> secrets, Instant time, byte[] body) {
    List<String> signatures = new ArrayList<>();
    for (String secret : secrets) {
      signatures.add(of(secret, time.getEpochSecond(), body));
    }
    return String.join(" ", signatures);
  }

  private static String of(String secret, long seconds, byte[] body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
      mac.update((seconds + ".").getBytes(StandardCharsets.US_ASCII));
      return "t=" + seconds + ",v1=" + HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException e) { // every Java platform has it
      throw new IllegalStateException("no " + ALGORITHM, e);
    }
  }
}
