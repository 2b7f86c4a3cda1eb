package io.github.persona4j.internal.http;

import java.net.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.SocketFactory;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.ConnectionPool;
import okhttp3.ConnectionSpec;
import okhttp3.Dispatcher;
import okhttp3.EventListener;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/** The OkHttp client for attempts, with its threads and connections. Thread-safe. */
public final class Transport {
  private static final int MAX_CONCURRENT_CALLS = 64;
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  // Some operations, such as synchronous reports, take many seconds.
  private static final Duration TRANSFER_TIMEOUT = Duration.ofSeconds(60);

  /**
   * Settings of a transport.
   *
   * @param baseUrl the base URL of the API
   * @param httpClient the user's OkHttp client; null for none
   * @param proxy null for the default
   * @param sslSocketFactory null for the default
   * @param trustManager the trust manager of the factory; null for the default
   * @param interceptors the user's interceptors
   * @param fileRules the origins and sizes of files
   * @param bodyTimeout the timeout for receiving a body that is not streamed
   */
  public record Settings(
      HttpUrl baseUrl,
      @Nullable OkHttpClient httpClient,
      @Nullable Proxy proxy,
      @Nullable SSLSocketFactory sslSocketFactory,
      @Nullable X509TrustManager trustManager,
      List<Interceptor> interceptors,
      FileRules fileRules,
      Duration bodyTimeout) {}

  private final OkHttpClient http;
  private final boolean owned;
  private final long callTimeoutNanos;
  private final ExecutorService threads;
  private final Duration bodyTimeout;

  private Transport(
      OkHttpClient http,
      boolean owned,
      int callTimeoutMillis,
      ExecutorService threads,
      Duration bodyTimeout) {
    this.http = http;
    this.owned = owned;
    this.callTimeoutNanos = TimeUnit.MILLISECONDS.toNanos(callTimeoutMillis);
    this.threads = threads;
    this.bodyTimeout = bodyTimeout;
  }

  /**
   * Creates a transport with its own threads and connections, or with those of the user's client.
   *
   * @throws IllegalStateException if TLS cannot be set up on this machine
   */
  public static Transport create(Settings settings) {
    OkHttpClient base = settings.httpClient();
    return base == null ? owned(settings) : sharing(base, settings);
  }

  private static Transport owned(Settings settings) {
    ExecutorService threads = DaemonThreads.pool();
    Dispatcher dispatcher = new Dispatcher(threads);
    dispatcher.setMaxRequests(MAX_CONCURRENT_CALLS);
    // OkHttp's default is five for each host, and the API is one host.
    dispatcher.setMaxRequestsPerHost(MAX_CONCURRENT_CALLS);
    ConnectionPool connections = new ConnectionPool(MAX_CONCURRENT_CALLS, 5, TimeUnit.MINUTES);
    OkHttpClient.Builder http =
        new OkHttpClient.Builder()
            .dispatcher(dispatcher)
            .connectionPool(connections)
            .eventListener(new ReleasedConnections(dispatcher, connections))
            .socketFactory(CountingSocket.Factory.INSTANCE)
            // TLS 1.2 or later; plain http is for this machine, by the rule of baseUrl.
            .connectionSpecs(List.of(ConnectionSpec.MODERN_TLS, ConnectionSpec.CLEARTEXT))
            .connectTimeout(CONNECT_TIMEOUT)
            .readTimeout(TRANSFER_TIMEOUT)
            .writeTimeout(TRANSFER_TIMEOUT);
    return new Transport(configured(http, settings), true, 0, threads, settings.bodyTimeout());
  }

  private static Transport sharing(OkHttpClient base, Settings settings) {
    OkHttpClient.Builder http =
        base.newBuilder()
            // The timeout applies to the whole call; an attempt gets the remaining time.
            .callTimeout(Duration.ZERO)
            .dns(new PooledConnections.OwnDns(base.dns()));
    if (base.socketFactory() == SocketFactory.getDefault()) {
      http.socketFactory(CountingSocket.Factory.INSTANCE);
    }
    return new Transport(
        configured(http, settings),
        false,
        base.callTimeoutMillis(),
        DaemonThreads.pool(),
        settings.bodyTimeout());
  }

  private static OkHttpClient configured(OkHttpClient.Builder http, Settings settings) {
    if (settings.proxy() != null) {
      http.proxy(settings.proxy());
    }
    if (settings.sslSocketFactory() != null && settings.trustManager() != null) {
      http.sslSocketFactory(settings.sslSocketFactory(), settings.trustManager());
    }
    // A redirect would send the query to another host, and could change the method of a POST.
    http.followRedirects(false).followSslRedirects(false);
    // Retries within OkHttp could not be counted or limited.
    http.retryOnConnectionFailure(false);

    // The interceptors in order. Each attempt of a call passes all of them.
    http.interceptors().add(0, new GuardInterceptor()); // before those of the user's client
    http.addInterceptor(new TimeoutInterceptor())
        .addInterceptor(new FileRedirectInterceptor(settings.fileRules()))
        .addInterceptor(new HeadersInterceptor(settings.baseUrl()))
        .addInterceptor(new ErrorBodyInterceptor(settings.bodyTimeout()));
    http.interceptors().addAll(settings.interceptors());
    http.addInterceptor(new ConnectionHeadersInterceptor());
    // After the network interceptors of the user's client, so that nothing changes the request
    // between these and the connection.
    http.addNetworkInterceptor(new ConnectionInterceptor())
        .addNetworkInterceptor(new CredentialsInterceptor(settings.baseUrl()));
    try {
      return http.build();
    } catch (Exception e) { // Kotlin code can throw undeclared checked exceptions
      throw new IllegalStateException("OkHttp cannot be set up on this machine", e);
    }
  }

  /** The client for attempts. It has no call timeout. */
  public OkHttpClient http() {
    return http;
  }

  /** Like {@link #http()}, but opens and closes a connection for each attempt. Rarely needed. */
  public OkHttpClient unpooled() {
    ConnectionPool none = new ConnectionPool(0, 1, TimeUnit.NANOSECONDS);
    return http.newBuilder().connectionPool(none).build();
  }

  /** The default timeout of a call in nanoseconds; 0 for none. */
  public long callTimeoutNanos() {
    return callTimeoutNanos;
  }

  /** The timeout for receiving a decoded body. */
  public Duration bodyTimeout() {
    return bodyTimeout;
  }

  /** The threads of this client, one for each task. */
  public ExecutorService threads() {
    return threads;
  }

  /** Closes the connections that are not in use. */
  public void evictIdle() {
    http.connectionPool().evictAll();
  }

  /**
   * Shuts the threads down. Cancels running calls and closes connections unless they are the
   * user's.
   */
  public void close() {
    threads.shutdown();
    if (owned) {
      http.dispatcher().cancelAll();
      evictIdle();
    }
  }

  /** Closes connections that were in use when the client was closed, when they become idle. */
  private static final class ReleasedConnections extends EventListener {
    private final Dispatcher dispatcher;
    private final ConnectionPool connections;

    ReleasedConnections(Dispatcher dispatcher, ConnectionPool connections) {
      this.dispatcher = dispatcher;
      this.connections = connections;
    }

    @Override
    public void connectionReleased(Call call, Connection connection) {
      if (dispatcher.executorService().isShutdown()) {
        connections.evictAll();
      }
    }
  }
}
