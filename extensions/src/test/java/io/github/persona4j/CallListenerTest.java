package io.github.persona4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.persona4j.api.ImportersApi;
import io.github.persona4j.error.NotFoundException;
import io.github.persona4j.internal.retry.TestTimeSource;
import io.github.persona4j.model.EventPage;
import io.github.persona4j.request.FileUpload;
import io.github.persona4j.request.RequestOptions;
import io.github.persona4j.request.ResourceQuery;
import io.github.persona4j.response.ApiResponse;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import okhttp3.HttpUrl;
import okhttp3.ResponseBody;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import retrofit2.Call;
import retrofit2.http.GET;
import retrofit2.http.HTTP;
import retrofit2.http.OPTIONS;
import retrofit2.http.PUT;
import retrofit2.http.Url;

/** What call listeners report. */
class CallListenerTest {
  private final TestTimeSource time = new TestTimeSource();
  private final BlockingQueue<CallReport> reports = new LinkedBlockingQueue<>();
  private MockApi api;
  private PersonaClient client;

  @BeforeEach
  void start() throws IOException {
    api = new MockApi();
    client = builder().build();
  }

  @AfterEach
  void stop() {
    client.close();
    api.close();
  }

  private PersonaClientBuilder builder() {
    return api.builder().time(time).callListener(reports::add);
  }

  private CallReport nextReport() throws InterruptedException {
    CallReport report = reports.poll(10, TimeUnit.SECONDS);
    assertThat(report).as("a report").isNotNull();
    return report;
  }

  // ---- reports ----

  @Test
  void retriedCall_isReportedOnceWithAllAttempts() throws Exception {
    for (int i = 0; i < 2; i++) {
      api.respond(503, "", "Request-Id", "req-1")
          .respond(200, MockApi.INQUIRY.replace("inq_1", "inq_s3cret"), "Request-Id", "req-2");
    }

    try (PersonaClient retryingClient = builder().retryPolicy(RetryPolicy.standard()).build()) {
      retryingClient.inquiries().retrieve("inq_s3cret");
      retryingClient
          .sendAsync(
              retryingClient
                  .inquiries()
                  .api()
                  .retrieve("inq_s3cret", ResourceQuery.none(), RequestOptions.none()))
          .join();
    }

    for (int i = 0; i < 2; i++) {
      CallReport report = nextReport();
      assertThat(report.operation().name()).isEqualTo("inquiries.retrieve");
      assertThat(report.operation().method()).isEqualTo("GET");
      assertThat(report.operation().path()).isEqualTo("/api/v1/inquiries/{inquiry-id}");
      assertThat(report.status()).isEqualTo(200);
      assertThat(report.failure()).isNull();
      assertThat(report.attempts()).isEqualTo(2);
      assertThat(report.waited()).isEqualTo(Duration.ofMillis(250));
      assertThat(report.duration()).isEqualTo(Duration.ofMillis(250));
      assertThat(report.requestId()).isEqualTo("req-2");
      assertThat(report)
          .hasToString(
              "GET /api/v1/inquiries/{inquiry-id} returned 200 in 250 ms, attempts: 2,"
                  + " waited: 250 ms, request id: req-2");
    }
    assertThat(reports).isEmpty();
  }

