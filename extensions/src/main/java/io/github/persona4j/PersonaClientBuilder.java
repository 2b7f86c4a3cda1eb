package io.github.persona4j;

import io.github.persona4j.error.MalformedResponseException;
import io.github.persona4j.error.RateLimits;
import io.github.persona4j.internal.call.AccessTokenRequest;
import io.github.persona4j.internal.call.ClientContext;
import io.github.persona4j.internal.call.CompletionExecutor;
import io.github.persona4j.internal.call.Lifecycle;
import io.github.persona4j.internal.call.RetryingCallFactory;
import io.github.persona4j.internal.call.SuppliedTokens;
import io.github.persona4j.internal.call.TokenSource;
import io.github.persona4j.internal.http.Callbacks;
import io.github.persona4j.internal.http.FileRules;
import io.github.persona4j.internal.http.Origins;
import io.github.persona4j.internal.http.Transport;
import io.github.persona4j.internal.oauth.ClientAssertion;
import io.github.persona4j.internal.oauth.OAuthTokens;
import io.github.persona4j.internal.retry.RateLimiter;
import io.github.persona4j.internal.retry.RateLimiters;
import io.github.persona4j.internal.retry.SystemTimeSource;
import io.github.persona4j.internal.retry.TimeSource;
import io.github.persona4j.json.JsonLimits;
import io.github.persona4j.request.RequestOptions;
import java.net.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * Builds a {@link PersonaClient}. Each setter refuses an invalid value with a message that names
 * the setting and the rule, but not the value. Not thread-safe. One builder can build several
 * clients.
 * <!-- code: examples/src/test/java/io/github/persona4j/examples/JavadocExamplesTest.java#client-builder -->
 *
 * <pre>{@code
 * PersonaClient persona =
 *     PersonaClient.builder()
 *         .apiKey(key)
 *         .callTimeout(Duration.ofSeconds(20)) // of a call with all its retries
 *         .expectEnvironment(Environment.SANDBOX, warning -> show(warning))
 *         .build();
 * }</pre>
 */
public final class PersonaClientBuilder {
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(?:\\.(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)){3}|::1");
  private static final Duration MAX_RATE_LIMITER_WAIT = Duration.ofSeconds(70);
  private static final Duration BODY_TIMEOUT = Duration.ofMinutes(5);

  // Settings that a call can override are checked and stored as options.
  private final RequestOptions.Builder settings =
      RequestOptions.builder().apiVersion(PersonaClient.DEFAULT_API_VERSION);
  private HttpUrl baseUrl = HttpUrl.get(PersonaClient.DEFAULT_BASE_URL);
  private @Nullable String apiKey;
  private @Nullable Credentials credentials;
  private @Nullable OAuthCredentials oauth;
  private @Nullable OkHttpClient httpClient;
  private @Nullable Proxy proxy;
  private @Nullable SSLSocketFactory sslSocketFactory;
  private @Nullable X509TrustManager trustManager;
  private final List<Interceptor> interceptors = new ArrayList<>();
  private RequestOptions options = RequestOptions.none();
  private RetryPolicy retryPolicy = RetryPolicy.standard();
  private FileRules fileRules = FileRules.STANDARD;
  private JsonLimits jsonLimits = JsonLimits.standard();
  private boolean errorDetails;
  private TimeSource time = SystemTimeSource.INSTANCE;
  private Duration bodyTimeout = BODY_TIMEOUT;
  private double rateLimiterThreshold = RateLimiter.DEFAULT_THRESHOLD;
  private Duration maxRateLimiterWait = MAX_RATE_LIMITER_WAIT;
  private @Nullable Consumer<RateLimits> onLowRateLimit;
  private final List<CallListener.Factory> listeners = new ArrayList<>();
  private @Nullable Executor continuationExecutor;
  private @Nullable Environment environment;
  private @Nullable Consumer<String> onOtherEnvironment;

  PersonaClientBuilder() {}

  /**
   * Sets the API key, which also selects the environment (sandbox or production). Replaces
   * credentials that were set before. A client without a key and without {@link
   * #credentials(Credentials) credentials} can call the operations that need none, such as {@code
   * persona.oauth().createToken(...)}. Its other calls throw an {@link IllegalStateException}
   * before anything is sent, unless their {@link RequestOptions} have a key.
   *
   * @throws IllegalArgumentException if it is blank or contains other characters than visible ASCII
   */
  public PersonaClientBuilder apiKey(String apiKey) {
    return authenticate(RequestOptions.builder().apiKey(apiKey).build().apiKey(), null, null);
  }

