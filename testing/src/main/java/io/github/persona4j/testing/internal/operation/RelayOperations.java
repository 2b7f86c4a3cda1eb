package io.github.persona4j.testing.internal.operation;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import io.github.persona4j.testing.internal.http.ApiFailure;
import io.github.persona4j.testing.internal.json.Json;
import io.github.persona4j.testing.internal.json.StrictJsonParser;
import io.github.persona4j.testing.internal.store.ObjectStore;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Cipher;
import org.jspecify.annotations.Nullable;

/**
 * Anonymous claims: signs blinded tokens with a key of its own, and checks the tokens that claims
 * are requested with (RSA blind signatures, RFC 9474). Claims are always passed, as in the sandbox.
 */
final class RelayOperations {
  private static final PSSParameterSpec PSS =
      new PSSParameterSpec("SHA-384", "MGF1", MGF1ParameterSpec.SHA384, 48, 1);
  private static final String SCHEME = "PrivateToken token=";

  private record Relay(String secret, String claimType, @Nullable String encryptionKey) {}

  private static final class Key {
    static final KeyPair PAIR = generate();
    static final String ID = HexFormat.of().formatHex(sha256(PAIR.getPublic().getEncoded()));

    private static KeyPair generate() {
      try {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        return generator.generateKeyPair();
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private final Operations operations;
  private final ObjectStore store;
  private final Map<String, Relay> relays = new ConcurrentHashMap<>();
  private final Set<String> macs = ConcurrentHashMap.newKeySet();
  private final Set<String> consumed = ConcurrentHashMap.newKeySet();

  RelayOperations(Operations operations, ObjectStore store) {
    this.operations = operations;
    this.store = store;
  }

  void register() {
    operations.on("relay.create", this::create);
    operations.on("relay.createChallenge", this::challenge);
    operations.on("relay.createPrivacyPass", this::sign);
    operations.on("relay.generateClaim", this::claim);
  }

  private OperationResult create(OperationCall call) {
    String token = store.newId("relay");
    String secret = store.newId("relaysecret");
    String claimType = Objects.requireNonNull(OperationCall.text(call.body(), "claim-type"));
    relays.put(
        token, new Relay(secret, claimType, OperationCall.text(call.body(), "encryption-key-pem")));
    return OperationResult.document(
        Json.object(
            "relay-secret", secret,
            "relay-session-access-token", store.newId("session"),
            "relay-token", token));
  }

  private OperationResult challenge(OperationCall call) {
    String mac = store.newId("mac");
    macs.add(mac);
    JsonObject challenge =
        Json.object(
            "token_type",
            2,
            "issuer_name",
            "persona.example",
            "origin_info",
            OperationCall.text(call.body(), "claim-type"),
            "expires_at",
            store.now(),
            "mac",
            mac);
    return OperationResult.document(
        Json.object(
            "challenge", base64(challenge.toString().getBytes(StandardCharsets.UTF_8)),
            "token-key", base64(Key.PAIR.getPublic().getEncoded()),
            "token-key-id", Key.ID));
  }

  private OperationResult sign(OperationCall call) {
    if (!Key.ID.equals(OperationCall.text(call.body(), "key-id"))) {
      throw ApiFailure.unprocessable("/key-id", "The key is not that of the challenge.");
    }
    RSAPrivateKey key = (RSAPrivateKey) Key.PAIR.getPrivate();
    byte[] blinded = decoded(OperationCall.text(call.body(), "blinded-token"));
    BigInteger message = new BigInteger(1, blinded);
    if (blinded.length == 0 || message.compareTo(key.getModulus()) >= 0) {
      throw ApiFailure.unprocessable("/blinded-token", "The token is not one of this key.");
    }
    BigInteger signed = message.modPow(key.getPrivateExponent(), key.getModulus());
    return OperationResult.document(
        Json.object(
            "blind-sig", base64(fixedLength(signed, (key.getModulus().bitLength() + 7) / 8))));
  }

  private OperationResult claim(OperationCall call) {
    String authorization = call.request().header("Authorization");
    if (authorization == null || !authorization.startsWith(SCHEME)) {
      throw ApiFailure.titleOnly(401, "Not authenticated");
    }
    Relay relay = relays.get(call.pathParameter("relay-token"));
    if (relay == null) {
      throw ApiFailure.notFound();
    }
    if (!relay.secret.equals(call.request().header("Persona-Relay-Secret"))) {
      throw ApiFailure.titleOnly(403, "Forbidden");
    }
    JsonObject token = token(authorization.substring(SCHEME.length()));
    String nonce = OperationCall.text(token, "token_nonce");
    if (nonce == null || !isSigned(token, nonce) || !consumed.add(nonce)) {
      throw ApiFailure.titleOnly(401, "Not authenticated");
    }
    String payload =
        Json.object(
                "claim_type", relay.claimType, "claim_result", "passed", "methodology", List.of())
            .toString();
    return OperationResult.document(
        Json.object(
            "claim-payload",
            relay.encryptionKey == null ? payload : encrypted(payload, relay.encryptionKey),
            "token-consumed",
            true));
  }

  private static JsonObject token(String text) {
    try {
      JsonElement token = StrictJsonParser.parse(new String(decoded(text), StandardCharsets.UTF_8));
      return token instanceof JsonObject object ? object : new JsonObject();
    } catch (JsonParseException e) {
      return new JsonObject();
    }
  }

  private boolean isSigned(JsonObject token, String nonce) {
    String mac =
        token.get("challenge") instanceof JsonObject challenge
            ? OperationCall.text(challenge, "mac")
            : null;
    String keyId = OperationCall.text(token, "key_id");
    if (mac == null || !macs.contains(mac) || !Key.ID.equals(keyId)) {
      return false;
    }
    ByteArrayOutputStream input = new ByteArrayOutputStream();
    input.writeBytes(new byte[] {0, 2});
    for (String part : List.of(nonce, mac, keyId)) {
      input.writeBytes(sha256(part.getBytes(StandardCharsets.UTF_8)));
    }
    try {
      Signature signature = Signature.getInstance("RSASSA-PSS");
      signature.setParameter(PSS);
      signature.initVerify(Key.PAIR.getPublic());
      signature.update(input.toByteArray());
      return signature.verify(decoded(OperationCall.text(token, "signature")));
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static String encrypted(String payload, String pem) {
    try {
      byte[] der = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
      PublicKey key = KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(der));
      Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPWithSHA-1AndMGF1Padding");
      cipher.init(Cipher.ENCRYPT_MODE, key);
      return Base64.getEncoder()
          .encodeToString(cipher.doFinal(payload.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw ApiFailure.unprocessable("/encryption-key-pem", "The key is not an RSA public key.");
    }
  }

  private static byte[] fixedLength(BigInteger number, int length) {
    byte[] bytes = number.toByteArray();
    byte[] fixed = new byte[length];
    int from = Math.max(0, bytes.length - length);
    System.arraycopy(bytes, from, fixed, length - (bytes.length - from), bytes.length - from);
    return fixed;
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().encodeToString(bytes);
  }

  /** Returns the bytes of Base64 of either alphabet; empty if it is neither. */
  private static byte[] decoded(@Nullable String text) {
    try {
      return text == null
          ? new byte[0]
          : Base64.getUrlDecoder().decode(text.replace('+', '-').replace('/', '_'));
    } catch (IllegalArgumentException e) {
      return new byte[0];
    }
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
