package io.github.persona4j.internal.oauth;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.persona4j.json.JsonValue;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Signs the assertions with which an application proves its identity (RFC 7523): JSON Web Tokens
 * for the client ID as issuer and subject, each with an ID of its own. Immutable and thread-safe.
 */
public final class ClientAssertion {
  // The API accepts assertions that are at most five minutes old.
  private static final Duration LIFETIME = Duration.ofMinutes(4);
  // A server whose clock is behind must not see an assertion of the future.
  private static final Duration CLOCK_SKEW = Duration.ofSeconds(15);
  private static final int MIN_RSA_BITS = 2048;
  private static final BigInteger P256_ORDER =
      new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);

  private final String clientId;
  private final PrivateKey key;
  private final String audience;

  /**
   * A signer.
   *
   * @param key a key that {@link #checkKey} accepts
   * @param audience the URL of the operation that returns the token
   */
  public ClientAssertion(String clientId, PrivateKey key, String audience) {
    this.clientId = clientId;
    this.key = key;
    this.audience = audience;
  }

  /**
   * Checks that a key can sign.
   *
   * @throws IllegalArgumentException if it is neither an RSA key of at least 2048 bits nor an EC
   *     key on the curve P-256
   */
  public static void checkKey(PrivateKey key) {
    boolean usable =
        switch (key.getAlgorithm()) {
          // A key in hardware may not show its size.
          case "RSA" ->
              !(key instanceof RSAKey rsa) || rsa.getModulus().bitLength() >= MIN_RSA_BITS;
          case "EC" -> !(key instanceof ECKey ec) || P256_ORDER.equals(ec.getParams().getOrder());
          default -> false;
        };
    if (!usable) {
      throw new IllegalArgumentException(
          "privateKey must be an RSA key of at least 2048 bits, or an EC key on the curve P-256");
    }
  }

  /**
   * Signs an assertion.
   *
   * @throws IllegalStateException if the key cannot sign
   */
  public String sign(Instant now) {
    boolean rsa = key.getAlgorithm().equals("RSA");
    Instant issued = now.minus(CLOCK_SKEW);
    Map<String, JsonValue> header = new LinkedHashMap<>();
    header.put("alg", JsonValue.of(rsa ? "RS256" : "ES256"));
    header.put("typ", JsonValue.of("JWT"));
    Map<String, JsonValue> claims = new LinkedHashMap<>();
    claims.put("iss", JsonValue.of(clientId));
    claims.put("sub", JsonValue.of(clientId));
    claims.put("aud", JsonValue.of(audience));
    claims.put("jti", JsonValue.of(UUID.randomUUID().toString()));
    claims.put("iat", JsonValue.of(issued.getEpochSecond()));
    claims.put("exp", JsonValue.of(issued.plus(LIFETIME).getEpochSecond()));
    String signed = encoded(header) + '.' + encoded(claims);
    byte[] bytes = signed.getBytes(UTF_8);
    try {
      return signed + '.' + base64(rsa ? sign("SHA256withRSA", bytes) : signWithEcdsa(bytes));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the private key cannot sign an assertion", e);
    }
  }

  /**
   * JSON Web Signature requires the two numbers of ECDSA side by side, which is the format of IEEE
   * P1363. The providers of some hardware modules sign only in Java's default format, DER.
   */
  private byte[] signWithEcdsa(byte[] bytes) throws GeneralSecurityException {
    try {
      return sign("SHA256withECDSAinP1363Format", bytes);
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      return EcdsaSignature.fromDer(sign("SHA256withECDSA", bytes));
    }
  }

  private byte[] sign(String algorithm, byte[] bytes) throws GeneralSecurityException {
    Signature signature = Signature.getInstance(algorithm);
    signature.initSign(key);
    signature.update(bytes);
    return signature.sign();
  }

  private static String encoded(Map<String, JsonValue> json) {
    return base64(JsonValue.of(json).json().getBytes(UTF_8));
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