  /**
   * Sets the supplier of the API key, or of an access token, which is asked for each attempt of
   * each call: {@code credentials(() -> vault.read("persona"))}. Replaces a key or credentials that
   * were set before.
   */
  public PersonaClientBuilder credentials(Credentials credentials) {
    return authenticate(null, Objects.requireNonNull(credentials, "credentials"), null);
  }

  /**
   * Sets the OAuth credentials, with which the client obtains and renews its access token. Replaces
   * a key or credentials that were set before.
   */
  public PersonaClientBuilder credentials(OAuthCredentials credentials) {
    return authenticate(null, null, Objects.requireNonNull(credentials, "credentials"));
  }

  private PersonaClientBuilder authenticate(
      @Nullable String key,
      @Nullable Credentials supplier,
      @Nullable OAuthCredentials application) {
    this.apiKey = key;
    this.credentials = supplier;
    this.oauth = application;
    return this;
  }

  /**
   * Sets the base URL of the API. The default is {@link PersonaClient#DEFAULT_BASE_URL}. The slash
   * at the end is optional.
   *
   * @throws IllegalArgumentException if it is not an absolute URL, has a user, a query or a
   *     fragment, or is neither https nor plain http to this machine ({@code localhost}, {@code
   *     127.*}, {@code [::1]})
   */
  public PersonaClientBuilder baseUrl(String baseUrl) {
    this.baseUrl = checkedUrl("baseUrl", baseUrl);
    return this;
  }

  /**
   * Sets the API version. The default is {@link PersonaClient#DEFAULT_API_VERSION}, which the
   * models match. A property that another version adds is kept as an unknown property; one that it
   * renames is null in the models.
   *
   * @throws IllegalArgumentException if it is not a date such as {@code 2025-12-08}
   */
  public PersonaClientBuilder apiVersion(String apiVersion) {
    settings.apiVersion(apiVersion);
    return this;
  }

  /**
   * Sets the timeout of a call, from its start to the end of the response, including all retries
   * and all waiting. There is none by default.
   *
   * @throws IllegalArgumentException if it is below 1 ms or above 24 days
   */
  public PersonaClientBuilder callTimeout(Duration callTimeout) {
    settings.callTimeout(callTimeout);
    return this;
  }

  /**
   * Sets the timeout for opening a connection. The default is 10 s, or that of {@link #httpClient}.
   * The TLS handshake that follows counts against the read timeout.
   *
   * @throws IllegalArgumentException if it is below 1 ms or above 24 days
   */
  public PersonaClientBuilder connectTimeout(Duration connectTimeout) {
    settings.connectTimeout(connectTimeout);
    return this;
  }

  /**
   * Sets the timeout for receiving data: the longest time between two bytes. The default is 60 s,
   * or that of {@link #httpClient}.
   *
   * @throws IllegalArgumentException if it is below 1 ms or above 24 days
   */
  public PersonaClientBuilder readTimeout(Duration readTimeout) {
    settings.readTimeout(readTimeout);
    return this;
  }

  /**
   * Sets the timeout for sending data: the longest time in which the server accepts none. The
   * default is 60 s, or that of {@link #httpClient}.
   *
   * @throws IllegalArgumentException if it is below 1 ms or above 24 days
   */
  public PersonaClientBuilder writeTimeout(Duration writeTimeout) {
    settings.writeTimeout(writeTimeout);
    return this;
  }

  /**
   * Sets the OkHttp client to use. Its connections, threads, proxy, TLS settings, timeouts and
   * interceptors are used; its settings for redirects and retries are not. The client is not
   * changed, and {@link PersonaClient#close()} leaves it running. Persona clients that use it share
   * connections with each other, but not with its other requests.
   *
   * <p>Its interceptors see every attempt before the headers of this client are set, and do not see
   * the redirects of files. Its network interceptors see each request as it is sent to the API or
   * to a host of files, with all headers. After a connection failure, the idle connections of its
   * pool are closed before the retry, also those of its other requests. Whatever it allows, nothing
   * is sent over TLS older than 1.2, or without TLS to another machine, including a proxy.
   *
   * <p>If it has its own {@code SocketFactory}, this client cannot see the bytes that its
   * connections receive. Then a surplus response over HTTP/1.1 is detected only if its resource is
   * not the one that the path of the request names, and an endless chunk size is buffered until the
   * memory is full.
   *
   * <p>Its {@code EventListener} must not throw from {@code canceled}. After a timeout OkHttp
   * invokes it on a thread that all users of Okio in this JVM share. An exception ends that thread,
   * and with it all timeouts of OkHttp.
   *
   * <p>Without this setting, the client has daemon threads, runs up to 64 calls of {@link
   * PersonaClient#sendAsync} concurrently (further ones are queued; blocking calls are not
   * limited), keeps up to 64 idle connections, and uses TLS 1.2 or later.
   */
  public PersonaClientBuilder httpClient(OkHttpClient httpClient) {
    this.httpClient = Objects.requireNonNull(httpClient, "httpClient");
    return this;
  }

