package io.github.persona4j;

import io.github.persona4j.internal.oauth.ClientAssertion;
import io.github.persona4j.internal.oauth.PrivateKeyPem;
import java.security.PrivateKey;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * OAuth credentials of an application: the client obtains an access token with an assertion that is
 * signed with the private key of the application, and renews it.
 * <!-- code: examples/src/test/java/io/github/persona4j/examples/ReadmeSnippets.java#oauth -->
 *
 * <pre>{@code
 * PersonaClient app =
 *     PersonaClient.builder()
 *         .credentials(
 *             OAuthCredentials.clientCredentials(clientId, privateKey).scopes("inquiry.read"))
 *         .build();
 * }</pre>
 *
 * <p>The first call obtains the token with {@code POST /oauth/token}. Calls share it. During the
 * last minute of its lifetime it is renewed in the background while calls still use it; without a
 * valid token they wait. There is one such request at a time, however many threads call. It has the
 * settings of the client, such as its proxy, retry policy and listeners, and ends after 60 s unless
 * the client has another {@code callTimeout}. A call that waits obeys its own timeout, its
 * cancellation and the interruption of its thread, which do not stop the renewal. If no token could
 * be obtained, the call fails with a {@link io.github.persona4j.error.CredentialsException}, and
 * the next call tries again. After a 401 the token is replaced, and the request is sent once more.
 *
 * <p>An RSA key of at least 2048 bits signs with RS256, a key on the curve P-256 with ES256.
 * Immutable and thread-safe. Each client that is built obtains a token of its own.
 */
public final class OAuthCredentials {
  // RFC 6749, 3.3.
  private static final Pattern SCOPE = Pattern.compile("[!#-\\[\\]-~]{1,200}");

  private final String clientId;
  private final PrivateKey key;
  private final Set<String> scopes;
  private final @Nullable String audience;

  private OAuthCredentials(
      String clientId, PrivateKey key, Set<String> scopes, @Nullable String audience) {
    this.clientId = clientId;
    this.key = key;
    this.scopes = scopes;
    this.audience = audience;
  }

  /**
   * Credentials with the private key of an application, which may also be a handle of a key store
   * or a hardware module.
   *
   * @param clientId the ID of the application
   * @param privateKey an RSA key of at least 2048 bits, or an EC key on the curve P-256
   * @throws IllegalArgumentException if the ID is blank or not visible ASCII, or if the key is of
   *     another kind
   */
  public static OAuthCredentials clientCredentials(String clientId, PrivateKey privateKey) {
    VisibleAscii.check("clientId", Objects.requireNonNull(clientId, "clientId"));
    ClientAssertion.checkKey(Objects.requireNonNull(privateKey, "privateKey"));
    return new OAuthCredentials(clientId, privateKey, Set.of(), null);
  }

  /**
   * Like {@link #clientCredentials(String, PrivateKey)}, with the key as PEM text in the format of
   * PKCS #8, which begins with {@code -----BEGIN PRIVATE KEY-----}.
   *
   * @throws IllegalArgumentException also if the text is not such a key, for example an encrypted
   *     one or one in the formats PKCS #1 and SEC 1; the message names the format and how to
   *     convert it, but nothing of the text
   */
  public static OAuthCredentials clientCredentials(String clientId, String privateKeyPem) {
    Objects.requireNonNull(clientId, "clientId");
    return clientCredentials(
        clientId, PrivateKeyPem.read(Objects.requireNonNull(privateKeyPem, "privateKeyPem")));
  }

  /**
   * Returns a copy that requests these scopes, such as {@code inquiry.read}. Without scopes the
   * token has those of the application.
   *
   * @throws IllegalArgumentException if there is none, or one is empty or contains a space, a quote
   *     or other characters than ASCII
   */
  public OAuthCredentials scopes(String... scopes) {
    Set<String> requested = new LinkedHashSet<>(List.of(Objects.requireNonNull(scopes, "scopes")));
    if (requested.isEmpty() || !requested.stream().allMatch(s -> SCOPE.matcher(s).matches())) {
      throw new IllegalArgumentException(
          "scopes must be names of permissions in visible ASCII, such as inquiry.read");
    }
    return new OAuthCredentials(clientId, key, requested, audience);
  }

  /**
   * Returns a copy whose assertions have this audience. The default is the URL of {@code POST
   * /oauth/token} at the client's base URL; set it if that is not the URL of Persona, because a
   * gateway is between.
   *
   * @throws IllegalArgumentException if it is blank
   */
  public OAuthCredentials audience(String audience) {
    if (Objects.requireNonNull(audience, "audience").isBlank()) {
      throw new IllegalArgumentException("audience must not be blank");
    }
    return new OAuthCredentials(clientId, key, scopes, audience);
  }

  /** The signer of assertions for a client with this URL of tokens. */
  ClientAssertion assertion(String tokenUrl) {
    return new ClientAssertion(clientId, key, audience == null ? tokenUrl : audience);
  }

  /** The scopes, separated by spaces; null for those of the application. */
  @Nullable String scope() {
    return scopes.isEmpty() ? null : String.join(" ", scopes);
  }

  /** Shows the client ID and the scopes, not the key. */
  @Override
  public String toString() {
    return "OAuthCredentials{clientId=" + clientId + ", scopes=" + scopes + '}';
  }
}
