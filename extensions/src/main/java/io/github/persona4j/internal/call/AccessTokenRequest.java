package io.github.persona4j.internal.call;

import io.github.persona4j.api.OauthApi;
import io.github.persona4j.error.FailedCall;
import io.github.persona4j.error.MalformedResponseException;
import io.github.persona4j.model.AccessToken;
import io.github.persona4j.request.RequestOptions;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import retrofit2.Response;

/** The call that obtains an access token for the other calls of a client. Thread-safe. */
public final class AccessTokenRequest {
  private static final Duration CALL_TIMEOUT = Duration.ofSeconds(60);
  // Used if the response does not state another one.
  private static final Duration LIFETIME = Duration.ofMinutes(15);
  private static final Duration MAX_LIFETIME = Duration.ofDays(1);

  /** An access token as the API issued it. */
  public record Token(String value, Duration lifetime) {
    /** Does not show the token. */
    @Override
    public String toString() {
      return "Token{lifetime=" + lifetime + '}';
    }
  }

  /** The private key could not sign an assertion. */
  static final class SigningException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final RuntimeException failure;

    SigningException(RuntimeException failure) {
      super(failure);
      this.failure = failure;
    }

    /** The failure of the key or of its provider. */
    RuntimeException failure() {
      return failure;
    }
  }

  private final OauthApi api;
  private final CallSender sender;
  private final RequestOptions options;
  private final Supplier<String> assertions;
  private final @Nullable String scope;

  /**
   * A request for tokens.
   *
   * @param calls makes calls without a token
   * @param assertions creates an assertion for each request
   * @param scope null for that of the application
   */
  public AccessTokenRequest(
      RetryingCallFactory calls, Supplier<String> assertions, @Nullable String scope) {
    this.api = RetrofitFactory.create(calls).create(OauthApi.class);
    this.sender = new CallSender(calls.lifecycle(), calls.context().completions());
    this.options =
        calls.defaults().callTimeout() == null
            ? RequestOptions.builder().callTimeout(CALL_TIMEOUT).build()
            : RequestOptions.none();
    this.assertions = assertions;
    this.scope = scope;
  }

  /** Obtains a token, and waits for it. */
  public Token send() {
    OauthApi.CreateTokenForm form =
        OauthApi.CreateTokenForm.builder()
            .clientGrantType("client_credentials")
            .clientAssertionType("urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
            .clientAssertion(assertion())
            .scope(scope)
            .build();
    return sender.send(api.createToken(form, options), AccessTokenRequest::token);
  }

  private String assertion() {
    try {
      return assertions.get();
    } catch (RuntimeException e) {
      throw new SigningException(e);
    }
  }

  private static Token token(FailedCall call, Response<AccessToken> response) {
    String value;
    Long seconds;
    try {
      AccessToken issued = Objects.requireNonNull(response.body());
      value = Objects.requireNonNull(issued.accessToken());
      seconds = issued.expiresIn();
      RequestOptions.builder().apiKey(value); // its rules are those of a key
    } catch (RuntimeException e) {
      throw new MalformedResponseException(call, "there is no usable access token", null, null);
    }
    Duration lifetime = seconds == null ? LIFETIME : Duration.ofSeconds(Math.max(0, seconds));
    return new Token(value, lifetime.compareTo(MAX_LIFETIME) > 0 ? MAX_LIFETIME : lifetime);
  }
}