  static Stream<Arguments> failures() {
    MockResponse.Builder closedConnection =
        new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket());
    return Stream.of(
        Arguments.of(new MockResponse.Builder().code(404), CallReport.Failure.REFUSED, 404),
        Arguments.of(
            new MockResponse.Builder().body("{\"data\":["), CallReport.Failure.MALFORMED, 200),
        Arguments.of(new MockResponse.Builder().code(204), CallReport.Failure.MALFORMED, 204),
        Arguments.of(new MockResponse.Builder().code(302), CallReport.Failure.MALFORMED, 302),
        Arguments.of(closedConnection, CallReport.Failure.CONNECTION, null),
        Arguments.of(
            new MockResponse.Builder().headersDelay(3, TimeUnit.SECONDS),
            CallReport.Failure.TIMEOUT,
            null));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void failedCall_reportsTypeOfFailure(
      MockResponse.Builder response, CallReport.Failure failure, Integer status) throws Exception {
    api.respond(response).respond(response);
    PersonaClient shortTimeoutClient =
        client.withOptions(RequestOptions.builder().readTimeout(Duration.ofMillis(300)).build());

    Throwable unused = catchThrowable(() -> shortTimeoutClient.events().list());
    CompletableFuture<ApiResponse<EventPage>> future =
        shortTimeoutClient.sendAsync(MockApi.listEvents(shortTimeoutClient));

    assertThat(future).failsWithin(Duration.ofSeconds(10));
    for (int i = 0; i < 2; i++) {
      CallReport report = nextReport();
      assertThat(report.failure()).isEqualTo(failure);
      assertThat(report.status()).isEqualTo(status);
      assertThat(report.attempts()).isEqualTo(1);
    }
    assertThat(reports).isEmpty();
  }

