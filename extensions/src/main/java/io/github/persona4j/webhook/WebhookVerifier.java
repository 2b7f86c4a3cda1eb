package io.github.persona4j.webhook;

import io.github.persona4j.json.SafeText;
import io.github.persona4j.webhook.WebhookSignatureException.Reason;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Checks that a webhook request is from Persona: its header {@code Persona-Signature} is the
 * HMAC-SHA256 of the time and the body under the secret of the webhook.
 * <!-- code: examples/src/test/java/io/github/persona4j/examples/JavadocExamplesTest.java#webhook-verifier -->
 *
 * <pre>{@code
 * WebhookVerifier verifier = WebhookVerifier.of(secret);
 * verifier.verify(body, signature); // throws a WebhookSignatureException
 * }</pre>
 *
 * <p>The body must be the bytes as received. JSON that was parsed and written again has other
 * bytes, even if it is equal. Signatures are compared in constant time. The check cannot be
 * disabled.
 *
 * <p>While a secret rotates, pass both: a request is valid if one of them signed it. Immutable and
 * thread-safe.
 */
public final class WebhookVerifier {
  /** The name of the header with the signature. Header names are not case-sensitive. */
  public static final String SIGNATURE_HEADER = "Persona-Signature";

  private static final String ALGORITHM = "HmacSHA256";
  private static final Duration DEFAULT_TOLERANCE = Duration.ofMinutes(5);

  private final List<SecretKeySpec> secrets;
  private final long toleranceSeconds;
  private final Clock clock;

  private WebhookVerifier(Builder builder) {
    this.secrets =
        builder.secrets.stream()
            .map(secret -> new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM))
            .toList();
    this.toleranceSeconds = builder.tolerance.toSeconds();
    this.clock = builder.clock;
  }

  /**
   * Returns a verifier with a tolerance of five minutes.
   *
   * @param secrets the secret of the webhook as Persona shows it, {@code wbhsec_...}; while it
   *     rotates, also the other one
   * @throws IllegalArgumentException if there is no secret, or one is empty or has white space or
   *     invisible characters
   */
  public static WebhookVerifier of(String... secrets) {
    return builder().secrets(Arrays.asList(Objects.requireNonNull(secrets, "secrets"))).build();
  }

  /** Returns a builder without secrets. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Checks the signature of a request.
   *
   * @param body the body as received
   * @param signature the value of the header {@link #SIGNATURE_HEADER}; null if there is none
   * @throws WebhookSignatureException if the signature is not valid, with the reason
   */
  public void verify(byte[] body, @Nullable String signature) {
    Objects.requireNonNull(body, "body");
    if (signature == null || signature.isBlank()) {
      throw new WebhookSignatureException(Reason.MISSING);
    }
    List<Signature> signatures = Signature.parse(signature);
    long now = clock.instant().getEpochSecond();
    Reason reason = Reason.NO_MATCH;
    for (Signature each : signatures) {
      // The time is only checked under a valid signature: otherwise it could be anything.
      if (matches(each, body)) {
        long age = now - each.seconds();
        if (Math.abs(age) <= toleranceSeconds) {
          return;
        }
        reason = age > 0 ? Reason.TOO_OLD : Reason.IN_THE_FUTURE;
      }
    }
    throw new WebhookSignatureException(reason);
  }

  private boolean matches(Signature signature, byte[] body) {
    byte[] signed = (signature.timestamp() + ".").getBytes(StandardCharsets.US_ASCII);
    boolean matches = false;
    for (SecretKeySpec secret : secrets) {
      matches |= MessageDigest.isEqual(hash(secret, signed, body), signature.hash());
    }
    return matches;
  }

  private static byte[] hash(SecretKeySpec secret, byte[] signed, byte[] body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(secret);
      mac.update(signed);
      return mac.doFinal(body);
    } catch (GeneralSecurityException e) { // every Java platform has it
      throw new IllegalStateException("no " + ALGORITHM, e);
    }
  }

  /** Shows the number of secrets and none of them. */
  @Override
  public String toString() {
    return "WebhookVerifier{" + secrets.size() + " secrets, tolerance " + toleranceSeconds + " s}";
  }

  /** Builds a {@link WebhookVerifier}. Not thread-safe. */
  public static final class Builder {
    private final Set<String> secrets = new LinkedHashSet<>();
    private Duration tolerance = DEFAULT_TOLERANCE;
    private Clock clock = Clock.systemUTC();

    private Builder() {}

    /**
     * Adds a secret.
     *
     * @param secret the secret of the webhook as Persona shows it, {@code wbhsec_...}
     * @throws IllegalArgumentException if it is empty, or has white space or invisible characters,
     *     such as a line end that was copied with it
     */
    public Builder secret(String secret) {
      if (Objects.requireNonNull(secret, "secret").isEmpty()) {
        throw new IllegalArgumentException("secret: must not be empty");
      }
      if (secret.codePoints().anyMatch(SafeText::isInvisible)) {
        throw new IllegalArgumentException(
            "secret: must not have white space or invisible characters");
      }
      secrets.add(secret);
      return this;
    }

    /** Adds several secrets, as {@link #secret}. */
    public Builder secrets(Iterable<String> secrets) {
      List<String> all = new ArrayList<>();
      Objects.requireNonNull(secrets, "secrets").forEach(all::add);
      all.forEach(this::secret);
      return this;
    }

    /**
     * Sets how far the time of a signature may be from the clock in both directions; five minutes
     * if not set. A longer time makes it easier to send a recorded request again.
     *
     * @throws IllegalArgumentException if it is shorter than one second
     */
    public Builder tolerance(Duration tolerance) {
      if (Objects.requireNonNull(tolerance, "tolerance").toSeconds() < 1) {
        throw new IllegalArgumentException("tolerance: must be at least one second");
      }
      this.tolerance = tolerance;
      return this;
    }

    /** Sets the clock, for tests. */
    public Builder clock(Clock clock) {
      this.clock = Objects.requireNonNull(clock, "clock");
      return this;
    }

    /**
     * Returns the verifier.
     *
     * @throws IllegalArgumentException if there is no secret
     */
    public WebhookVerifier build() {
      if (secrets.isEmpty()) {
        throw new IllegalArgumentException("secret: at least one is required");
      }
      return new WebhookVerifier(this);
    }
  }
}
