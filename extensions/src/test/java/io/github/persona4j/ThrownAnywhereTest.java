package io.github.persona4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.persona4j.api.Events;
import io.github.persona4j.api.Importers;
import io.github.persona4j.api.ImportersApi;
import io.github.persona4j.error.PersonaConnectionException;
import io.github.persona4j.error.ServerException;
import io.github.persona4j.internal.retry.SystemTimeSource;
import io.github.persona4j.internal.retry.TestTimeSource;
import io.github.persona4j.internal.retry.TimeSource;
import io.github.persona4j.model.EventPage;
import io.github.persona4j.request.FileUpload;
import io.github.persona4j.request.RequestOptions;
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
 * Whatever is thrown at whatever stage of a call, in each of the three forms in which a call is
 * made: its caller hears of it soon, and no connection, thread or turn stays behind.
 */
class ThrownAnywhereTest {
  private static final Duration SOON = Duration.ofSeconds(10);

  /** What Kotlin and Scala throw without declaring it. */
  private static final class Checked extends Exception {
    private static final long serialVersionUID = 1L;
  }

  private static List<Supplier<Throwable>> throwables() {
    return List.of(
        () -> new IllegalStateException("thrown"),
        () -> new StackOverflowError("thrown"),
        () -> new NoClassDefFoundError("thrown"),
        () -> new OutOfMemoryError("thrown"),
        () -> new AssertionError("thrown"),
        Checked::new);
  }

  // ---- stages ----

  /** A client in the making, and what its code throws while it is armed. */
  private static final class Lab {
    final PersonaClientBuilder client = PersonaClient.builder().apiKey(MockApi.KEY);
    final OkHttpClient.Builder http = new OkHttpClient.Builder();
    volatile String response = ok(MockApi.EMPTY_PAGE);
    volatile @Nullable Throwable armed;

    void fault() {
      Throwable fault = armed;
      if (fault != null) {
        ThrownAnywhereTest.<RuntimeException>sneakily(fault);
      }
    }
  }

