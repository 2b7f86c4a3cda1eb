package io.github.persona4j.internal.oauth;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads private keys in PEM (RFC 7468). No message contains a part of the text. */
public final class PrivateKeyPem {
  private static final int MAX_LENGTH = 64 * 1024;
  private static final Pattern BEGIN =
      Pattern.compile("-----BEGIN ((?:[A-Z0-9]{1,20} ){0,4}[A-Z0-9]{1,20})-----");
  private static final String CONVERT =
      "; convert it with: openssl pkcs8 -topk8 -nocrypt -in key.pem -out pkcs8.pem";

  private PrivateKeyPem() {}

  /**
   * Reads an RSA or EC key in PKCS #8.
   *
   * @throws IllegalArgumentException if the text is not one
   */
  public static PrivateKey read(String pem) {
    if (pem.length() > MAX_LENGTH) {
      throw refused("must have at most 64 KiB");
    }
    Matcher begin = BEGIN.matcher(pem);
    if (!begin.find()) {
      throw refused("must contain the line -----BEGIN PRIVATE KEY-----");
    }
    String label = begin.group(1);
    switch (label) {
      case "PRIVATE KEY" -> {}
      case "ENCRYPTED PRIVATE KEY" -> throw refused("must not be encrypted" + CONVERT);
      case "RSA PRIVATE KEY", "EC PRIVATE KEY", "DSA PRIVATE KEY", "EC PARAMETERS" ->
          throw refused("must be in the format PKCS #8, but it is in an older one" + CONVERT);
      case "PUBLIC KEY", "RSA PUBLIC KEY", "CERTIFICATE" ->
          throw refused("must be the private key, but it is a public one");
      default -> throw refused("must be a private key in the format PKCS #8");
    }
    int end = pem.indexOf("-----END PRIVATE KEY-----", begin.end());
    if (end < 0) {
      throw refused("must contain the line -----END PRIVATE KEY-----");
    }
    String base64 = pem.substring(begin.end(), end).replaceAll("[ \\t\\r\\n]", "");
    PKCS8EncodedKeySpec encoded;
    try {
      encoded = new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64));
    } catch (IllegalArgumentException e) {
      throw refused("must be Base64 between its first and last line");
    }
    for (String algorithm : new String[] {"RSA", "EC"}) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(encoded);
      } catch (GeneralSecurityException | RuntimeException e) {
        // A key of the other algorithm, or none. The message could show a part of it.
      }
    }
    throw refused("must be a complete RSA or EC key");
  }

  private static IllegalArgumentException refused(String rule) {
    return new IllegalArgumentException("privateKeyPem " + rule);
  }
}
