package io.github.persona4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.persona4j.api.EventsApi;
import io.github.persona4j.api.ImportersApi;
import io.github.persona4j.error.PersonaConnectionException;
import io.github.persona4j.error.ServerException;
import io.github.persona4j.internal.retry.SystemTimeSource;
import io.github.persona4j.internal.retry.TestTimeSource;
import io.github.persona4j.internal.retry.TimeSource;
import io.github.persona4j.model.EventPage;
import io.github.persona4j.request.FileUpload;
import io.github.persona4j.request.RequestOptions;
import io.github.persona4j.request.ResourceQuery;
import io.github.persona4j.response.ApiResponse;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.net.SocketFactory;
import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.Cookie;
import okhttp3.CookieJar;
import okhttp3.Dispatcher;
import okhttp3.EventListener;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.BufferedSource;
import okio.ForwardingSource;
import okio.Okio;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import retrofit2.Callback;

/**
 * An exception at any stage of a call, for each call type: it reaches the caller, and no
 * connection, thread or permit is lost.
 */
class ExceptionPropagationTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  /** A checked exception, which Kotlin and Scala throw without declaring it. */
  private static final class CheckedException extends Exception {
    private static final long serialVersionUID = 1L;
  }

  private static List<Supplier<Throwable>> throwables() {
    return List.of(
        () -> new IllegalStateException("thrown"),
        () -> new StackOverflowError("thrown"),
        () -> new NoClassDefFoundError("thrown"),
        () -> new OutOfMemoryError("thrown"),
        () -> new AssertionError("thrown"),
        CheckedException::new);
  }

  // ---- stages ----

  /** The builders of a client, and the exception that its code throws if one is set. */
  private static final class Fixture {
    final PersonaClientBuilder client = PersonaClient.builder().apiKey(MockApi.KEY);
    final OkHttpClient.Builder http = new OkHttpClient.Builder();
    volatile String response = ok(MockApi.EMPTY_PAGE);
    volatile @Nullable Throwable toThrow;

    void throwIfSet() {
      Throwable exception = toThrow;
      if (exception != null) {
        ExceptionPropagationTest.<RuntimeException>sneakyThrow(exception);
      }
    }
  }

  @SuppressWarnings("unchecked")
  private static <E extends Throwable> void sneakyThrow(Throwable thrown) throws E {
    throw (E) thrown;
  }

  private static String ok(String body) {
    return response("200 OK", body);
  }

  private static String limited(int limit, int remaining, int reset) {
    String headers = "RateLimit-Limit: %d\r\nRateLimit-Remaining: %d\r\nRateLimit-Reset: %d\r\n";
    return ok(MockApi.EMPTY_PAGE)
        .replace("Content-Length", headers.formatted(limit, remaining, reset) + "Content-Length");
  }

  private static String response(String status, String body) {
    return "HTTP/1.1 " + status + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
  }

  /** Makes one stage of a call throw. */
  @FunctionalInterface
  private interface Setup {
    void apply(Fixture fixture);
  }

  private record Stage(String name, Function<PersonaClient, retrofit2.Call<?>> call, Setup setup) {
    Stage(String name, Setup setup) {
      this(
          name,
          client -> client.events().api().list(EventsApi.ListQuery.none(), RequestOptions.none()),
          setup);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static Interceptor throwBefore(Fixture fixture) {
    return chain -> {
      fixture.throwIfSet();
      return chain.proceed(chain.request());
    };
  }

  private static Interceptor throwAfter(Fixture fixture) {
    return chain -> {
      Response response = chain.proceed(chain.request());
      fixture.throwIfSet();
      return response;
    };
  }

  private static Interceptor throwInBody(Fixture fixture) {
    return chain -> {
      Response response = chain.proceed(chain.request());
      return response.newBuilder().body(new ThrowingBody(response.body(), fixture)).build();
    };
  }

  /** A body that fails when it is closed. */
  private static Interceptor throwOnClose(Fixture fixture) {
    return chain -> {
      Response response = chain.proceed(chain.request());
      BufferedSource source =
          Okio.buffer(
              new ForwardingSource(response.body().source()) {
                @Override
                public void close() throws IOException {
                  super.close();
                  fixture.throwIfSet();
                }
              });
      return response.newBuilder().body(ResponseBody.create(source, null, -1)).build();
    };
  }

  private static final class ThrowingBody extends ResponseBody {
    private final ResponseBody body;
    private final BufferedSource source;

    ThrowingBody(ResponseBody body, Fixture fixture) {
      this.body = body;
      this.source =
          Okio.buffer(
              new ForwardingSource(body.source()) {
                @Override
                public long read(Buffer sink, long byteCount) throws IOException {
                  fixture.throwIfSet();
                  return super.read(sink, byteCount);
                }
              });
    }

    @Override
    public @Nullable MediaType contentType() {
      return body.contentType();
    }

    @Override
    public long contentLength() {
      return body.contentLength();
    }

    @Override
    public BufferedSource source() {
      return source;
    }
  }

  /** A stage in the source of an upload. */
  private static Stage upload(String name, Function<Fixture, FileUpload> file) {
    Fixture[] current = new Fixture[1];
    return new Stage(
        name,
        client ->
            client
                .api(ImportersApi.class)
                .importAccounts(
                    ImportersApi.ImportAccountsForm.builder().file(file.apply(current[0])).build(),
                    ResourceQuery.none(),
                    RequestOptions.none()),
        fixture -> {
          current[0] = fixture;
          fixture.response = response("201 Created", "{\"data\":{\"type\":\"importer/account\"}}");
        });
  }

  private static FileUpload csv(FileUpload.Source source) {
    return FileUpload.of("a.csv", "text/csv", 4, source);
  }

  private static InputStream stream(Runnable beforeRead) {
    return new InputStream() {
      private int remaining = 4;

      @Override
      public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) == -1 ? -1 : one[0];
      }

      @Override
      public int read(byte[] buffer, int offset, int length) {
        beforeRead.run();
        if (remaining == 0) {
          return -1;
        }
        int read = Math.min(remaining, length);
        Arrays.fill(buffer, offset, offset + read, (byte) 'x');
        remaining -= read;
        return read;
      }
    };
  }

  /** The system time, except for methods that are overridden. */
  private static class DelegatingTimeSource implements TimeSource {
    @Override
    public long nanos() {
      return SystemTimeSource.INSTANCE.nanos();
    }

    @Override
    public Instant now() {
      return SystemTimeSource.INSTANCE.now();
    }

    @Override
    public double random() {
      return 0;
    }

    @Override
    public CompletableFuture<@Nullable Void> pause(long nanos) {
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<@Nullable Void> alarm(long nanos) {
      return new CompletableFuture<>();
    }
  }

  private static Stream<Stage> stages() {
    return Stream.of(
        new Stage(
            "interceptor, before", fixture -> fixture.client.addInterceptor(throwBefore(fixture))),
        new Stage(
            "interceptor, after", fixture -> fixture.client.addInterceptor(throwAfter(fixture))),
        new Stage(
            "interceptor, body", fixture -> fixture.client.addInterceptor(throwInBody(fixture))),
        upload(
            "upload, closed",
            fixture ->
                csv(
                    () ->
                        new FilterInputStream(stream(() -> {})) {
                          @Override
                          public void close() {
                            fixture.throwIfSet();
                          }
                        })),
        new Stage(
            "HTTP client's interceptor, before",
            fixture -> fixture.http.addInterceptor(throwBefore(fixture))),
        new Stage(
            "HTTP client's interceptor, after",
            fixture -> fixture.http.addInterceptor(throwAfter(fixture))),
        new Stage(
            "HTTP client's interceptor, body",
            fixture -> fixture.http.addInterceptor(throwInBody(fixture))),
        new Stage(
            "HTTP client's network interceptor, before",
            fixture -> fixture.http.addNetworkInterceptor(throwBefore(fixture))),
        new Stage(
            "HTTP client's network interceptor, after",
            fixture -> fixture.http.addNetworkInterceptor(throwAfter(fixture))),
        new Stage(
            "HTTP client's network interceptor, body",
            fixture -> fixture.http.addNetworkInterceptor(throwInBody(fixture))),
        new Stage(
            "long body that is decoded while it is received",
            fixture -> {
              fixture.response = ok(" ".repeat(2_000_000) + MockApi.EMPTY_PAGE);
              fixture.client.addInterceptor(
                  chain -> {
                    Response response = chain.proceed(chain.request());
                    BufferedSource source =
                        Okio.buffer(
                            new ForwardingSource(response.body().source()) {
                              private long received;

                              @Override
                              public long read(Buffer sink, long byteCount) throws IOException {
                                if (received > 1_500_000) {
                                  fixture.throwIfSet();
                                }
                                long read = super.read(sink, byteCount);
                                received += read;
                                return read;
                              }
                            });
                    return response
                        .newBuilder()
                        .body(ResponseBody.create(source, null, -1))
                        .build();
                  });
            }),
        new Stage(
            "body of an error",
            fixture -> {
              fixture.response = response("404 No", "{\"errors\":[]}");
              fixture.client.addInterceptor(throwInBody(fixture));
            }),
        new Stage(
            "body of an error, HTTP client's interceptor",
            fixture -> {
              fixture.response = response("404 No", "{\"errors\":[]}");
              fixture.http.addInterceptor(throwInBody(fixture));
            }),
        new Stage("DNS lookup", fixture -> fixture.http.dns(host -> lookUp(fixture))),
        new Stage(
            "sockets", fixture -> fixture.http.socketFactory(new ThrowingSocketFactory(fixture))),
        new Stage(
            "proxy selection",
            fixture -> fixture.http.proxySelector(new ThrowingProxySelector(fixture))),
        new Stage("cookies", fixture -> fixture.http.cookieJar(new ThrowingCookieJar(fixture))),
        new Stage(
            "authenticator",
            fixture -> {
              fixture.response = response("401 No", "");
              fixture.http.authenticator(
                  (route, response) -> {
                    fixture.throwIfSet();
                    return null;
                  });
            }),
        upload(
            "upload, opened",
            fixture ->
                csv(
                    () -> {
                      fixture.throwIfSet();
                      return stream(() -> {});
                    })),
        upload("upload, read", fixture -> csv(() -> stream(fixture::throwIfSet))),
        upload(
            "upload, progress",
            fixture ->
                csv(() -> stream(() -> {})).onProgress((sent, total) -> fixture.throwIfSet())),
        new Stage(
            "time, clock",
            fixture ->
                fixture.client.time(
                    new DelegatingTimeSource() {
                      @Override
                      public long nanos() {
                        fixture.throwIfSet();
                        return super.nanos();
                      }
                    })),
        new Stage(
            "time, pause",
            fixture -> {
              fixture.response = response("503 No", "");
              fixture.client.time(
                  new DelegatingTimeSource() {
                    @Override
                    public CompletableFuture<@Nullable Void> pause(long nanos) {
                      fixture.throwIfSet();
                      return super.pause(nanos);
                    }
                  });
            }),
        new Stage(
            "time, random",
            fixture -> {
              fixture.response = response("503 No", "");
              fixture.client.time(
                  new DelegatingTimeSource() {
                    @Override
                    public double random() {
                      fixture.throwIfSet();
                      return super.random();
                    }
                  });
            }),
        event("callStart"),
        event("dnsStart"),
        event("connectStart"),
        event("connectEnd"),
        event("connectionAcquired"),
        event("requestHeadersStart"),
        event("requestHeadersEnd"),
        event("responseHeadersStart"),
        event("responseHeadersEnd"),
        event("responseBodyStart"),
        event("responseBodyEnd"),
        event("connectionReleased"),
        event("callEnd"));
  }

  private static List<InetAddress> lookUp(Fixture fixture) {
    fixture.throwIfSet();
    return List.of(InetAddress.getLoopbackAddress());
  }

  private static final class ThrowingSocketFactory extends SocketFactory {
    private final Fixture fixture;

    ThrowingSocketFactory(Fixture fixture) {
      this.fixture = fixture;
    }

    @Override
    public Socket createSocket() throws IOException {
      fixture.throwIfSet();
      return SocketFactory.getDefault().createSocket();
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
      throw new IOException("not used");
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort)
        throws IOException {
      throw new IOException("not used");
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
      throw new IOException("not used");
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
        throws IOException {
      throw new IOException("not used");
    }
  }

  private static final class ThrowingProxySelector extends ProxySelector {
    private final Fixture fixture;

    ThrowingProxySelector(Fixture fixture) {
      this.fixture = fixture;
    }

    @Override
    public List<Proxy> select(URI uri) {
      fixture.throwIfSet();
      return List.of(Proxy.NO_PROXY);
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException failure) {}
  }

  private static final class ThrowingCookieJar implements CookieJar {
    private final Fixture fixture;

    ThrowingCookieJar(Fixture fixture) {
      this.fixture = fixture;
    }

    @Override
    public void saveFromResponse(HttpUrl url, List<Cookie> cookies) {}

    @Override
    public List<Cookie> loadForRequest(HttpUrl url) {
      fixture.throwIfSet();
      return List.of();
    }
  }

  private static Stage event(String name) {
    return new Stage(
        "event " + name,
        fixture -> fixture.http.eventListener(new ThrowingListener(fixture, name)));
  }

  private static final class ThrowingListener extends EventListener {
    private final Fixture fixture;
    private final String event;

    ThrowingListener(Fixture fixture, String event) {
      this.fixture = fixture;
      this.event = event;
    }

    private void onEvent(String name) {
      if (name.equals(event)) {
        fixture.throwIfSet();
      }
    }

    @Override
    public void callStart(Call call) {
      onEvent("callStart");
    }

    @Override
    public void dnsStart(Call call, String domainName) {
      onEvent("dnsStart");
    }

    @Override
    public void connectStart(Call call, java.net.InetSocketAddress address, Proxy proxy) {
      onEvent("connectStart");
    }

    @Override
    public void connectEnd(
        Call call,
        java.net.InetSocketAddress address,
        Proxy proxy,
        okhttp3.@Nullable Protocol protocol) {
      onEvent("connectEnd");
    }

    @Override
    public void connectionAcquired(Call call, Connection connection) {
      onEvent("connectionAcquired");
    }

    @Override
    public void requestHeadersStart(Call call) {
      onEvent("requestHeadersStart");
    }

    @Override
    public void requestHeadersEnd(Call call, okhttp3.Request request) {
      onEvent("requestHeadersEnd");
    }

    @Override
    public void responseHeadersStart(Call call) {
      onEvent("responseHeadersStart");
    }

    @Override
    public void responseHeadersEnd(Call call, Response response) {
      onEvent("responseHeadersEnd");
    }

    @Override
    public void responseBodyStart(Call call) {
      onEvent("responseBodyStart");
    }

    @Override
    public void responseBodyEnd(Call call, long byteCount) {
      onEvent("responseBodyEnd");
    }

    @Override
    public void connectionReleased(Call call, Connection connection) {
      onEvent("connectionReleased");
    }

    @Override
    public void callEnd(Call call) {
      onEvent("callEnd");
    }
  }

  // ---- call types ----

  /**
   * How a call is made. Its future completes with the failure of the call, or null for a response.
   */
  private enum CallType {
    BLOCKING {
      @Override
      <T> CompletableFuture<@Nullable Throwable> start(
          PersonaClient client, retrofit2.Call<T> call) {
        return startInThread(() -> client.send(call));
      }
    },
    ASYNC {
      @Override
      <T> CompletableFuture<@Nullable Throwable> start(
          PersonaClient client, retrofit2.Call<T> call) {
        return client
            .sendAsync(call)
            .handle(
                (response, failure) ->
                    failure instanceof CompletionException ? failure.getCause() : failure);
      }
    },
    RETROFIT_BLOCKING {
      @Override
      <T> CompletableFuture<@Nullable Throwable> start(
          PersonaClient client, retrofit2.Call<T> call) {
        return startInThread(call::execute);
      }
    },
    RETROFIT_CALLBACK {
      @Override
      <T> CompletableFuture<@Nullable Throwable> start(
          PersonaClient client, retrofit2.Call<T> call) {
        CompletableFuture<@Nullable Throwable> outcome = new CompletableFuture<>();
        call.enqueue(
            new Callback<>() {
              @Override
              public void onResponse(retrofit2.Call<T> unused, retrofit2.Response<T> response) {
                outcome.complete(null);
              }

              @Override
              public void onFailure(retrofit2.Call<T> unused, Throwable failure) {
                outcome.complete(failure);
              }
            });
        return outcome;
      }
    };

    abstract <T> CompletableFuture<@Nullable Throwable> start(
        PersonaClient client, retrofit2.Call<T> call);

    private static CompletableFuture<@Nullable Throwable> startInThread(
        org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
      CompletableFuture<@Nullable Throwable> outcome = new CompletableFuture<>();
      Thread thread = new Thread(() -> outcome.complete(catchThrowable(call)));
      thread.setDaemon(true);
      thread.start();
      return outcome;
    }

    <T> @Nullable Throwable awaitFailure(PersonaClient client, retrofit2.Call<T> call)
        throws Exception {
      try {
        return start(client, call).get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        throw new AssertionError("the caller was not notified of the end of the call", e);
      }
    }
  }

  // ---- the tests ----

  private final List<Throwable> uncaught = new CopyOnWriteArrayList<>();
  private Thread.@Nullable UncaughtExceptionHandler previousHandler;

  @BeforeEach
  void collectUncaught() {
    previousHandler = Thread.getDefaultUncaughtExceptionHandler();
    Thread.setDefaultUncaughtExceptionHandler((thread, thrown) -> uncaught.add(thrown));
  }

  @AfterEach
  void restoreUncaughtHandler() {
    Thread.setDefaultUncaughtExceptionHandler(previousHandler);
  }

  static Stream<Arguments> stagesAndCallTypes() {
    return stages()
        // OkHttp 4 leaks the socket of a connection whose listener fails at this point.
        .filter(stage -> !(TestedOkHttp.isVersion4() && stage.name.equals("event connectEnd")))
        .flatMap(
            stage -> Stream.of(CallType.values()).map(callType -> Arguments.of(stage, callType)));
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("stagesAndCallTypes")
  void exceptionAtAnyStage_reachesCaller_andReleasesResources(Stage stage, CallType callType)
      throws Exception {
    Fixture fixture = new Fixture();
    stage.setup.apply(fixture);
    OkHttpClient http = fixture.http.build();
    try (RawServer server =
            new RawServer((request, socket) -> RawServer.write(socket, fixture.response));
        PersonaClient client =
            fixture
                .client
                .httpClient(http)
                .baseUrl("http://localhost:" + server.port() + "/api/v1")
                .build()) {
      Throwable unused = callType.awaitFailure(client, stage.call.apply(client));
      for (Supplier<Throwable> throwable : throwables()) {
        http.connectionPool().evictAll(); // so that each call opens a new connection
        Throwable thrown = throwable.get();
        fixture.toThrow = thrown;

        assertThat(callType.awaitFailure(client, stage.call.apply(client))).isSameAs(thrown);

        fixture.toThrow = null;
        awaitIdle(http, server);
        // The next call succeeds.
        Throwable next = callType.awaitFailure(client, stage.call.apply(client));
        assertThat(next == null || !fixture.response.startsWith("HTTP/1.1 20"))
            .as("outcome %s after %s", next, thrown)
            .isTrue();
        awaitIdle(http, server);
      }
    } finally {
      http.dispatcher().executorService().shutdown();
      http.connectionPool().evictAll();
    }
  }

  // OkHttp swallows checked exceptions there.
  @ParameterizedTest
  @EnumSource
  void exceptionOnBodyClose_reachesCaller(CallType callType) throws Exception {
    for (String space : List.of("", " ".repeat(2_000_000))) {
      Fixture fixture = new Fixture();
      fixture.response = ok(space + MockApi.EMPTY_PAGE);
      try (RawServer server =
              new RawServer((request, socket) -> RawServer.write(socket, fixture.response));
          PersonaClient client =
              fixture
                  .client
                  .addInterceptor(throwOnClose(fixture))
                  .baseUrl("http://localhost:" + server.port() + "/api/v1")
                  .build()) {
        for (Throwable thrown : List.of(new IllegalStateException("x"), new AssertionError("x"))) {
          fixture.toThrow = thrown;

          assertThat(callType.awaitFailure(client, MockApi.listEvents(client))).isSameAs(thrown);
        }
        assertThat(server.requests()).hasSize(2);
        fixture.toThrow = null;
        assertThat(client.events().list().items()).isEmpty();
      }
    }
  }

  /** Waits until no call is running and every open socket is idle. */
  private static void awaitIdle(OkHttpClient http, RawServer server) throws Exception {
    long end = System.nanoTime() + TIMEOUT.toNanos();
    while (http.dispatcher().runningCallsCount() > 0
        || http.dispatcher().queuedCallsCount() > 0
        || server.connections() > http.connectionPool().idleConnectionCount()) {
      if (System.nanoTime() > end) {
        throw new AssertionError(
            http.dispatcher().runningCallsCount()
                + " calls run, "
                + server.connections()
                + " sockets are open, "
                + http.connectionPool().idleConnectionCount()
                + " idle");
      }
      Thread.sleep(5);
    }
  }

  /** Listeners, which cannot fail a call. */
  static Stream<Arguments> listeners() {
    return Stream.of(
            new Stage(
                "start of a call",
                fixture ->
                    fixture.client.callListenerFactory(
                        operation -> {
                          fixture.throwIfSet();
                          return call -> {};
                        })),
            new Stage(
                "end of a call",
                fixture -> fixture.client.callListener(call -> fixture.throwIfSet())),
            new Stage(
                "log",
                fixture ->
                    fixture.client.addInterceptor(RequestLog.to(line -> fixture.throwIfSet()))),
            new Stage(
                "low rate limits",
                fixture -> {
                  fixture.response = limited(300, 3, 0);
                  fixture
                      .client
                      .time(new DelegatingTimeSource())
                      .onLowRateLimit(limits -> fixture.throwIfSet());
                }),
            new Stage(
                "other environment",
                fixture ->
                    fixture.client.expectEnvironment(
                        Environment.PRODUCTION, warning -> fixture.throwIfSet())))
        .flatMap(
            stage -> Stream.of(CallType.values()).map(callType -> Arguments.of(stage, callType)));
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("listeners")
  void exceptionOfListener_doesNotAffectCall(Stage stage, CallType callType) throws Exception {
    for (Supplier<Throwable> throwable : throwables()) {
      Fixture fixture = new Fixture();
      stage.setup.apply(fixture);
      fixture.toThrow = throwable.get();
      try (RawServer server =
              new RawServer((request, socket) -> RawServer.write(socket, fixture.response));
          PersonaClient client = fixture.client.baseUrl(server.origin() + "/api/v1").build()) {
        assertThat(callType.awaitFailure(client, stage.call.apply(client))).isNull();
      }
    }
    assertThat(uncaught).isEmpty();
  }

  @Test
  void exceptionOfCallback_goesToUncaughtExceptionHandler() throws Exception {
    try (MockApi api = new MockApi()) {
      for (Supplier<Throwable> throwable : throwables()) {
        for (int status : List.of(200, 404)) {
          Throwable thrown = throwable.get();
          uncaught.clear();
          api.respond(status, MockApi.EMPTY_PAGE);
          List<String> outcome = new CopyOnWriteArrayList<>();
          api.client()
              .api(io.github.persona4j.api.EventsApi.class)
              .list(EventsApi.ListQuery.none(), RequestOptions.none())
              .enqueue(
                  new Callback<EventPage>() {
                    @Override
                    public void onResponse(
                        retrofit2.Call<EventPage> call, retrofit2.Response<EventPage> response) {
                      outcome.add("response");
                      ExceptionPropagationTest.<RuntimeException>sneakyThrow(thrown);
                    }

                    @Override
                    public void onFailure(retrofit2.Call<EventPage> call, Throwable failure) {
                      outcome.add("failure");
                    }
                  });

          Dispatcher dispatcher = api.client().http().dispatcher();
          long end = System.nanoTime() + TIMEOUT.toNanos();
          while ((uncaught.isEmpty() || dispatcher.runningCallsCount() > 0)
              && System.nanoTime() < end) {
            Thread.sleep(2);
          }
          assertThat(uncaught).containsExactly(thrown);
          assertThat(outcome).containsExactly("response");
          assertThat(dispatcher.runningCallsCount()).isZero();
        }
      }
    }
  }

  @Test
  void exceptionOfContinuation_failsOnlyItsStage() throws Exception {
    try (MockApi api = new MockApi()) {
      for (Supplier<Throwable> throwable : throwables()) {
        Throwable thrown = throwable.get();
        api.respond(200, MockApi.EMPTY_PAGE);
        CompletableFuture<ApiResponse<EventPage>> call =
            api.client()
                .sendAsync(
                    api.client()
                        .events()
                        .api()
                        .list(EventsApi.ListQuery.none(), RequestOptions.none()));

        assertThat(
                call.thenRun(() -> ExceptionPropagationTest.<RuntimeException>sneakyThrow(thrown)))
            .failsWithin(TIMEOUT)
            .withThrowableThat()
            .havingCause()
            .isSameAs(thrown);
        assertThat(call).isCompleted();
      }
    }
    assertThat(uncaught).isEmpty();
  }

  // ---- cancellations ----

  /**
   * Cancels by closing the client. If a timeout of OkHttp cancels, an exception of its listener
   * kills the thread that watches all timeouts of the program, so that is not tested.
   */
  @Test
  void exceptionOnCancel_doesNotPreventCallsFromEnding() throws Exception {
    for (Supplier<Throwable> throwable : throwables()) {
      Throwable thrown = throwable.get();
      EventListener listener =
          new EventListener() {
            @Override
            public void canceled(Call call) {
              ExceptionPropagationTest.<RuntimeException>sneakyThrow(thrown);
            }
          };
      OkHttpClient http = new OkHttpClient.Builder().eventListener(listener).build();
      try (RawServer server = new RawServer((request, socket) -> {})) {
        PersonaClient client =
            PersonaClient.builder()
                .apiKey(MockApi.KEY)
                .baseUrl(server.origin() + "/api/v1")
                .httpClient(http)
                .build();
        List<CompletableFuture<ApiResponse<EventPage>>> calls =
            Stream.generate(() -> client.sendAsync(MockApi.listEvents(client))).limit(3).toList();

        client.close();

        for (CompletableFuture<ApiResponse<EventPage>> call : calls) {
          assertThat(call)
              .failsWithin(TIMEOUT)
              .withThrowableThat()
              .havingCause()
              .isInstanceOfSatisfying(
                  PersonaConnectionException.class, e -> assertThat(e.isStopped()).isTrue());
        }
      } finally {
        http.dispatcher().executorService().shutdown();
      }
    }
  }

  // ---- executors ----

  /** Rejects every task with the given exception. */
  private static final class RejectingExecutor extends AbstractExecutorService {
    private final Supplier<RuntimeException> rejection;

    RejectingExecutor(Supplier<RuntimeException> rejection) {
      this.rejection = rejection;
    }

    @Override
    public void execute(Runnable task) {
      throw rejection.get();
    }

    @Override
    public void shutdown() {}

    @Override
    public List<Runnable> shutdownNow() {
      return new ArrayList<>();
    }

    @Override
    public boolean isShutdown() {
      return false;
    }

    @Override
    public boolean isTerminated() {
      return false;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
      return true;
    }
  }

  private static PersonaClient clientWithExecutor(
      MockApi api, Supplier<RuntimeException> rejection) {
    Dispatcher dispatcher = new Dispatcher(new RejectingExecutor(rejection));
    return api.builder()
        .retryPolicy(RetryPolicy.standard())
        .httpClient(new OkHttpClient.Builder().dispatcher(dispatcher).build())
        .build();
  }

  @Test
  void rejectingExecutor_failsFuture() throws Exception {
    try (MockApi api = new MockApi();
        PersonaClient client =
            clientWithExecutor(api, () -> new RejectedExecutionException("full"))) {
      Throwable failure =
          CallType.ASYNC.awaitFailure(
              client,
              client.events().api().list(EventsApi.ListQuery.none(), RequestOptions.none()));

      assertThat(failure)
          .isInstanceOfSatisfying(
              PersonaConnectionException.class,
              e -> {
                assertThat(e.isStopped()).isTrue();
                assertThat(e.isTimeout()).isFalse();
              })
          .hasMessage(
              "GET /api/v1/events failed: no thread was free for the call, or its executor"
                  + " refused it");
      assertThat(
              CallType.RETROFIT_CALLBACK.awaitFailure(
                  client,
                  client.events().api().list(EventsApi.ListQuery.none(), RequestOptions.none())))
          .isInstanceOf(IOException.class);
      assertThat(api.server().getRequestCount()).isZero();
    }
  }

  @Test
  void throwingExecutor_failsFuture() throws Exception {
    IllegalStateException broken = new IllegalStateException("broken");
    try (MockApi api = new MockApi();
        PersonaClient client = clientWithExecutor(api, () -> broken)) {
      assertThat(
              CallType.ASYNC.awaitFailure(
                  client,
                  client.events().api().list(EventsApi.ListQuery.none(), RequestOptions.none())))
          .isSameAs(broken);
      assertThat(
              CallType.RETROFIT_CALLBACK.awaitFailure(
                  client,
                  client.events().api().list(EventsApi.ListQuery.none(), RequestOptions.none())))
          .isSameAs(broken);
    }
  }

  // ---- decoding ----

  @Test
  void deeplyNestedErrorBody_isErrorWithoutDetails() throws Exception {
    String deep = "{\"errors\":" + "[".repeat(500_000);
    try (MockApi api = new MockApi()) {
      for (CallType callType : List.of(CallType.BLOCKING, CallType.ASYNC)) {
        api.respond(500, deep);

        assertThat(
                callType.awaitFailure(
                    api.client(),
                    api.client()
                        .events()
                        .api()
                        .list(EventsApi.ListQuery.none(), RequestOptions.none())))
            .isInstanceOfSatisfying(ServerException.class, e -> assertThat(e.errors()).isEmpty());
      }
    }
  }

  @Test
  void permit_afterException_isReturned() throws Exception {
    TestTimeSource time = new TestTimeSource();
    Fixture fixture = new Fixture();
    fixture.client.addInterceptor(throwBefore(fixture)).time(time);
    fixture.response = limited(10, 3, 50);
    try (RawServer server =
            new RawServer((request, socket) -> RawServer.write(socket, fixture.response));
        PersonaClient client = fixture.client.baseUrl(server.origin() + "/api/v1").build()) {
      Objects.requireNonNull(client.events().list());
      for (Supplier<Throwable> throwable : throwables()) {
        for (CallType callType : CallType.values()) {
          fixture.toThrow = throwable.get();
          assertThat(
                  callType.awaitFailure(
                      client,
                      client
                          .events()
                          .api()
                          .list(EventsApi.ListQuery.none(), RequestOptions.none())))
              .isSameAs(fixture.toThrow);
        }
      }
      fixture.toThrow = null;

      client.events().list();

      // Three permits remained. A lost permit would delay the next call until a new window.
      assertThat(time.pauses()).isEmpty();
      assertThat(server.requests()).hasSize(2);
    }
  }
}