  @Test
  void stoppedCalls_areReportedAsStopped() throws Exception {
    api.respond(new MockResponse.Builder().onResponseStart(SocketEffect.Stall.INSTANCE))
        .respond(new MockResponse.Builder().onResponseStart(SocketEffect.Stall.INSTANCE));
    CompletableFuture<ApiResponse<EventPage>> cancelled =
        client.sendAsync(MockApi.listEvents(client));
    api.request();
    cancelled.cancel(true);
    assertThat(nextReport().failure()).isEqualTo(CallReport.Failure.STOPPED);

    CompletableFuture<ApiResponse<EventPage>> closed = client.sendAsync(MockApi.listEvents(client));
    api.request();
    client.close();
    assertThat(nextReport().failure()).isEqualTo(CallReport.Failure.STOPPED);
    assertThat(closed).failsWithin(Duration.ofSeconds(10));

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> MockApi.listEvents(client).execute());
    CallReport lateReport = nextReport();
    assertThat(lateReport.failure()).isEqualTo(CallReport.Failure.STOPPED);
    assertThat(lateReport.attempts()).isZero();
  }

  @Test
  void interceptorException_isReportedAsFault() throws Exception {
    try (PersonaClient broken =
        builder()
            .addInterceptor(
                chain -> {
                  throw new IllegalArgumentException("of an interceptor");
                })
            .build()) {
      Throwable unused = catchThrowable(() -> broken.events().list());
      assertThat(nextReport().failure()).isEqualTo(CallReport.Failure.FAULT);
      assertThat(broken.sendAsync(MockApi.listEvents(broken))).failsWithin(Duration.ofSeconds(10));
      assertThat(nextReport().failure()).isEqualTo(CallReport.Failure.FAULT);
    }
  }

  @Test
  void failedDownloads_reportTypeOfFailure(@TempDir Path folder) throws Exception {
    String origin = "http://127.0.0.1:" + api.server().getPort();
    for (int i = 0; i < 2; i++) {
      api.respond(206, "part").respond(200, "12345678901");
    }
    api.respond(200, "1");

    try (PersonaClient small = builder().allowFilesFrom(origin).maxFileSize(10).build()) {
      for (int i = 0; i < 2; i++) {
        Throwable unused = catchThrowable(() -> small.files().saveTo(origin + "/a", folder));
        unused = catchThrowable(() -> small.files().download(origin + "/a"));
      }
      Throwable unused =
          catchThrowable(() -> small.files().saveAs(origin + "/a", folder.resolve("none/a")));
    }

    assertThat(List.of(nextReport(), nextReport(), nextReport(), nextReport(), nextReport()))
        .extracting(CallReport::failure)
        .containsExactly(
            CallReport.Failure.MALFORMED,
            CallReport.Failure.FAULT,
            CallReport.Failure.MALFORMED,
            CallReport.Failure.FAULT,
            CallReport.Failure.FAULT);
  }

  @Test
  void uploadOfDeletedFile_isReportedAsFault() throws Exception {
    FileUpload deletedFile =
        FileUpload.of(
            "a.csv",
            "text/csv",
            1,
            () -> {
              throw new NoSuchFileException("a.csv");
            });

    Throwable unused =
        catchThrowable(
            () ->
                client
                    .importers()
                    .importAccounts(
                        ImportersApi.ImportAccountsForm.builder().file(deletedFile).build()));

    assertThat(nextReport().failure()).isEqualTo(CallReport.Failure.FAULT);
  }

  // ---- types of calls ----

  interface OwnApi {
    @GET
    Call<ResponseBody> whole(@Url HttpUrl url);

    @PUT("things/x?a=s3cret")
    Call<ResponseBody> query();

    @OPTIONS("/elsewhere")
    Call<Void> root();

    @HTTP(method = "DELETE", path = "things")
    CompletableFuture<ResponseBody> future();
  }

  @Test
  void callsOfCustomInterface_areReportedForAnyReturnType() throws Exception {
    for (int i = 0; i < 5; i++) {
      api.respond(200, "{}");
    }
    OwnApi customApi = client.api(OwnApi.class);

    customApi.whole(HttpUrl.get(api.url() + "/things/s3cret")).execute();
    assertThat(nextReport().operation()).hasToString("GET {url}");
    Call<ResponseBody> query = customApi.query();
    query.execute();
    assertThat(nextReport().operation()).hasToString("PUT /api/v1/things/x");
    query.clone().execute();
    assertThat(nextReport().operation().name()).isEqualTo("own.query");
    assertThatIllegalStateException().isThrownBy(query::execute);
    customApi.root().execute();
    assertThat(nextReport().operation()).hasToString("OPTIONS /elsewhere");
    customApi.future().get(10, TimeUnit.SECONDS);
    assertThat(nextReport().operation()).hasToString("DELETE /api/v1/things");

    assertThat(reports).isEmpty();
  }

  @Test
  void callsOfDerivedClient_areReported() throws Exception {
    api.respond(200, MockApi.EMPTY_PAGE);

    client.withRetryPolicy(RetryPolicy.none()).events().list();

    assertThat(nextReport().operation().name()).isEqualTo("events.list");
  }

  // ---- listener factories and failing listeners ----

  @Test
  void listenerFactory_runsOnCallerThread() throws Exception {
    api.respond(200, MockApi.EMPTY_PAGE);
    BlockingQueue<String> calls = new LinkedBlockingQueue<>();

    try (PersonaClient observed =
        builder()
            .callListenerFactory(
                operation -> {
                  String caller = Thread.currentThread().getName();
                  return report -> calls.add(operation.name() + " by " + caller);
                })
            .build()) {
      observed.sendAsync(MockApi.listEvents(observed)).join();
    }

    assertThat(calls).containsExactly("events.list by " + Thread.currentThread().getName());
  }

  @Test
  void throwingListener_doesNotAffectCall() {
    List<CallListener.Factory> bad =
        List.of(
            operation -> {
              throw new IllegalStateException("bad");
            },
            operation ->
                report -> {
                  throw new IllegalStateException("bad");
                });
    for (CallListener.Factory factory : bad) {
      for (int i = 0; i < 2; i++) {
        api.respond(200, MockApi.EMPTY_PAGE).respond(404, "");
      }
      try (PersonaClient observed = builder().callListenerFactory(factory).build()) {
        assertThat(observed.events().list().items()).isEmpty();
        assertThatExceptionOfType(NotFoundException.class)
            .isThrownBy(() -> observed.events().list());
        assertThat(observed.sendAsync(MockApi.listEvents(observed)).join().status()).isEqualTo(200);
        assertThat(observed.sendAsync(MockApi.listEvents(observed)))
            .failsWithin(Duration.ofSeconds(10))
            .withThrowableThat()
            .withCauseInstanceOf(NotFoundException.class);
      }
    }
  }
}
