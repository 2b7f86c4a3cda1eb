package io.github.persona4j.testing.internal.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.persona4j.testing.internal.json.Json;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientAssertionTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static String unsigned(String algorithm, String claims) {
    String header = Json.object("alg", algorithm, "typ", "JWT").toString();
    return base64(header.getBytes(StandardCharsets.UTF_8))
        + '.'
        + base64(claims.getBytes(StandardCharsets.UTF_8));
  }

  private static String claims(String issuer, String subject, @Nullable Long issued, long end) {
    return Json.object(
            "iss", issuer, "sub", subject, "aud", "a", "jti", "1", "iat", issued, "exp", end)
        .toString();
  }

  private static @Nullable String error(String algorithm, String claims) {
    return Objects.requireNonNull(ClientAssertion.parse(unsigned(algorithm, claims) + ".AA"))
        .error(NOW);
  }

  @ParameterizedTest
  @CsvSource({"RS256,RSA,SHA256withRSA", "ES256,EC,SHA256withECDSAinP1363Format"})
  void signature_isThatOfItsKeyOnly(String algorithm, String keys, String name)
      throws GeneralSecurityException {
    KeyPair pair = KeyPairGenerator.getInstance(keys).generateKeyPair();
    KeyPair other = KeyPairGenerator.getInstance(keys).generateKeyPair();
    long now = NOW.getEpochSecond();
    String signed = unsigned(algorithm, claims("c", "c", now, now + 60));
    Signature signer = Signature.getInstance(name);
    signer.initSign(pair.getPrivate());
    signer.update(signed.getBytes(StandardCharsets.US_ASCII));
    ClientAssertion assertion =
        Objects.requireNonNull(ClientAssertion.parse(signed + '.' + base64(signer.sign())));

    assertThat(assertion.error(NOW)).isNull();
    assertThat(assertion.clientId()).isEqualTo("c");
    assertThat(assertion.id()).isEqualTo("1");
    assertThat(assertion.isSignedBy(pair.getPublic())).isTrue();
    assertThat(assertion.isSignedBy(other.getPublic())).isFalse();
  }

  @Test
  void wrongClaims_areErrors() {
    long now = NOW.getEpochSecond();
    assertThat(error("HS256", claims("c", "c", now, now + 1))).contains("RS256 or ES256");
    assertThat(error("RS256", claims("c", "d", now, now + 1))).contains("iss and sub");
    assertThat(error("RS256", claims("c", "c", null, now + 1))).contains("iat and exp");
    assertThat(error("RS256", claims("c", "c", now, now))).contains("expired");
    assertThat(error("RS256", claims("c", "c", now - 301, now + 1))).contains("expired");
    assertThat(error("RS256", claims("c", "c", now - 300, now + 1))).isNull();
    assertThat(error("RS256", "{\"iss\":\"c\",\"sub\":\"c\"}")).contains("jti and aud");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "a", "a.b", "a.b.c.d", "e30.e30", "e30.W10.AA", "*.e30.AA", "e30.e.AA"})
  void otherText_isNoAssertion(String text) {
    assertThat(ClientAssertion.parse(text)).isNull();
  }
}