  @SuppressWarnings("unchecked")
  private static <E extends Throwable> void sneakily(Throwable thrown) throws E {
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
  private interface Setting {
    void apply(Lab lab);
  }

  private record Stage(
      String name, Function<PersonaClient, retrofit2.Call<?>> call, Setting setting) {
    Stage(String name, Setting setting) {
      this(
          name,
          client -> client.events().api().list(Events.ListQuery.none(), RequestOptions.none()),
          setting);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static Interceptor before(Lab lab) {
    return chain -> {
      lab.fault();
      return chain.proceed(chain.request());
    };
  }

  private static Interceptor after(Lab lab) {
    return chain -> {
      Response response = chain.proceed(chain.request());
      lab.fault();
      return response;
    };
  }

  private static Interceptor body(Lab lab) {
    return chain -> {
      Response response = chain.proceed(chain.request());
      return response.newBuilder().body(new FaultyBody(response.body(), lab)).build();
    };
  }

  /** A body that fails when it is closed. */
  private static Interceptor end(Lab lab) {
    return chain -> {
      Response response = chain.proceed(chain.request());
      BufferedSource source =
          Okio.buffer(
              new ForwardingSource(response.body().source()) {
                @Override
                public void close() throws IOException {
                  super.close();
                  lab.fault();
                }
              });
      return response.newBuilder().body(ResponseBody.create(source, null, -1)).build();
    };
  }

  private static final class FaultyBody extends ResponseBody {
    private final ResponseBody body;
    private final BufferedSource source;

    FaultyBody(ResponseBody body, Lab lab) {
      this.body = body;
      this.source =
          Okio.buffer(
              new ForwardingSource(body.source()) {
                @Override
                public long read(Buffer sink, long byteCount) throws IOException {
                  lab.fault();
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

  /** The source of an upload that fails when it is opened, or when it is read. */
  private static Stage upload(String name, Function<Lab, FileUpload> file) {
    Lab[] current = new Lab[1];
    return new Stage(
        name,
        client ->
            client
                .api(ImportersApi.class)
                .importAccounts(
                    Importers.ImportAccountsForm.builder().file(file.apply(current[0])).build(),
                    Importers.ImportAccountsQuery.none(),
                    RequestOptions.none()),
        lab -> {
          current[0] = lab;
          lab.response = response("201 Created", "{\"data\":{\"type\":\"importer/account\"}}");
        });
  }

  private static FileUpload csv(FileUpload.Source source) {
    return FileUpload.of("a.csv", "text/csv", 4, source);
  }

  private static InputStream stream(Runnable beforeRead) {
    return new InputStream() {
      private int left = 4;

      @Override
      public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) == -1 ? -1 : one[0];
      }

      @Override
      public int read(byte[] buffer, int offset, int length) {
        beforeRead.run();
        if (left == 0) {
          return -1;
        }
        int read = Math.min(left, length);
        Arrays.fill(buffer, offset, offset + read, (byte) 'x');
        left -= read;
        return read;
      }
    };
  }

  /** A time that is the machine's, but for what is overridden. */
  private static class OwnTime implements TimeSource {
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
        new Stage("interceptor, before", lab -> lab.client.addInterceptor(before(lab))),
        new Stage("interceptor, after", lab -> lab.client.addInterceptor(after(lab))),
        new Stage("interceptor, body", lab -> lab.client.addInterceptor(body(lab))),
        upload(
            "upload, closed",
            lab ->
                csv(
                    () ->
                        new FilterInputStream(stream(() -> {})) {
                          @Override
                          public void close() {
                            lab.fault();
                          }
                        })),
        new Stage("own client's interceptor, before", lab -> lab.http.addInterceptor(before(lab))),
        new Stage("own client's interceptor, after", lab -> lab.http.addInterceptor(after(lab))),
        new Stage("own client's interceptor, body", lab -> lab.http.addInterceptor(body(lab))),
        new Stage(
            "own client's network interceptor, before",
            lab -> lab.http.addNetworkInterceptor(before(lab))),
        new Stage(
            "own client's network interceptor, after",
            lab -> lab.http.addNetworkInterceptor(after(lab))),
        new Stage(
            "own client's network interceptor, body",
            lab -> lab.http.addNetworkInterceptor(body(lab))),
        new Stage(
            "long body that is decoded as it comes",
            lab -> {
              lab.response = ok(" ".repeat(2_000_000) + MockApi.EMPTY_PAGE);
              lab.client.addInterceptor(
                  chain -> {
                    Response response = chain.proceed(chain.request());
                    BufferedSource late =
                        Okio.buffer(
                            new ForwardingSource(response.body().source()) {
                              private long received;

                              @Override
                              public long read(Buffer sink, long byteCount) throws IOException {
                                if (received > 1_500_000) {
                                  lab.fault();
                                }
                                long read = super.read(sink, byteCount);
                                received += read;
                                return read;
                              }
                            });
                    return response.newBuilder().body(ResponseBody.create(late, null, -1)).build();
                  });
            }),
        new Stage(
            "body of an error",
            lab -> {
              lab.response = response("404 No", "{\"errors\":[]}");
              lab.client.addInterceptor(body(lab));
            }),
        new Stage(
            "body of an error, own client's interceptor",
            lab -> {
              lab.response = response("404 No", "{\"errors\":[]}");
              lab.http.addInterceptor(body(lab));
            }),
        new Stage("look-up of a name", lab -> lab.http.dns(host -> lookUp(lab))),
        new Stage("sockets", lab -> lab.http.socketFactory(new FaultySockets(lab))),
        new Stage("choice of a proxy", lab -> lab.http.proxySelector(new FaultyProxies(lab))),
        new Stage("cookies", lab -> lab.http.cookieJar(new FaultyCookies(lab))),
        new Stage(
            "authenticator",
            lab -> {
              lab.response = response("401 No", "");
              lab.http.authenticator(
                  (route, response) -> {
                    lab.fault();
                    return null;
                  });
            }),
        upload(
            "upload, opened",
            lab ->
                csv(
                    () -> {
                      lab.fault();
                      return stream(() -> {});
                    })),
        upload("upload, read", lab -> csv(() -> stream(lab::fault))),
        upload(
            "upload, progress",
            lab -> csv(() -> stream(() -> {})).onProgress((sent, total) -> lab.fault())),
        new Stage(
            "time, clock",
            lab ->
                lab.client.time(
                    new OwnTime() {
                      @Override
                      public long nanos() {
                        lab.fault();
                        return super.nanos();
                      }
                    })),
        new Stage(
            "time, pause",
            lab -> {
              lab.response = response("503 No", "");
              lab.client.time(
                  new OwnTime() {
                    @Override
                    public CompletableFuture<@Nullable Void> pause(long nanos) {
                      lab.fault();
                      return super.pause(nanos);
                    }
                  });
            }),
        new Stage(
            "time, chance",
            lab -> {
              lab.response = response("503 No", "");
              lab.client.time(
                  new OwnTime() {
                    @Override
                    public double random() {
                      lab.fault();
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

  private static List<InetAddress> lookUp(Lab lab) {
    lab.fault();
    return List.of(InetAddress.getLoopbackAddress());
  }

  private static final class FaultySockets extends SocketFactory {
    private final Lab lab;

    FaultySockets(Lab lab) {
      this.lab = lab;
    }

    @Override
    public Socket createSocket() throws IOException {
      lab.fault();
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

  private static final class FaultyProxies extends ProxySelector {
    private final Lab lab;

    FaultyProxies(Lab lab) {
      this.lab = lab;
    }

    @Override
    public List<Proxy> select(URI uri) {
      lab.fault();
      return List.of(Proxy.NO_PROXY);
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException failure) {}
  }

  private static final class FaultyCookies implements CookieJar {
    private final Lab lab;

    FaultyCookies(Lab lab) {
      this.lab = lab;
    }

    @Override
    public void saveFromResponse(HttpUrl url, List<Cookie> cookies) {}

    @Override
    public List<Cookie> loadForRequest(HttpUrl url) {
      lab.fault();
      return List.of();
    }
  }

  private static Stage event(String name) {
    return new Stage("event " + name, lab -> lab.http.eventListener(new FaultyListener(lab, name)));
  }

  private static final class FaultyListener extends EventListener {
    private final Lab lab;
    private final String event;

    FaultyListener(Lab lab, String event) {
      this.lab = lab;
      this.event = event;
    }

    private void happened(String name) {
      if (name.equals(event)) {
        lab.fault();
      }
    }

    @Override
    public void callStart(Call call) {
      happened("callStart");
    }

    @Override
    public void dnsStart(Call call, String domainName) {
      happened("dnsStart");
    }

    @Override
    public void connectStart(Call call, java.net.InetSocketAddress address, Proxy proxy) {
      happened("connectStart");
    }

    @Override
    public void connectEnd(
        Call call,
        java.net.InetSocketAddress address,
        Proxy proxy,
        okhttp3.@Nullable Protocol protocol) {
      happened("connectEnd");
    }

    @Override
    public void connectionAcquired(Call call, Connection connection) {
      happened("connectionAcquired");
    }

    @Override
    public void requestHeadersStart(Call call) {
      happened("requestHeadersStart");
    }

    @Override
    public void requestHeadersEnd(Call call, okhttp3.Request request) {
      happened("requestHeadersEnd");
    }

    @Override
    public void responseHeadersStart(Call call) {
      happened("responseHeadersStart");
    }

    @Override
    public void responseHeadersEnd(Call call, Response response) {
      happened("responseHeadersEnd");
    }

    @Override
    public void responseBodyStart(Call call) {
      happened("responseBodyStart");
    }

    @Override
    public void responseBodyEnd(Call call, long byteCount) {
      happened("responseBodyEnd");
    }

    @Override
    public void connectionReleased(Call call, Connection connection) {
      happened("connectionReleased");
    }

    @Override
    public void callEnd(Call call) {
      happened("callEnd");
    }
  }

  // ---- forms ----

  /** Each form in which a call is made; gives what its caller hears, null for a response. */
  private enum Form {
    WAITING {
      @Override
      <T> CompletableFuture<@Nullable Throwable> make(
          PersonaClient client, retrofit2.Call<T> call) {
        return elsewhere(() -> client.send(call));
      }
    },
    FUTURE {
      @Override
      <T> CompletableFuture<@Nullable Throwable> make(
          PersonaClient client, retrofit2.Call<T> call) {
        return client
            .sendAsync(call)
            .handle(
                (response, failure) ->
                    failure instanceof CompletionException ? failure.getCause() : failure);
      }
    },
    RETROFIT_WAITING {
      @Override
      <T> CompletableFuture<@Nullable Throwable> make(
          PersonaClient client, retrofit2.Call<T> call) {
        return elsewhere(call::execute);
      }
    },
    RETROFIT_CALLBACK {
      @Override
      <T> CompletableFuture<@Nullable Throwable> make(
          PersonaClient client, retrofit2.Call<T> call) {
        CompletableFuture<@Nullable Throwable> told = new CompletableFuture<>();
        call.enqueue(
            new Callback<>() {
              @Override
              public void onResponse(retrofit2.Call<T> unused, retrofit2.Response<T> response) {
                told.complete(null);
              }

              @Override
              public void onFailure(retrofit2.Call<T> unused, Throwable failure) {
                told.complete(failure);
              }
            });
        return told;
      }
    };

    abstract <T> CompletableFuture<@Nullable Throwable> make(
        PersonaClient client, retrofit2.Call<T> call);

    private static CompletableFuture<@Nullable Throwable> elsewhere(
        org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
      CompletableFuture<@Nullable Throwable> told = new CompletableFuture<>();
      Thread thread = new Thread(() -> told.complete(catchThrowable(call)));
      thread.setDaemon(true);
      thread.start();
      return told;
    }

    <T> @Nullable Throwable heard(PersonaClient client, retrofit2.Call<T> call) throws Exception {
      try {
        return make(client, call).get(SOON.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        throw new AssertionError("nobody heard of the end of the call", e);
      }
    }
  }

  // ---- the tests ----

  private final List<Throwable> uncaught = new CopyOnWriteArrayList<>();
  private Thread.@Nullable UncaughtExceptionHandler before;

  @BeforeEach
  void collectUncaught() {
    before = Thread.getDefaultUncaughtExceptionHandler();
    Thread.setDefaultUncaughtExceptionHandler((thread, thrown) -> uncaught.add(thrown));
  }

  @AfterEach
  void restore() {
    Thread.setDefaultUncaughtExceptionHandler(before);
  }

  static Stream<Arguments> everything() {
    return stages()
        // OkHttp 4 keeps the socket of a connection whose listener fails then, and it stays open.
        .filter(stage -> !(TestedOkHttp.isFour() && stage.name.equals("event connectEnd")))
        .flatMap(stage -> Stream.of(Form.values()).map(form -> Arguments.of(stage, form)));
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("everything")
  void whateverIsThrown_reachesTheCaller_andLeavesNothingBehind(Stage stage, Form form)
      throws Exception {
    Lab lab = new Lab();
    stage.setting.apply(lab);
    OkHttpClient http = lab.http.build();
    try (RawServer server =
            new RawServer((request, socket) -> RawServer.write(socket, lab.response));
        PersonaClient client =
            lab.client
                .httpClient(http)
                .baseUrl("http://localhost:" + server.port() + "/api/v1")
                .build()) {
      Throwable unused = form.heard(client, stage.call.apply(client));
      for (Supplier<Throwable> throwable : throwables()) {
        http.connectionPool().evictAll(); // so that each finds the stages of a new connection
        Throwable thrown = throwable.get();
        lab.armed = thrown;

        assertThat(form.heard(client, stage.call.apply(client))).isSameAs(thrown);

        lab.armed = null;
        eventuallyFree(http, server);
        // The next call finds everything as it should be.
        Throwable next = form.heard(client, stage.call.apply(client));
        assertThat(next == null || !lab.response.startsWith("HTTP/1.1 20"))
            .as("outcome %s after %s", next, thrown)
            .isTrue();
        eventuallyFree(http, server);
      }
    } finally {
      http.dispatcher().executorService().shutdown();
      http.connectionPool().evictAll();
    }
  }

  // OkHttp swallows checked exceptions there.
  @ParameterizedTest
  @EnumSource
  void whateverTheEndOfABodyThrows_reachesTheCaller(Form form) throws Exception {
    for (String space : List.of("", " ".repeat(2_000_000))) {
      Lab lab = new Lab();
      lab.response = ok(space + MockApi.EMPTY_PAGE);
      try (RawServer server =
              new RawServer((request, socket) -> RawServer.write(socket, lab.response));
          PersonaClient client =
              lab.client
                  .addInterceptor(end(lab))
                  .baseUrl("http://localhost:" + server.port() + "/api/v1")
                  .build()) {
        for (Throwable thrown : List.of(new IllegalStateException("x"), new AssertionError("x"))) {
          lab.armed = thrown;

          assertThat(form.heard(client, MockApi.listEvents(client))).isSameAs(thrown);
        }
        assertThat(server.requests()).hasSize(2);
        lab.armed = null;
        assertThat(client.events().list().data()).isEmpty();
      }
    }
  }

  /** No call is under way, and each open socket is one that may be used again. */
  private static void eventuallyFree(OkHttpClient http, RawServer server) throws Exception {
    long end = System.nanoTime() + SOON.toNanos();
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

  /** What only listens cannot fail a call. */
  static Stream<Arguments> listeners() {
    return Stream.of(
            new Stage(
                "start of a call",
                lab ->
                    lab.client.callListenerFactory(
                        operation -> {
                          lab.fault();
                          return call -> {};
                        })),
            new Stage("end of a call", lab -> lab.client.callListener(call -> lab.fault())),
            new Stage("log", lab -> lab.client.addInterceptor(RequestLog.to(line -> lab.fault()))),
            new Stage(
                "low limits",
                lab -> {
                  lab.response = limited(300, 3, 0);
                  lab.client.time(new OwnTime()).onLowRateLimit(limits -> lab.fault());
                }),
            new Stage(
                "other environment",
                lab ->
                    lab.client.expectEnvironment(Environment.PRODUCTION, warning -> lab.fault())))
        .flatMap(stage -> Stream.of(Form.values()).map(form -> Arguments.of(stage, form)));
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("listeners")
  void whateverAListenerThrows_failsNoCall(Stage stage, Form form) throws Exception {
    for (Supplier<Throwable> throwable : throwables()) {
      Lab lab = new Lab();
      stage.setting.apply(lab);
      lab.armed = throwable.get();
      try (RawServer server =
              new RawServer((request, socket) -> RawServer.write(socket, lab.response));
          PersonaClient client = lab.client.baseUrl(server.origin() + "/api/v1").build()) {
        assertThat(form.heard(client, stage.call.apply(client))).isNull();
      }
    }
    assertThat(uncaught).isEmpty();
  }

  @Test
  void whateverACallbackThrows_goesToItsThreadsHandler_andItIsCalledOnce() throws Exception {
    try (MockApi api = new MockApi()) {
      for (Supplier<Throwable> throwable : throwables()) {
        for (int status : List.of(200, 404)) {
          Throwable thrown = throwable.get();
          uncaught.clear();
          api.answer(status, MockApi.EMPTY_PAGE);
          List<String> told = new CopyOnWriteArrayList<>();
          api.client()
              .api(io.github.persona4j.api.EventsApi.class)
              .list(Events.ListQuery.none(), RequestOptions.none())
              .enqueue(
                  new Callback<EventPage>() {
                    @Override
                    public void onResponse(
                        retrofit2.Call<EventPage> call, retrofit2.Response<EventPage> response) {
                      told.add("response");
                      ThrownAnywhereTest.<RuntimeException>sneakily(thrown);
                    }

                    @Override
                    public void onFailure(retrofit2.Call<EventPage> call, Throwable failure) {
                      told.add("failure");
                    }
                  });

          Dispatcher dispatcher = api.client().http().dispatcher();
          long end = System.nanoTime() + SOON.toNanos();
          while ((uncaught.isEmpty() || dispatcher.runningCallsCount() > 0)
              && System.nanoTime() < end) {
            Thread.sleep(2);
          }
          assertThat(uncaught).containsExactly(thrown);
          assertThat(told).containsExactly("response");
          assertThat(dispatcher.runningCallsCount()).isZero();
        }
      }
    }
  }

  @Test
  void whateverAContinuationThrows_failsItsStageOnly() throws Exception {
    try (MockApi api = new MockApi()) {
      for (Supplier<Throwable> throwable : throwables()) {
        Throwable thrown = throwable.get();
        api.answer(200, MockApi.EMPTY_PAGE);
        CompletableFuture<ApiResponse<EventPage>> call =
            api.client()
                .sendAsync(
                    api.client()
                        .events()
                        .api()
                        .list(Events.ListQuery.none(), RequestOptions.none()));

        assertThat(call.thenRun(() -> ThrownAnywhereTest.<RuntimeException>sneakily(thrown)))
            .failsWithin(SOON)
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
   * By closing the client. Where a time limit of OkHttp cancels, an exception of its listener ends
   * the thread that watches all time limits of the program, so that is not tested here.
   */
  @Test
  void whateverIsThrownWhenACallIsCancelled_keepsNoCallFromItsEnd() throws Exception {
    for (Supplier<Throwable> throwable : throwables()) {
      Throwable thrown = throwable.get();
      EventListener listener =
          new EventListener() {
            @Override
            public void canceled(Call call) {
              ThrownAnywhereTest.<RuntimeException>sneakily(thrown);
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
              .failsWithin(SOON)
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

  /** Takes no task, in the way that is given. */
  private static final class Refusing extends AbstractExecutorService {
    private final Supplier<RuntimeException> refusal;

    Refusing(Supplier<RuntimeException> refusal) {
      this.refusal = refusal;
    }

    @Override
    public void execute(Runnable task) {
      throw refusal.get();
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

  private static PersonaClient with(MockApi api, Supplier<RuntimeException> refusal) {
    Dispatcher dispatcher = new Dispatcher(new Refusing(refusal));
    return api.builder()
        .retryPolicy(RetryPolicy.standard())
        .httpClient(new OkHttpClient.Builder().dispatcher(dispatcher).build())
        .build();
  }

  @Test
  void executorThatRejectsCalls_isToldByTheFuture() throws Exception {
    try (MockApi api = new MockApi();
        PersonaClient client = with(api, () -> new RejectedExecutionException("full"))) {
      Throwable heard =
          Form.FUTURE.heard(
              client, client.events().api().list(Events.ListQuery.none(), RequestOptions.none()));

      assertThat(heard)
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
              Form.RETROFIT_CALLBACK.heard(
                  client,
                  client.events().api().list(Events.ListQuery.none(), RequestOptions.none())))
          .isInstanceOf(IOException.class);
      assertThat(api.server().getRequestCount()).isZero();
    }
  }

  @Test
  void executorThatFails_isToldByTheFuture() throws Exception {
    IllegalStateException broken = new IllegalStateException("broken");
    try (MockApi api = new MockApi();
        PersonaClient client = with(api, () -> broken)) {
      assertThat(
              Form.FUTURE.heard(
                  client,
                  client.events().api().list(Events.ListQuery.none(), RequestOptions.none())))
          .isSameAs(broken);
      assertThat(
              Form.RETROFIT_CALLBACK.heard(
                  client,
                  client.events().api().list(Events.ListQuery.none(), RequestOptions.none())))
          .isSameAs(broken);
    }
  }

  // ---- decoding ----

  @Test
  void bodyOfAnError_thatNestsDeeply_isAnErrorWithoutDetails() throws Exception {
    String deep = "{\"errors\":" + "[".repeat(500_000);
    try (MockApi api = new MockApi()) {
      for (Form form : List.of(Form.WAITING, Form.FUTURE)) {
        api.answer(500, deep);

        assertThat(
                form.heard(
                    api.client(),
                    api.client()
                        .events()
                        .api()
                        .list(Events.ListQuery.none(), RequestOptions.none())))
            .isInstanceOfSatisfying(ServerException.class, e -> assertThat(e.errors()).isEmpty());
      }
    }
  }

  @Test
  void turnOfThePacer_isGivenBackAfterAFault() throws Exception {
    TestTimeSource time = new TestTimeSource();
    Lab lab = new Lab();
    lab.client.addInterceptor(before(lab)).time(time);
    lab.response = limited(10, 3, 50);
    try (RawServer server =
            new RawServer((request, socket) -> RawServer.write(socket, lab.response));
        PersonaClient client = lab.client.baseUrl(server.origin() + "/api/v1").build()) {
      Objects.requireNonNull(client.events().list());
      for (Supplier<Throwable> throwable : throwables()) {
        for (Form form : Form.values()) {
          lab.armed = throwable.get();
          assertThat(
                  form.heard(
                      client,
                      client.events().api().list(Events.ListQuery.none(), RequestOptions.none())))
              .isSameAs(lab.armed);
        }
      }
      lab.armed = null;

      client.events().list();

      // Three were left, so one that was kept would have made the next wait for a new window.
      assertThat(time.pauses()).isEmpty();
      assertThat(server.requests()).hasSize(2);
    }
  }
}