  /**
   * Sets the proxy. The default is the proxy of the system. With a SOCKS proxy, the client cannot
   * see the bytes that its connections receive; see {@link #httpClient}.
   */
  public PersonaClientBuilder proxy(Proxy proxy) {
    this.proxy = Objects.requireNonNull(proxy, "proxy");
    return this;
  }

  /**
   * Sets the TLS settings, such as a client certificate or a private certificate authority.
   *
   * @param trustManager the trust manager of the factory
   */
  public PersonaClientBuilder sslSocketFactory(
      SSLSocketFactory sslSocketFactory, X509TrustManager trustManager) {
    this.sslSocketFactory = Objects.requireNonNull(sslSocketFactory, "sslSocketFactory");
    this.trustManager = Objects.requireNonNull(trustManager, "trustManager");
    return this;
  }

  /**
   * Adds an OkHttp interceptor. It sees every attempt with all headers of this client, including
   * the key. {@link RequestLog} is an interceptor that hides the key. Exceptions that it throws
   * reach the caller; an {@link java.io.IOException} is treated as a connection failure.
   *
   * <p>OkHttp sets the headers of the connection and of the message length, and bodies are sent
   * unencoded. A call throws an {@link IllegalArgumentException} before anything is sent if an
   * interceptor, including those of {@link #httpClient}, or your own interface sets {@code
   * Content-Encoding}, {@code Expect}, {@code HTTP2-Settings}, {@code Keep-Alive}, {@code
   * Proxy-Connection}, {@code TE}, {@code Trailer} or {@code Upgrade}, a {@code Connection} other
   * than {@code close}, a {@code Host} other than that of the URL, or a {@code Content-Length} or
   * {@code Transfer-Encoding} that does not match the body.
   *
   * <p>It sees all requests: those to the API, those for files on other hosts including their
   * redirects, and those of your own interfaces to other hosts ({@link PersonaClient#api}). The
   * client removes {@code Authorization}, {@code Cookie} and {@code Idempotency-Key} after the last
   * interceptor, including the network interceptors of {@link #httpClient}, from a request for a
   * file and from a request to another scheme, host or port than that of the base URL.
   */
  public PersonaClientBuilder addInterceptor(Interceptor interceptor) {
    this.interceptors.add(Objects.requireNonNull(interceptor, "interceptor"));
    return this;
  }

  /**
   * Adds a listener that is notified of failed attempts and of the end of each call. Listeners are
   * notified in the order in which they were added; none replaces another.
   */
  public PersonaClientBuilder callListener(CallListener listener) {
    Objects.requireNonNull(listener, "listener");
    return callListenerFactory(operation -> listener);
  }

  /**
   * Like {@link #callListener}, with a listener for each call, which the factory creates when the
   * call begins, on the thread that makes the call. Adds to the listeners and factories that were
   * added before.
   */
  public PersonaClientBuilder callListenerFactory(CallListener.Factory factory) {
    this.listeners.add(Objects.requireNonNull(factory, "factory"));
    return this;
  }

  /**
   * Sets the executor for actions that depend on the futures of {@link PersonaClient#sendAsync},
   * such as an executor of virtual threads. The default is up to 256 daemon threads of the client.
   * Closing the client leaves the executor running. If it rejects an action, the stage fails with
   * its exception. {@code Runnable::run} runs actions on the thread that completes the future; an
   * action that blocks then delays other calls.
   */
  public PersonaClientBuilder continuationExecutor(Executor executor) {
    this.continuationExecutor = Objects.requireNonNull(executor, "executor");
    return this;
  }

  /** Sets the retry policy. The default is {@link RetryPolicy#standard()}. */
  public PersonaClientBuilder retryPolicy(RetryPolicy retryPolicy) {
    this.retryPolicy = Objects.requireNonNull(retryPolicy, "retryPolicy");
    return this;
  }

