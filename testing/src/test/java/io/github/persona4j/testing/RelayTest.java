package io.github.persona4j.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.persona4j.testing.TestClient.TestResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import javax.crypto.Cipher;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RelayTest {
  private static final int HASH = 48;

  private final FakePersona persona = FakePersona.start();
  private final TestClient client = new TestClient(persona);

  @AfterEach
  void close() {
    persona.close();
  }

  private TestResponse postPrivately(String path, String body, String... headers)
      throws IOException {
    String base = persona.baseUrl().replace("/api/v1", "/api/privacy/v1");
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path)).POST(BodyPublishers.ofString(body));
    for (int i = 0; i < headers.length; i += 2) {
      request.setHeader(headers[i], headers[i + 1]);
    }
    return client.send(request);
  }

  private static String member(TestResponse response, String name) {
    return response.json().get(name).getAsString();
  }

  @Test
  void signedToken_isExchangedForAClaimOnce() throws Exception {
    TestResponse relay =
        postPrivately(
            "/relays", "{\"claim-type\":\"age_over18_verified\",\"encryption-key-pem\":null}");
    assertThat(relay.status()).isEqualTo(201);
    String authorization = "PrivateToken token=" + token();
    String path = "/relays/" + member(relay, "relay-token") + "/generate-claim";
    String secret = member(relay, "relay-secret");

    assertThat(postPrivately(path, "").status()).isEqualTo(401);
    assertThat(postPrivately(path, "", "Authorization", authorization).status()).isEqualTo(403);
    TestResponse claim =
        postPrivately(path, "", "Authorization", authorization, "Persona-Relay-Secret", secret);

    assertThat(claim.status()).isEqualTo(200);
    assertThat(claim.json().get("token-consumed").getAsBoolean()).isTrue();
    assertThat(JsonParser.parseString(member(claim, "claim-payload")).getAsJsonObject())
        .isEqualTo(
            JsonParser.parseString(
                "{\"claim_type\":\"age_over18_verified\",\"claim_result\":\"passed\",\"methodology\":[]}"));
    assertThat(
            postPrivately(path, "", "Authorization", authorization, "Persona-Relay-Secret", secret)
                .status())
        .as("the token is consumed")
        .isEqualTo(401);
  }

  @Test
  void tokenWithAnotherSignature_isRejected() throws Exception {
    TestResponse relay =
        postPrivately("/relays", "{\"claim-type\":\"a\",\"encryption-key-pem\":null}");
    String valid = new String(Base64.getUrlDecoder().decode(token()), UTF_8);
    JsonObject token = JsonParser.parseString(valid).getAsJsonObject();
    token.addProperty("token_nonce", "other");

    TestResponse claim =
        postPrivately(
            "/relays/" + member(relay, "relay-token") + "/generate-claim",
            "",
            "Authorization",
            "PrivateToken token="
                + Base64.getUrlEncoder().encodeToString(token.toString().getBytes(UTF_8)),
            "Persona-Relay-Secret",
            member(relay, "relay-secret"));

    assertThat(claim.status()).isEqualTo(401);
  }

  @Test
  void encryptionKey_encryptsTheClaim() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    KeyPair pair = generator.generateKeyPair();
    String pem =
        "-----BEGIN PUBLIC KEY-----\\n"
            + Base64.getEncoder().encodeToString(pair.getPublic().getEncoded())
            + "\\n-----END PUBLIC KEY-----\\n";
    TestResponse relay =
        postPrivately("/relays", "{\"claim-type\":\"a\",\"encryption-key-pem\":\"" + pem + "\"}");
    TestResponse claim =
        postPrivately(
            "/relays/" + member(relay, "relay-token") + "/generate-claim",
            "",
            "Authorization",
            "PrivateToken token=" + token(),
            "Persona-Relay-Secret",
            member(relay, "relay-secret"));

    Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPWithSHA-1AndMGF1Padding");
    cipher.init(Cipher.DECRYPT_MODE, pair.getPrivate());
    byte[] payload = cipher.doFinal(Base64.getDecoder().decode(member(claim, "claim-payload")));
    assertThat(new String(payload, UTF_8)).contains("\"claim_result\":\"passed\"");
  }

  @Test
  void passForAnotherKeyOrWithoutAToken_isRejected() throws IOException {
    assertThat(
            client
                .post("/privacy-passes", "{\"blinded-token\":\"AQ==\",\"key-id\":\"other\"}")
                .status())
        .isEqualTo(422);
    String keyId =
        member(postPrivately("/relays/challenge", "{\"claim-type\":\"a\"}"), "token-key-id");
    assertThat(
            client
                .post("/privacy-passes", "{\"blinded-token\":\"\",\"key-id\":\"" + keyId + "\"}")
                .status())
        .isEqualTo(422);
  }

  /** Returns a token that the fake has signed; without blinding, which the signer cannot see. */
  private String token() throws IOException, GeneralSecurityException {
    TestResponse response = postPrivately("/relays/challenge", "{\"claim-type\":\"a\"}");
    JsonObject challenge =
        JsonParser.parseString(
                new String(Base64.getUrlDecoder().decode(member(response, "challenge")), UTF_8))
            .getAsJsonObject();
    RSAPublicKey key =
        (RSAPublicKey)
            KeyFactory.getInstance("RSA")
                .generatePublic(
                    new X509EncodedKeySpec(
                        Base64.getUrlDecoder().decode(member(response, "token-key"))));
    String nonce = "nonce-" + System.nanoTime();
    String keyId = member(response, "token-key-id");
    ByteArrayOutputStream input = new ByteArrayOutputStream();
    input.writeBytes(new byte[] {0, 2});
    for (String part : new String[] {nonce, challenge.get("mac").getAsString(), keyId}) {
      input.writeBytes(MessageDigest.getInstance("SHA-256").digest(part.getBytes(UTF_8)));
    }
    byte[] encoded = encode(input.toByteArray(), key.getModulus().bitLength() - 1);
    assertThat(new BigInteger(1, encoded)).isLessThan(key.getModulus());
    String signature =
        member(
            client.post(
                "/privacy-passes",
                "{\"blinded-token\":\""
                    + Base64.getUrlEncoder().encodeToString(encoded)
                    + "\",\"key-id\":\""
                    + keyId
                    + "\"}"),
            "blind-sig");
    JsonObject token = new JsonObject();
    token.addProperty("token_nonce", nonce);
    token.addProperty("signature", signature);
    token.addProperty("key_id", keyId);
    token.add("challenge", challenge);
    return Base64.getUrlEncoder().encodeToString(token.toString().getBytes(UTF_8));
  }

  /** EMSA-PSS-ENCODE of RFC 8017 with SHA-384 and a salt of 48 bytes, all zero. */
  private static byte[] encode(byte[] message, int bits) throws GeneralSecurityException {
    MessageDigest digest = MessageDigest.getInstance("SHA-384");
    byte[] salt = new byte[HASH];
    digest.update(new byte[8]);
    digest.update(MessageDigest.getInstance("SHA-384").digest(message));
    byte[] hash = digest.digest(salt);
    int length = (bits + 7) / 8;
    byte[] block = new byte[length - HASH - 1];
    block[block.length - HASH - 1] = 1; // and the salt of zeros after it
    byte[] mask = new byte[block.length];
    for (int i = 0, counter = 0; i < mask.length; counter++) {
      digest.update(hash);
      byte[] part = digest.digest(new byte[] {0, 0, 0, (byte) counter});
      for (int j = 0; j < part.length && i < mask.length; j++, i++) {
        mask[i] = part[j];
      }
    }
    byte[] encoded = new byte[length];
    for (int i = 0; i < block.length; i++) {
      encoded[i] = (byte) (block[i] ^ mask[i]);
    }
    encoded[0] &= (byte) (0xFF >> (8 * length - bits));
    System.arraycopy(hash, 0, encoded, block.length, HASH);
    encoded[length - 1] = (byte) 0xBC;
    return encoded;
  }
}
