package io.github.persona4j;

import io.github.persona4j.error.MalformedResponseException;
import io.github.persona4j.error.RateLimits;
import io.github.persona4j.internal.call.ClientContext;
import io.github.persona4j.internal.call.CompletionExecutor;
import io.github.persona4j.internal.call.Lifecycle;
import io.github.persona4j.internal.call.RetryingCallFactory;
import io.github.persona4j.internal.http.Callbacks;
import io.github.persona4j.internal.http.FileRules;
import io.github.persona4j.internal.http.Origins;
import io.github.persona4j.internal.http.Transport;
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
 * Settings of a client. Each setter refuses a bad value with a message that names the setting and
 * the rule, never the value. Not safe for several threads; may be used for several clients.
 */
public final class PersonaClientBuilder {
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}|::1");
  private static final Duration MAX_RATE_LIMITER_WAIT = Duration.ofSeconds(70);
  private static final Duration BODY_TIMEOUT = Duration.ofMinutes(5);

  // What can be said about one call is checked and kept where one says it about one call.
  private final RequestOptions.Builder settings =
      RequestOptions.builder().apiVersion(PersonaClient.DEFAULT_API_VERSION);
  private HttpUrl baseUrl = HttpUrl.get(PersonaClient.DEFAULT_BASE_URL);
  private @Nullable OkHttpClient httpClient;
  private @Nullable Proxy proxy;
  private @Nullable SSLSocketFactory sslSocketFactory;
  private @Nullable X509TrustManager trustManager;
  private final List<Interceptor> interceptors = new ArrayList<>();
  private RequestOptions options = RequestOptions.none();
  private RetryPolicy retryPolicy = RetryPolicy.standard();
  private FileRules fileRules = FileRules.STANDARD;
  private JsonLimits jsonLimits = JsonLimits.standard();
  private TimeSource time = SystemTimeSource.INSTANCE;
  private Duration bodyTimeout = BODY_TIMEOUT;
  private double rateLimiterThreshold = RateLimiter.DEFAULT_THRESHOLD;
  private Duration maxRateLimiterWait = MAX_RATE_LIMITER_WAIT;
  private @Nullable Consumer<RateLimits> onLowRateLimit;
  private CallListener.@Nullable Factory listeners;
  private @Nullable Executor continuationExecutor;
  private @Nullable Environment environment;
  private @Nullable Consumer<String> onOtherEnvironment;

  PersonaClientBuilder() {}

  /**
   * The API key, which also selects the environment (sandbox or production). A client without one
   * can obtain an access token ({@code client.oauth().createToken(...)}) and do what needs no key.
   * Its other calls fail with an {@link IllegalStateException} unless their {@link RequestOptions}
   * have a key; nothing is sent.
   *
   * @throws IllegalArgumentException if it is blank or holds anything but visible ASCII
   */
  public PersonaClientBuilder apiKey(String apiKey) {
    settings.apiKey(apiKey);
    return this;
  }

  /**
   * Where the API lives, instead of {@link PersonaClient#DEFAULT_BASE_URL}; a slash at the end may
   * be left out.
   *
   * @throws IllegalArgumentException if it is no absolute URL, has a user, a query or a fragment,
   *     or is neither https nor plain http to this machine ({@code localhost}, {@code 127.*},
   *     {@code [::1]})
   */
  public PersonaClientBuilder baseUrl(String baseUrl) {
    this.baseUrl = checkedUrl("baseUrl", baseUrl);
    return this;
  }

  /**
   * The API version to ask for, instead of {@link PersonaClient#DEFAULT_API_VERSION}. Models fit
   * that default; what another version adds is kept as unknown properties, what it renames is
   * missing.
   *
   * @throws IllegalArgumentException if it is no date such as {@code 2025-12-08}
   */
  public PersonaClientBuilder apiVersion(String apiVersion) {
    settings.apiVersion(apiVersion);
    return this;
  }

  /**
   * How long one call may take from its start to the end of the answer, with all retries and all
   * waiting; without it there is no such limit.
   *
   * @throws IllegalArgumentException if it is below 1 ms or above 24 days
   */
  public PersonaClientBuilder callTimeout(Duration callTimeout) {
    settings.callTimeout(callTimeout);
    return this;
  }

  /**
   * How long opening a connection may take; 10 s unless an own {@link #httpClient} says otherwise.
   *
   * @throws IllegalArgumentException if it is below 1 ms or above 24 days
   */
  public PersonaClientBuilder connectTimeout(Duration connectTimeout) {
    settings.connectTimeout(connectTimeout);
    return this;
  }

  /**
   * How long the server may stay silent; 60 s unless an own {@link #httpClient} says otherwise.
   *
   * @throws IllegalArgumentException if it is below 1 ms or above 24 days
   */
  public PersonaClientBuilder readTimeout(Duration readTimeout) {
    settings.readTimeout(readTimeout);
    return this;
  }

  /**
   * How long the server may refuse to take data; 60 s unless an own {@link #httpClient} says
   * otherwise.
   *
   * @throws IllegalArgumentException if it is below 1 ms or above 24 days
   */
  public PersonaClientBuilder writeTimeout(Duration writeTimeout) {
    settings.writeTimeout(writeTimeout);
    return this;
  }

  /**
   * An OkHttp client to build upon: its connections, threads, proxy, TLS settings, time-outs and
   * interceptors are used, and {@link PersonaClient#close()} leaves it running. It is not changed.
   * Clients of this kind that are built upon it share connections with each other, and not with the
   * requests that it sends by itself. Its interceptors come before the headers of this client are
   * set, see every attempt, and are told of no redirect of a file; its network interceptors see
   * each request as it is sent to the API or to a host of files, with all headers. Only its
   * settings for redirects and for repeating failed requests do not count. When a connection turns
   * out dead, the idle ones of its pool are closed too before a repeat. Whatever it allows, nothing
   * is sent over TLS older than 1.2, nor without TLS to another machine, be it a proxy.
   *
   * <p>With a {@code SocketFactory} of its own, the client cannot see the bytes that its
   * connections receive. Then a surplus response over HTTP/1.1 is recognized only where its
   * resource is not the one that the path of the request names, and a chunk size without an end is
   * buffered until the memory is full.
   *
   * <p>An {@code EventListener} of it must not throw from {@code canceled}. When a call times out,
   * OkHttp invokes it on a thread that all users of Okio in this JVM share; an exception ends that
   * thread, and with it all timeouts of OkHttp.
   *
   * <p>Without it, the client has daemon threads, up to 64 calls of {@link PersonaClient#sendAsync}
   * under way at once (others wait their turn; calls that block are as many as their threads), as
   * many connections, and TLS 1.2 or later. With it, its own settings decide on all of these.
   */
  public PersonaClientBuilder httpClient(OkHttpClient httpClient) {
    this.httpClient = Objects.requireNonNull(httpClient, "httpClient");
    return this;
  }

  /**
   * The proxy to use, instead of the system's. Through a SOCKS proxy, the client cannot see the
   * bytes that its connections receive, as with a {@code SocketFactory} of an own {@link
   * #httpClient}.
   */
  public PersonaClientBuilder proxy(Proxy proxy) {
    this.proxy = Objects.requireNonNull(proxy, "proxy");
    return this;
  }

  /**
   * The TLS settings, such as a certificate of one's own or a private authority.
   *
   * @param trustManager the one that the factory was made with
   */
  public PersonaClientBuilder sslSocketFactory(
      SSLSocketFactory sslSocketFactory, X509TrustManager trustManager) {
    this.sslSocketFactory = Objects.requireNonNull(sslSocketFactory, "sslSocketFactory");
    this.trustManager = Objects.requireNonNull(trustManager, "trustManager");
    return this;
  }

  /**
   * An interceptor of OkHttp that sees every attempt as it is about to be sent, with all the
   * headers of this client: the key is among them. {@link RequestLog} is one that hides it. What it
   * throws reaches the caller; an {@link java.io.IOException} counts as a broken connection.
   *
   * <p>OkHttp sets the headers that govern the connection or the length of the message, and bodies
   * are sent unencoded. A call fails with an {@link IllegalArgumentException} before anything is
   * sent if the interceptor, one of an own {@link #httpClient}, or an interface of one's own sets
   * {@code Content-Encoding}, {@code Expect}, {@code HTTP2-Settings}, {@code Keep-Alive}, {@code
   * Proxy-Connection}, {@code TE}, {@code Trailer} or {@code Upgrade}, a {@code Connection} other
   * than {@code close}, another {@code Host} than that of the URL, or a {@code Content-Length} or
   * {@code Transfer-Encoding} that the body does not have.
   *
   * <p>It sees all requests: those to the API, those for files at other hosts with each of their
   * redirects, and those that an interface of one's own sends elsewhere ({@link
   * PersonaClient#api}). Whatever it sets, {@code Authorization}, {@code Cookie} and {@code
   * Idempotency-Key} are taken off after the last interceptor, network interceptors of an own
   * {@link #httpClient} included, when a request is for a file or does not go to the scheme, host
   * and port of the base URL.
   */
  public PersonaClientBuilder addInterceptor(Interceptor interceptor) {
    this.interceptors.add(Objects.requireNonNull(interceptor, "interceptor"));
    return this;
  }

  /** Hears of every call when it has ended; there is one listener, the last one set. */
  public PersonaClientBuilder callListener(CallListener listener) {
    Objects.requireNonNull(listener, "listener");
    return callListenerFactory(operation -> listener);
  }

  /** Like {@link #callListener}, with a listener for each call that is asked for when it begins. */
  public PersonaClientBuilder callListenerFactory(CallListener.Factory factory) {
    this.listeners = Objects.requireNonNull(factory, "factory");
    return this;
  }

  /**
   * Runs what depends on the futures of {@link PersonaClient#sendAsync}, in place of up to 256
   * daemon threads of the client: such as an executor of virtual threads, or one with a limit of
   * one's own. It belongs to the caller, and closing the client leaves it running. A stage that it
   * refuses fails with what it throws. {@code Runnable::run} runs everything on the thread that
   * completes the future, and holds up other calls if it blocks.
   */
  public PersonaClientBuilder continuationExecutor(Executor executor) {
    this.continuationExecutor = Objects.requireNonNull(executor, "executor");
    return this;
  }

  /** Which failed requests are sent again; {@link RetryPolicy#standard()} unless set. */
  public PersonaClientBuilder retryPolicy(RetryPolicy retryPolicy) {
    this.retryPolicy = Objects.requireNonNull(retryPolicy, "retryPolicy");
    return this;
  }

  /**
   * What holds for every call, such as headers; options of one call win, and these win over the
   * other settings here.
   *
   * @throws IllegalArgumentException if they name an idempotency key, since different calls must
   *     not share one
   */
  public PersonaClientBuilder options(RequestOptions options) {
    this.options = PersonaClient.forAllCalls(options);
    return this;
  }

  /**
   * Below which share of the rate limit calls are spread over the time until the limit is reset,
   * first come first served; 0.15 unless set, as the vendor advises. 0 turns this off.
   *
   * @throws IllegalArgumentException if it is not from 0 to 1
   */
  public PersonaClientBuilder rateLimiterThreshold(double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("share must be from 0 to 1");
    }
    this.rateLimiterThreshold = share;
    return this;
  }

  /**
   * How long a call may wait for its turn before it is sent all the same; 70 s unless set, which is
   * more than a window of the API.
   *
   * @throws IllegalArgumentException if it is below 1 ms or above 10 minutes
   */
  public PersonaClientBuilder maxRateLimiterWait(Duration maxRateLimiterWait) {
    this.maxRateLimiterWait = RetryPolicy.checkedDelay("maxRateLimiterWait", maxRateLimiterWait);
    return this;
  }

  /**
   * Hears of the limits once when less than the share of {@link #rateLimiterThreshold} is left of
   * the rate limit or of the creation quota (15 % where pacing is off), and again each time after
   * that has changed. Called on threads of calls; it must be quick and must not throw.
   */
  public PersonaClientBuilder onLowRateLimit(Consumer<RateLimits> listener) {
    this.onLowRateLimit = Objects.requireNonNull(listener, "listener");
    return this;
  }

  /**
   * The environment that this client is meant for. When one of its keys, also one of {@link
   * RequestOptions}, begins like those of the other environment, {@code warning} hears of it: once,
   * when the client is built or on the thread of the call that brought the key. The text does not
   * show the key. Nothing else comes of it, and nothing of what {@code warning} throws.
   *
   * @param warning for example {@code text -> logger.log(Level.WARNING, text)}
   */
  public PersonaClientBuilder expectEnvironment(Environment environment, Consumer<String> warning) {
    this.environment = Objects.requireNonNull(environment, "environment");
    this.onOtherEnvironment = Objects.requireNonNull(warning, "warning");
    return this;
  }

  /**
   * One more place that files may come from, beside {@code https://files.withpersona.com}. The key
   * is not sent there either.
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
   * How large a file may be that is downloaded; 1 GiB unless set.
   *
   * @throws IllegalArgumentException if it is below 1
   */
  public PersonaClientBuilder maxFileSize(long bytes) {
    this.fileRules = fileRules.withMaxSize(bytes);
    return this;
  }

  /**
   * How long the JSON of a response may be, after decompression; 64 MiB unless set. A longer one
   * fails with a {@link MalformedResponseException}. Of the body of an error, 1 MiB is kept,
   * whatever is set here; files have {@link #maxFileSize}.
   *
   * @throws IllegalArgumentException if it is below 1 or above 512 MiB
   */
  public PersonaClientBuilder maxResponseBytes(long bytes) {
    this.jsonLimits = jsonLimits.withMaxResponseBytes(bytes);
    return this;
  }

  /**
   * How much memory the values of one response may take; a quarter of the maximum heap of this JVM,
   * but not more than 1 GiB, unless set. A response that takes more fails with a {@link
   * MalformedResponseException} while it is decoded: 60 kB of compressed JSON can hold 20 million
   * empty objects. Responses of the API take four to ten times their length, by an estimate that
   * {@link JsonLimits#withMaxDecodedBytes} describes. The errors that the body of an error lists
   * may take 8 MiB; beyond that none is listed.
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
   * Makes the client. No connection is opened.
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
            keyListener,
            listeners == null ? null : new ListenerAdapter(listeners));
    RequestOptions defaults = options.withDefaults(settings.build());
    return new PersonaClient(
        false, new RetryingCallFactory(context, new Lifecycle(), defaults, retryPolicy.settings()));
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
