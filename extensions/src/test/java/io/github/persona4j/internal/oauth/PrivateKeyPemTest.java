package io.github.persona4j.internal.oauth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.persona4j.OAuthCredentials;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Private keys in PEM, and texts that are none. */
class PrivateKeyPemTest {
  private static PrivateKey key(String algorithm) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
    generator.initialize(algorithm.equals("RSA") ? 2048 : 256);
    return generator.generateKeyPair().getPrivate();
  }

  private static String pem(String label, byte[] content) {
    return "-----BEGIN "
        + label
        + "-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content)
        + "\n-----END "
        + label
        + "-----\n";
  }

  @ParameterizedTest
  @ValueSource(strings = {"RSA", "EC"})
  void pkcs8_isRead(String algorithm) throws Exception {
    PrivateKey key = key(algorithm);
    String pem = pem("PRIVATE KEY", key.getEncoded());
    for (String text :
        new String[] {
          pem,
          "\ufeff" + pem,
          "Bag Attributes\n" + pem + "\n",
          pem.replace("\n", "\r\n"),
          pem.replace("\n", " ").strip(),
          " \n" + pem.strip()
        }) {
      assertThat(PrivateKeyPem.read(text)).isEqualTo(key);
    }
    assertThat(OAuthCredentials.clientCredentials("client_1", pem))
        .hasToString("OAuthCredentials{clientId=client_1, scopes=[]}");
  }

  @ParameterizedTest
  @CsvSource({
    "RSA PRIVATE KEY, 'must be in the format PKCS #8, but it is in an older one; convert it with:'",
    "EC PRIVATE KEY, 'must be in the format PKCS #8, but it is in an older one; convert it with:'",
    "EC PARAMETERS, 'must be in the format PKCS #8, but it is in an older one; convert it with:'",
    "ENCRYPTED PRIVATE KEY, 'must not be encrypted; convert it with:'",
    "PUBLIC KEY, 'must be the private key, but it is a public one'",
    "CERTIFICATE, 'must be the private key, but it is a public one'",
    "OPENSSH PRIVATE KEY, must be a private key in the format PKCS #8",
    "PRIVATE KEY, must be a complete RSA or EC key",
  })
  void otherFormats_areNamedButNotShown(String label, String rule) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PrivateKeyPem.read(pem(label, "s3cret-s3cret".getBytes(UTF_8))))
        .withMessageStartingWith("privateKeyPem " + rule)
        .withMessageNotContaining("s3cret")
        .withMessageNotContaining("czNjcmV0")
        .withNoCause();
  }

  @ParameterizedTest
  @CsvSource({
    "'', must contain the line -----BEGIN PRIVATE KEY-----",
    "s3cret, must contain the line -----BEGIN PRIVATE KEY-----",
    "-----BEGIN PRIVATE KEY-----s3cret, must contain the line -----END PRIVATE KEY-----",
    "-----BEGIN PRIVATE KEY-----s3~cret-----END PRIVATE KEY-----,"
        + " must be Base64 between its first and last line",
  })
  void otherTexts_areNotShown(String text, String rule) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PrivateKeyPem.read(text))
        .withMessage("privateKeyPem " + rule)
        .withNoCause();
  }

  @Test
  void longText_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PrivateKeyPem.read("-----BEGIN ".repeat(10_000)))
        .withMessage("privateKeyPem must have at most 64 KiB");
  }

  @Test
  void damagedKeys_areRefusedOrReadButNeverShown() throws Exception {
    Random random = new Random(15);
    byte[] encoded = key("RSA").getEncoded();
    for (int i = 0; i < 300; i++) {
      byte[] damaged = encoded.clone();
      for (int j = 0; j <= random.nextInt(4); j++) {
        damaged[random.nextInt(60)] = (byte) random.nextInt();
      }
      String pem = pem("PRIVATE KEY", damaged);
      try {
        assertThat(PrivateKeyPem.read(pem)).isNotNull();
      } catch (IllegalArgumentException e) {
        assertThat(e).hasMessage("privateKeyPem must be a complete RSA or EC key").hasNoCause();
      }
    }
  }
}
