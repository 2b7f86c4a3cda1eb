package io.github.persona4j.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.persona4j.webhook.WebhookSignatureException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookVerifierTest {
  private static final String SECRET = "wbhsec_one";
  private static final String OTHER_SECRET = "wbhsec_two";
  private static final long NOW = 1_764_000_000;
  private static final byte[] BODY = "{\"data\":{}}".getBytes(StandardCharsets.UTF_8);
  private static final String VALID = Signing.header(SECRET, NOW, BODY);

  // The numbers of .ci/full: 1,000,000 headers and 200,000 bodies.
  private static final int FACTOR = Integer.getInteger("persona4j.fuzz.factor", 1);

  private final WebhookVerifier verifier = verifierOf(SECRET);

  private static WebhookVerifier verifierOf(String... secrets) {
    return verifierAt(NOW, secrets);
  }

  private static WebhookVerifier verifierAt(long seconds, String... secrets) {
    return WebhookVerifier.builder()
        .secrets(List.of(secrets))
        .clock(Clock.fixed(Instant.ofEpochSecond(seconds), ZoneOffset.UTC))
        .build();
  }

  private static void assertReason(
      WebhookVerifier verifier, byte[] body, @Nullable String header, Reason reason) {
    assertThatExceptionOfType(WebhookSignatureException.class)
        .isThrownBy(() -> verifier.verify(body, header))
        .returns(reason, WebhookSignatureException::reason);
  }

  static Stream<String[]> knownAnswers() throws IOException {
    try (InputStream table =
        WebhookVerifierTest.class.getResourceAsStream("/webhook/signatures.tsv")) {
      return new String(table.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(line -> line.split("\t", -1));
    }
  }

  @ParameterizedTest
  @MethodSource("knownAnswers")
  void signatureOfAnotherImplementation_isValid(
      String secret, long time, String base64, String hash) {
    byte[] body = Base64.getDecoder().decode(base64);
    String header = "t=" + time + ",v1=" + hash;

    assertThatCode(() -> verifierAt(time, secret).verify(body, header)).doesNotThrowAnyException();
    assertReason(verifierAt(time, secret + "x"), body, header, Reason.NO_MATCH);
    assertThat(Signing.header(secret, time, body)).isEqualTo(header);
  }

  @Test
  void knownAnswers_areRead() throws IOException {
    assertThat(knownAnswers()).hasSize(42);
  }

  @Test
  void validSignature_isAccepted() {
    verifier.verify(BODY, VALID);
  }

  @Test
  void orderOfPairs_doesNotMatter() {
    int comma = VALID.indexOf(',');

    verifier.verify(BODY, VALID.substring(comma + 1) + "," + VALID.substring(0, comma));
  }

  @Test
  void unknownPairs_areIgnored() {
    verifier.verify(BODY, VALID + ",v2=abc");
    verifier.verify(BODY, "v0=," + VALID);
  }

  @Test
  void upperCaseHash_isAccepted() {
    verifier.verify(BODY, "t=" + NOW + ",v1=" + VALID.substring(16).toUpperCase(Locale.ROOT));
  }

  @Test
  void rotation_acceptsEitherSecretInEitherOrder() {
    String first = Signing.header(SECRET, NOW, BODY);
    String second = Signing.header(OTHER_SECRET, NOW, BODY);

    for (String header : List.of(first + " " + second, second + " " + first)) {
      verifierOf(SECRET).verify(BODY, header);
      verifierOf(OTHER_SECRET).verify(BODY, header);
      verifierOf(SECRET, OTHER_SECRET).verify(BODY, header);
      assertReason(verifierOf("wbhsec_three"), BODY, header, Reason.NO_MATCH);
    }
    verifierOf(SECRET, OTHER_SECRET).verify(BODY, first);
    verifierOf(SECRET, OTHER_SECRET).verify(BODY, second);
  }

  @Test
  void rotationWithSeveralSpacesOrJoinedHeaders_isAccepted() {
    String other = Signing.header("wbhsec_three", NOW, BODY);

    verifier.verify(BODY, "  " + other + " \t " + VALID + " ");
    verifier.verify(BODY, other + ", " + VALID); // two headers of one name
  }

  @Test
  void rotationWithTwoTimes_needsOneValidPair() {
    String old = Signing.header(SECRET, NOW - 301, BODY);

    verifier.verify(BODY, old + " " + VALID);
    verifier.verify(BODY, VALID + " " + old);
    assertReason(verifier, BODY, old + " " + Signing.header("wbhsec_x", NOW, BODY), Reason.TOO_OLD);
  }

  @Test
  void timesOfPairs_areNotExchangeable() {
    String old = Signing.header(SECRET, NOW - 301, BODY);
    String mixed = "t=" + NOW + ",v1=" + old.substring(16);

    assertReason(verifier, BODY, mixed, Reason.NO_MATCH);
  }

  @ParameterizedTest
  @ValueSource(longs = {-300, -1, 0, 1, 300})
  void timeWithinTolerance_isAccepted(long offset) {
    verifier.verify(BODY, Signing.header(SECRET, NOW + offset, BODY));
  }

  @Test
  void timeBeyondTolerance_isRefused() {
    assertReason(verifier, BODY, Signing.header(SECRET, NOW - 301, BODY), Reason.TOO_OLD);
    assertReason(verifier, BODY, Signing.header(SECRET, 0, BODY), Reason.TOO_OLD);
    assertReason(verifier, BODY, Signing.header(SECRET, NOW + 301, BODY), Reason.IN_THE_FUTURE);
    assertReason(
        verifier, BODY, Signing.header(SECRET, 999_999_999_999L, BODY), Reason.IN_THE_FUTURE);
  }

  @Test
  void toleranceThatIsSet_counts() {
    WebhookVerifier narrow =
        WebhookVerifier.builder()
            .secret(SECRET)
            .tolerance(Duration.ofSeconds(1))
            .clock(Clock.fixed(Instant.ofEpochSecond(NOW), ZoneOffset.UTC))
            .build();

    narrow.verify(BODY, Signing.header(SECRET, NOW - 1, BODY));
    assertReason(narrow, BODY, Signing.header(SECRET, NOW - 2, BODY), Reason.TOO_OLD);
  }

  @Test
  void systemClock_isTheDefault() {
    WebhookVerifier standard = WebhookVerifier.of(SECRET);
    long now = Instant.now().getEpochSecond();

    standard.verify(BODY, Signing.header(SECRET, now, BODY));
    assertReason(standard, BODY, Signing.header(SECRET, now - 400, BODY), Reason.TOO_OLD);
  }

  @Test
  void absentHeader_isMissing() {
    assertReason(verifier, BODY, null, Reason.MISSING);
    assertReason(verifier, BODY, "", Reason.MISSING);
    assertReason(verifier, BODY, " \t", Reason.MISSING);
  }

  static Stream<String> malformedHeaders() {
    String hash = VALID.substring(16);
    return Stream.of(
        "t",
        "t=",
        "v1=",
        "=",
        ",",
        "t=" + NOW,
        "v1=" + hash,
        "t=,v1=" + hash,
        "t=" + NOW + ",v1=",
        "t=" + NOW + ",v1=" + hash.substring(1),
        "t=" + NOW + ",v1=" + hash + "0",
        "t=" + NOW + ",v1=" + hash.substring(1) + "g",
        "t=" + NOW + ",v1=" + hash.substring(1) + "\u0661",
        "t=-1,v1=" + hash,
        "t=+" + NOW + ",v1=" + hash,
        "t=1e9,v1=" + hash,
        "t=1764000000.5,v1=" + hash,
        "t=\u0661\u0667,v1=" + hash,
        "t=" + "9".repeat(13) + ",v1=" + hash,
        "t=" + NOW + ",t=" + NOW + ",v1=" + hash,
        "t=" + NOW + ",v1=" + hash + ",v1=" + hash,
        "t=" + NOW + ",,v1=" + hash,
        "t=" + NOW + ", v1=" + hash,
        "t=" + NOW + ";v1=" + hash,
        "T=" + NOW + ",V1=" + hash,
        "t:" + NOW + ",v1:" + hash,
        "t=" + NOW + ",v2=" + hash,
        hash,
        "sha256=" + hash,
        SECRET,
        VALID + " t=" + NOW,
        VALID + " x",
        (VALID + " ").repeat(9),
        VALID + ",v9=" + "0".repeat(5000));
  }

  @ParameterizedTest
  @MethodSource("malformedHeaders")
  void malformedHeader_isRefused(String header) {
    assertReason(verifier, BODY, header, Reason.MALFORMED);
  }

  @Test
  void anotherBody_doesNotMatch() {
    assertReason(
        verifier, "{ \"data\":{}}".getBytes(StandardCharsets.UTF_8), VALID, Reason.NO_MATCH);
    assertReason(verifier, new byte[0], VALID, Reason.NO_MATCH);
  }

  @Test
  void commonMistakesOfSenders_doNotMatch() {
    String withoutTime = Signing.hash(SECRET, BODY);
    String withoutPrefix = Signing.header(SECRET.substring("wbhsec_".length()), NOW, BODY);

    assertReason(verifier, BODY, "t=" + NOW + ",v1=" + withoutTime, Reason.NO_MATCH);
    assertReason(verifier, BODY, withoutPrefix, Reason.NO_MATCH);
  }

  @Test
  void emptyAndHugeBodies_areVerified() {
    byte[] empty = {};
    byte[] huge = new byte[5_000_000];
    byte[] invalidUtf8 = {(byte) 0xff, (byte) 0xfe, 0};

    for (byte[] body : List.of(empty, huge, invalidUtf8)) {
      verifier.verify(body, Signing.header(SECRET, NOW, body));
    }
  }

  @Test
  void message_showsTheReasonAndNoValues() {
    WebhookSignatureException e =
        catchThrowableOfType(
            WebhookSignatureException.class,
            () -> verifier.verify("{\"name\":\"Ada\"}".getBytes(StandardCharsets.UTF_8), VALID));

    assertThat(e)
        .hasMessage("invalid webhook signature: no signature matches the body under a known secret")
        .hasNoCause();
    assertThat(verifier).hasToString("WebhookVerifier{1 secrets, tolerance 300 s}");
  }

  @Test
  @SuppressWarnings("NullAway") // an unset variable is a common mistake
  void invalidSettings_areRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(WebhookVerifier::of)
        .withMessage("secret: at least one is required");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WebhookVerifier.of(""))
        .withMessage("secret: must not be empty");
    for (String secret :
        List.of(" ", "\u00a0", "\u200b", "\0", SECRET + "\n", "\ufeff" + SECRET, "a b")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> WebhookVerifier.of(SECRET, secret))
          .withMessage("secret: must not have white space or invisible characters");
    }
    assertThatNullPointerException()
        .isThrownBy(() -> WebhookVerifier.of(SECRET, null))
        .withMessage("secret");
    assertThatNullPointerException()
        .isThrownBy(() -> WebhookVerifier.of((String) null))
        .withMessage("secret");
    for (Duration tolerance : List.of(Duration.ZERO, Duration.ofSeconds(-5), Duration.ofNanos(1))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> WebhookVerifier.builder().tolerance(tolerance))
          .withMessage("tolerance: must be at least one second");
    }
  }

  /** Parts of headers, in any combination. */
  private static final List<String> PARTS =
      List.of(
          "t=",
          "v1=",
          "v2=",
          ",",
          " ",
          "=",
          ";",
          "\t",
          "t",
          "v1",
          "" + NOW,
          "0",
          "-1",
          "\u00e9",
          "\0",
          VALID,
          VALID.substring(16),
          "ab",
          "\r\n",
          "9".repeat(30),
          "t=" + NOW + ",v1=");

  @Test
  void anyHeader_isAcceptedOnlyIfItHasTheSignature() {
    Random random = new Random(16);
    int accepted = 0;
    for (int i = 0; i < 200_000 * FACTOR; i++) {
      String header = random.nextBoolean() ? combined(random) : mutated(random);
      try {
        verifier.verify(BODY, header);
        accepted++;
        assertThat(header.toLowerCase(Locale.ROOT)).contains(VALID.substring(16));
      } catch (WebhookSignatureException e) {
        assertThat(e.reason()).isNotEqualTo(Reason.TOO_OLD).isNotEqualTo(Reason.IN_THE_FUTURE);
      }
    }
    assertThat(accepted).isPositive();
  }

  private static String combined(Random random) {
    StringBuilder header = new StringBuilder();
    for (int i = random.nextInt(6); i >= 0; i--) {
      header.append(PARTS.get(random.nextInt(PARTS.size())));
    }
    return header.toString();
  }

  private static String mutated(Random random) {
    StringBuilder header = new StringBuilder(VALID);
    for (int i = random.nextInt(3); i >= 0; i--) {
      int at = random.nextInt(header.length());
      switch (random.nextInt(3)) {
        case 0 -> header.setCharAt(at, (char) random.nextInt(random.nextBoolean() ? 128 : 0x300));
        case 1 -> header.deleteCharAt(at);
        default -> header.insert(at, PARTS.get(random.nextInt(PARTS.size())));
      }
    }
    return header.toString();
  }

  @Test
  void anyChangeOfABody_isRefused() {
    Random random = new Random(61);
    byte[] body =
        "{\"data\":{\"type\":\"event\",\"id\":\"evt_1\"}}".getBytes(StandardCharsets.UTF_8);
    String header = Signing.header(SECRET, NOW, body);
    for (int i = 0; i < 40_000 * FACTOR; i++) {
      byte[] changed = body.clone();
      changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
      assertReason(verifier, changed, header, Reason.NO_MATCH);
    }
  }
}