  /**
   * Sets the options of all calls, such as headers. The options of a call override them, and they
   * override the other settings of this builder.
   *
   * @throws IllegalArgumentException if they have an idempotency key, since different calls must
   *     not share one
   */
  public PersonaClientBuilder options(RequestOptions options) {
    this.options = PersonaClient.forAllCalls(options);
    return this;
  }

  /**
   * Sets the share of the rate limit below which calls are spread over the time until the limit
   * resets, in the order of their requests. The default is 0.15, as Persona recommends; 0 disables
   * rate limiting.
   *
   * @throws IllegalArgumentException if it is not from 0 to 1
   */
  public PersonaClientBuilder rateLimiterThreshold(double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("rateLimiterThreshold must be from 0 to 1");
    }
    this.rateLimiterThreshold = share;
    return this;
  }

  /**
   * Sets the maximum time that a call waits for the rate limiter. After that it is sent without a
   * permit. The default is 70 s, which is longer than a window of the API.
   *
   * @throws IllegalArgumentException if it is below 1 ms or above 10 minutes
   */
  public PersonaClientBuilder maxRateLimiterWait(Duration maxRateLimiterWait) {
    this.maxRateLimiterWait = RetryPolicy.checkedDelay("maxRateLimiterWait", maxRateLimiterWait);
    return this;
  }

  /**
   * Sets a listener for low limits. It is notified once when the remaining share of the rate limit
   * or of the creation quota falls below {@link #rateLimiterThreshold} (below 15 % if rate limiting
   * is disabled), and again after the share has recovered. It is invoked on threads of calls,
   * possibly concurrently, and should return quickly. Exceptions that it throws are ignored.
   */
  public PersonaClientBuilder onLowRateLimit(Consumer<RateLimits> listener) {
    this.onLowRateLimit = Objects.requireNonNull(listener, "listener");
    return this;
  }

  /**
   * Sets the expected environment. If a key of the client or of {@link RequestOptions} has the
   * prefix of another environment, {@code warning} is invoked once with a message: when the client
   * is built, or on the thread of the call with the key. The message does not contain the key. The
   * call is not affected, and exceptions that {@code warning} throws are ignored.
   *
   * @param warning for example {@code message -> logger.log(Level.WARNING, message)}
   */
  public PersonaClientBuilder expectEnvironment(Environment environment, Consumer<String> warning) {
    this.environment = Objects.requireNonNull(environment, "environment");
    this.onOtherEnvironment = Objects.requireNonNull(warning, "warning");
    return this;
  }

  /**
   * Sets whether the messages of exceptions have the titles and details of the errors in a
   * response. The default is false, because they may contain values of the request, and so personal
   * data of your users. For development, and where logs may have such data.
   */
  public PersonaClientBuilder errorDetailsInMessages(boolean shown) {
    this.errorDetails = shown;
    return this;
  }

  /**
   * Allows files from another origin in addition to {@code https://files.withpersona.com}. The key
   * is not sent there.
   *
   * @param origin such as {@code https://files.example.com}
   * @throws IllegalArgumentException if it breaks the rules of {@link #baseUrl} or has a path
   */
  public PersonaClientBuilder allowFilesFrom(String origin) {
    HttpUrl url = checkedUrl("origin", origin);
    if (!url.encodedPath().equals("/")) {
      throw new IllegalArgumentException("origin must not have a path");
    }
    this.fileRules = fileRules.withOrigin(url);
    return this;
  }

  /**
   * Sets the maximum size of a downloaded file in bytes. The default is 1 GiB.
   *
   * @throws IllegalArgumentException if it is below 1
   */
  public PersonaClientBuilder maxFileSize(long bytes) {
    this.fileRules = fileRules.withMaxSize(bytes);
    return this;
  }

  /**
   * Sets the maximum size of a JSON response in bytes, after decompression. The default is 64 MiB.
   * A longer response fails with a {@link MalformedResponseException}. Error bodies are always
   * truncated to 1 MiB. For files, see {@link #maxFileSize}.
   *
   * @throws IllegalArgumentException if it is below 1 or above 512 MiB
   */
  public PersonaClientBuilder maxResponseBytes(long bytes) {
    this.jsonLimits = jsonLimits.withMaxResponseBytes(bytes);
    return this;
  }

  /**
   * Sets the maximum memory of the values of a response in bytes. The default is a quarter of the
   * maximum heap of this JVM, at most 1 GiB. A response that needs more fails with a {@link
   * MalformedResponseException} while it is decoded. Without a limit, 60 kB of compressed JSON
   * could contain 20 million empty objects. Responses of the API need four to ten times their
   * length, by the estimate that {@link JsonLimits#withMaxDecodedBytes} describes. The errors of an
   * error body may need 8 MiB; otherwise none is listed.
   *
   * @throws IllegalArgumentException if it is below 1
   */
  public PersonaClientBuilder maxDecodedBytes(long bytes) {
    this.jsonLimits = jsonLimits.withMaxDecodedBytes(bytes);
    return this;
  }

  // For tests.
  PersonaClientBuilder time(TimeSource time) {
    this.time = time;
    return this;
  }

  // For tests.
  PersonaClientBuilder bodyTimeout(Duration bodyTimeout) {
    this.bodyTimeout = bodyTimeout;
    return this;
  }

  /**
   * Creates the client. Opens no connection.
   *
   * @throws IllegalStateException if TLS cannot be set up on this machine
   */
  public PersonaClient build() {
    Transport transport =
        Transport.create(
            new Transport.Settings(
                baseUrl,
                httpClient,
                proxy,
                sslSocketFactory,
                trustManager,
                List.copyOf(interceptors),
                fileRules,
                bodyTimeout));
    Consumer<String> keyListener =
        environment == null || onOtherEnvironment == null
            ? null
            : new EnvironmentCheck(environment, onOtherEnvironment);
    ClientContext context =
        new ClientContext(
            transport,
            new CompletionExecutor(transport.threads(), continuationExecutor),
            baseUrl,
            time,
            new RateLimiters(rateLimiterFactory()),
            fileRules,
            jsonLimits,
            errorDetails,
            keyListener,
            listeners.isEmpty() ? null : new ListenerAdapter(listeners));
    RequestOptions set = settings.build();
    RequestOptions keyed = apiKey == null ? set : set.toBuilder().apiKey(apiKey).build();
    RetryingCallFactory calls =
        new RetryingCallFactory(
            context, new Lifecycle(), options.withDefaults(keyed), retryPolicy.settings());
    TokenSource tokens = tokens(calls, keyListener);
    return new PersonaClient(null, tokens == null ? calls : calls.withTokens(tokens));
  }

  /**
   * Creates the source of tokens.
   *
   * @param calls makes calls without tokens
   */
  private @Nullable TokenSource tokens(
      RetryingCallFactory calls, @Nullable Consumer<String> keyListener) {
    Executor threads = calls.context().transport().threads();
    Credentials supplier = credentials;
    if (supplier != null) {
      return new SuppliedTokens(supplier::token, supplier::rejected, keyListener, threads);
    }
    if (oauth == null) {
      return null;
    }
    TimeSource clock = time;
    ClientAssertion assertion = oauth.assertion(baseUrl + "oauth/token");
    AccessTokenRequest request =
        new AccessTokenRequest(calls, () -> assertion.sign(clock.now()), oauth.scope());
    return new OAuthTokens(request, clock, threads);
  }

  // Copies the settings, since the builder may be changed after the client is made.
  private Supplier<RateLimiter> rateLimiterFactory() {
    TimeSource clock = time;
    double threshold = rateLimiterThreshold;
    Duration maxWait = maxRateLimiterWait;
    Consumer<RateLimits> listener = safe(onLowRateLimit);
    return () -> new RateLimiter(clock, threshold, maxWait, listener);
  }

  private static @Nullable Consumer<RateLimits> safe(@Nullable Consumer<RateLimits> listener) {
    return listener == null ? null : limits -> Callbacks.invoke(listener, limits);
  }

  /** Shows the base URL and the version, not the key. */
  @Override
  public String toString() {
    return "PersonaClientBuilder{baseUrl="
        + baseUrl
        + ", apiVersion="
        + settings.build().apiVersion()
        + '}';
  }

  private static HttpUrl checkedUrl(String name, String value) {
    HttpUrl url = Origins.parse(name, value);
    if (!url.isHttps() && !LOOPBACK.matcher(url.host()).matches()) {
      throw new IllegalArgumentException(
          name + " must be https; plain http is for this machine only (localhost, 127.*, [::1])");
    }
    if (url.encodedQuery() != null || url.encodedFragment() != null) {
      throw new IllegalArgumentException(name + " must not have a query or fragment");
    }
    return url.encodedPath().endsWith("/") ? url : url.newBuilder().addPathSegment("").build();
  }
}
