package io.github.persona4j;

/**
 * Supplies the API key, or an access token, for each attempt of a call. So a key can be replaced
 * while the client runs:
 * <!-- code: examples/src/test/java/io/github/persona4j/examples/ReadmeSnippets.java#a-key-that-changes -->
 *
 * <pre>{@code
 * PersonaClient rotating =
 *     PersonaClient.builder().credentials(() -> vault.read("persona")).build();
 * }</pre>
 *
 * <p>For a key that does not change, use {@link PersonaClientBuilder#apiKey}; for access tokens of
 * OAuth, {@link OAuthCredentials}. The key in the {@code RequestOptions} of a call replaces the
 * token: these credentials are not asked then.
 *
 * <p>An implementation must be thread-safe. It is invoked on the thread of a blocking call, and for
 * asynchronous calls on up to 64 threads of the client, so it may block. It should keep the token
 * and must end by itself: the timeout of a call is checked when it returns.
 */
@FunctionalInterface
public interface Credentials {
  /**
   * Returns the token for the next attempt, which is sent as {@code Authorization: Bearer <token>}
   * to the API only. It must be visible ASCII without spaces; otherwise the call fails with an
   * {@link IllegalStateException}, whose message does not contain it. An exception that this method
   * throws reaches the caller of the call unchanged, and nothing is sent.
   */
  String token();

  /**
   * A request with this token got the status 401. After that {@link #token} is invoked again, once
   * in a call. If it returns another token, the request is sent again with it: the API refuses a
   * token before it executes anything. Such a retry does not count as one of the retry policy. The
   * body of an upload that can be read only once is not sent again. Exceptions that this method
   * throws are ignored.
   *
   * @param token the token that was refused
   */
  default void rejected(String token) {}
}
