package io.github.persona4j.testing.internal.access;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import io.github.persona4j.testing.internal.json.StrictJsonParser;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A signed assertion (JWT) with which an application asks for a token. Immutable. */
final class ClientAssertion {
  private static final Duration MAX_AGE = Duration.ofMinutes(5);
  private static final Map<String, String> ALGORITHMS =
      Map.of("RS256", "SHA256withRSA", "ES256", "SHA256withECDSAinP1363Format");

  private final String signed;
  private final byte[] signature;
  private final JsonObject header;
  private final JsonObject claims;

  private ClientAssertion(String signed, byte[] signature, JsonObject header, JsonObject claims) {
    this.signed = signed;
    this.signature = signature;
    this.header = header;
    this.claims = claims;
  }

  /** Reads an assertion; null if it is not one. */
  static @Nullable ClientAssertion parse(String jwt) {
    String[] parts = jwt.split("\\.", -1);
    if (parts.length != 3) {
      return null;
    }
    try {
      return new ClientAssertion(
          parts[0] + '.' + parts[1],
          Base64.getUrlDecoder().decode(parts[2]),
          object(parts[0]),
          object(parts[1]));
    } catch (IllegalArgumentException | IllegalStateException | JsonParseException e) {
      return null;
    }
  }

  private static JsonObject object(String base64) {
    String json = new String(Base64.getUrlDecoder().decode(base64), StandardCharsets.UTF_8);
    return StrictJsonParser.parse(json).getAsJsonObject();
  }

  /** Returns the id of the application; null if the claims {@code iss} and {@code sub} differ. */
  @Nullable String clientId() {
    String issuer = text(claims, "iss");
    return issuer != null && issuer.equals(text(claims, "sub")) ? issuer : null;
  }

  /** Returns the id of the assertion, which is for one use. */
  @Nullable String id() {
    return text(claims, "jti");
  }

  /** Returns what is wrong with the assertion at this time; null if nothing is. */
  @Nullable String error(Instant now) {
    Instant issued = time("iat");
    Instant end = time("exp");
    String algorithm = text(header, "alg");
    if (algorithm == null || !ALGORITHMS.containsKey(algorithm)) {
      return "The assertion must be signed with RS256 or ES256.";
    }
    if (clientId() == null) {
      return "The claims iss and sub must be the client id.";
    }
    if (id() == null || text(claims, "aud") == null) {
      return "The claims jti and aud are required.";
    }
    if (issued == null || end == null) {
      return "The claims iat and exp are required.";
    }
    if (!now.isBefore(end) || now.isAfter(issued.plus(MAX_AGE))) {
      return "The assertion has expired.";
    }
    return null;
  }

  /** Returns whether the key belongs to the one that signed. */
  boolean isSignedBy(PublicKey key) {
    try {
      Signature verifier = Signature.getInstance(ALGORITHMS.get(text(header, "alg")));
      verifier.initVerify(key);
      verifier.update(signed.getBytes(StandardCharsets.US_ASCII));
      return verifier.verify(signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private @Nullable Instant time(String claim) {
    JsonElement value = claims.get(claim);
    return value instanceof JsonPrimitive seconds && seconds.isNumber()
        ? Instant.ofEpochSecond(seconds.getAsLong())
        : null;
  }

  private static @Nullable String text(JsonObject object, String name) {
    return object.get(name) instanceof JsonPrimitive value && value.isString()
        ? value.getAsString()
        : null;
  }
}
