package io.github.persona4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.persona4j.api.ImportersApi;
import io.github.persona4j.api.InquiriesApi;
import io.github.persona4j.error.ExpiredLinkException;
import io.github.persona4j.error.FailedCall;
import io.github.persona4j.error.MalformedResponseException;
import io.github.persona4j.error.PersonaApiException;
import io.github.persona4j.error.PersonaConnectionException;
import io.github.persona4j.error.PersonaException;
import io.github.persona4j.error.RateLimitException;
import io.github.persona4j.error.ServerException;
import io.github.persona4j.error.UnreadableFileException;
import io.github.persona4j.internal.retry.SystemTimeSource;
import io.github.persona4j.internal.retry.TestTimeSource;
import io.github.persona4j.model.InquiryResponse;
import io.github.persona4j.model.TagRequest;
import io.github.persona4j.model.UpdateInquiryRequest;
import io.github.persona4j.request.FileUpload;
import io.github.persona4j.request.RequestOptions;
import io.github.persona4j.request.ResourceQuery;
import io.github.persona4j.response.ApiResponse;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import retrofit2.Call;

/** Whether an exception reports that the API may have executed the request; on real sockets. */
class MayHaveBeenExecutedTest {
  private static final String NOTE = "; an earlier attempt may have been executed";

  private static final String LIMIT_REACHED =
      String.join(
          "\r\n",
          "HTTP/1.1 429 No",
          "RateLimit-Limit: 9",
          "RateLimit-Remaining: 0",
          "RateLimit-Reset: 50",
          "Content-Length: 0",
          "",
          "");

  private final TestTimeSource time = new TestTimeSource();
  private final CountDownLatch over = new CountDownLatch(1);
  private volatile boolean nameIsKnown = true;
  private final OkHttpClient http = new OkHttpClient.Builder().dns(this::lookUp).build();

  @AfterEach
  void stop() {
    over.countDown();
    http.dispatcher().executorService().shutdown();
    http.connectionPool().evictAll();
  }

  private List<InetAddress> lookUp(String host) throws UnknownHostException {
    if (!nameIsKnown) {
      throw new UnknownHostException(host);
    }
    return List.of(InetAddress.getLoopbackAddress());
  }

  /**
   * A server that performs these steps, one for each request; "gone" means that the host name is
   * unknown.
   */
  private RawServer server(String steps) throws IOException {
    List<String> all = List.of(steps.split(" "));
    nameIsKnown = !all.get(0).equals("gone");
    List<String> serverSteps = all.stream().filter(step -> !step.equals("gone")).toList();
    return new RawServer(
        (request, socket) -> {
          String step = serverSteps.get(request.number() - 1);
          nameIsKnown = request.number() < serverSteps.size() || all.size() == serverSteps.size();
          performStep(step, socket);
        });
  }

  private void performStep(String step, Socket socket) throws Exception {
    switch (step) {
      case "reset" -> RawServer.reset(socket);
      case "silent" -> over.await(5, TimeUnit.SECONDS);
      case "malformed" -> RawServer.write(socket, "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n{");
      case "cut" -> {
        RawServer.write(socket, "HTTP/1.1 201 OK\r\nContent-Length: 9\r\n\r\n{");
        socket.close();
      }
      default ->
          RawServer.write(
              socket,
              "HTTP/1.1 "
                  + step
                  + " No\r\nRequest-Id: req-"
                  + step
                  + "\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
    }
  }

  private PersonaClientBuilder builder(RawServer server) {
    return PersonaClient.builder()
        .apiKey(MockApi.KEY)
        .baseUrl("http://localhost:" + server.port() + "/api/v1")
        .httpClient(http)
        .readTimeout(Duration.ofMillis(400))
        .time(time);
  }

  private static Call<InquiryResponse> call(PersonaClient client, String method) {
    InquiriesApi inquiries = client.inquiries().api();
    return switch (method) {
      case "GET" -> inquiries.retrieve("inq_1", ResourceQuery.none(), RequestOptions.none());
      case "POST" ->
          inquiries.addTag(
              "inq_1",
              TagRequest.fromJson("{\"meta\":{\"tag-name\":\"x\"}}"),
              ResourceQuery.none(),
              RequestOptions.none());
      case "PATCH" ->
          inquiries.update(
              "inq_1",
              UpdateInquiryRequest.fromJson("{\"data\":{}}"),
              ResourceQuery.none(),
              RequestOptions.none());
      case "DELETE" -> inquiries.redact("inq_1", ResourceQuery.none(), RequestOptions.none());
      default -> throw new IllegalArgumentException(method);
    };
  }

  private static PersonaException failure(PersonaClient client, String method, boolean async) {
    return catchThrowableOfType(
        PersonaException.class,
        () -> {
          if (!async) {
            client.send(call(client, method));
            return;
          }
          try {
            client.sendAsync(call(client, method)).join();
          } catch (CompletionException e) {
            throw e.getCause();
          }
        });
  }

  @ParameterizedTest
  @CsvSource({
    // Method, steps of the server, exception, may have been executed, may an earlier attempt. One
    // attempt that was refused.
    "POST, 400, BadRequestException, false, false",
    "POST, 401, AuthenticationException, false, false",
    "POST, 403, PermissionDeniedException, false, false",
    "POST, 404, NotFoundException, false, false",
    "POST, 409, ConflictException, false, false",
    "POST, 422, UnprocessableEntityException, false, false",
    "PATCH, 422, UnprocessableEntityException, false, false",
    "PATCH, 429, RateLimitException, false, false",
    "DELETE, 404, NotFoundException, false, false",
    "POST, 429 429 429 429, RateLimitException, false, false",
    // One attempt with unknown outcome.
    "POST, 408, RequestTimeoutException, true, false",
    "POST, 500, ServerException, true, false",
    "POST, 503, ServerException, true, false",
    "PATCH, 500, ServerException, true, false",
    "PATCH, reset, PersonaConnectionException, true, false",
    "PATCH, silent, PersonaConnectionException, true, false",
    "PATCH, cut, PersonaConnectionException, true, false",
    "POST, malformed, MalformedResponseException, true, false",
    "PATCH, 204, MalformedResponseException, true, false",
    "PATCH, 302, MalformedResponseException, true, false",
    // No attempt was sent.
    "POST, gone gone gone gone, PersonaConnectionException, false, false",
    "PATCH, gone gone gone gone, PersonaConnectionException, false, false",
    "POST, 429 gone gone gone, PersonaConnectionException, false, false",
    // Several attempts.
    "POST, reset reset reset reset, PersonaConnectionException, true, true",
    "POST, silent silent silent silent, PersonaConnectionException, true, true",
    "POST, reset 429 429 429, RateLimitException, true, true",
    "POST, silent 429 429 429, RateLimitException, true, true",
    "POST, reset 401, AuthenticationException, true, true",
    "POST, cut 401, AuthenticationException, true, true",
    "POST, reset 408, RequestTimeoutException, true, true",
    "POST, reset gone gone gone, PersonaConnectionException, true, true",
    "POST, silent gone gone gone, PersonaConnectionException, true, true",
    "POST, 429 reset 429 429, RateLimitException, true, true",
    "POST, 429 500, ServerException, true, false",
    "DELETE, reset 404, NotFoundException, true, true",
    "DELETE, 503 403, PermissionDeniedException, true, true",
    "DELETE, 408 401, AuthenticationException, true, true",
    "DELETE, 429 401, AuthenticationException, false, false",
    // Methods that change nothing.
    "GET, reset reset reset reset, PersonaConnectionException, false, false",
    "GET, silent 500, ServerException, false, false",
    "GET, 503 408 429 404, NotFoundException, false, false",
    "GET, malformed, MalformedResponseException, false, false",
  })
  void failure_reportsWhetherCallMayHaveBeenExecuted(
      String method, String steps, String type, boolean executed, boolean earlier)
      throws Exception {
    for (boolean async : new boolean[] {false, true}) {
      try (RawServer server = server(steps);
          PersonaClient client = builder(server).build()) {
        PersonaException failure = failure(client, method, async);

        int attempts = steps.split(" ").length;
        assertThat(failure.getClass().getSimpleName()).isEqualTo(type);
        assertThat(failure.attempts()).isEqualTo(attempts);
        assertThat(failure.mayHaveBeenExecuted()).isEqualTo(executed);
        String message = String.valueOf(failure.getMessage());
        assertThat(message.endsWith(NOTE)).isEqualTo(earlier);
        assertThat(message.split(NOTE, -1)).hasSize(earlier ? 2 : 1);
        assertThat(failure.getSuppressed()).hasSize(attempts - 1);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void earlierFailures_areSuppressedExceptions(boolean async) throws Exception {
    try (RawServer server = server("429 reset 500 401");
        PersonaClient client =
            builder(server)
                .retryPolicy(
                    RetryPolicy.builder()
                        .postAfterServerError(RetryPolicy.AfterServerError.FRESH_KEY)
                        .build())
                .build()) {
      PersonaException failure = failure(client, "POST", async);

      assertThat(failure).isInstanceOf(PersonaApiException.class);
      assertThat(failure.getSuppressed())
          .hasExactlyElementsOfTypes(
              RateLimitException.class, PersonaConnectionException.class, ServerException.class);
      List<PersonaException> earlier =
          List.of(failure.getSuppressed()).stream().map(e -> (PersonaException) e).toList();
      assertThat(earlier)
          .extracting(PersonaException::mayHaveBeenExecuted)
          .containsExactly(false, true, true);
      assertThat(earlier).extracting(PersonaException::attempts).containsOnly(1);
      assertThat(earlier)
          .extracting(Throwable::getMessage)
          .containsExactly(
              "POST /api/v1/inquiries/inq_1/add-tag failed with 429; the rate limit is exceeded,"
                  + " request req-429",
              "POST /api/v1/inquiries/inq_1/add-tag failed: the connection to localhost:"
                  + server.port()
                  + " broke (SocketException); the call may have been executed",
              "POST /api/v1/inquiries/inq_1/add-tag failed with 500, request req-500;"
                  + " the call may have been executed");
      // Each has the idempotency key of its attempt.
      assertThat(earlier.get(1).idempotencyKey()).isEqualTo(earlier.get(0).idempotencyKey());
      assertThat(earlier.get(2).idempotencyKey())
          .isEqualTo(earlier.get(0).idempotencyKey())
          .isNotEqualTo(failure.idempotencyKey());
      assertThat(failure.idempotencyKey())
          .isEqualTo(server.requests().get(3).header("Idempotency-Key"));

      PersonaException copy = copy(failure);
      assertThat(copy.mayHaveBeenExecuted()).isTrue();
      assertThat(copy).hasMessage(failure.getMessage());
      assertThat(copy.getSuppressed()).hasSize(3);
    }
  }

  private static PersonaException copy(PersonaException failure) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(failure);
    }
    return (PersonaException)
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();
  }

  @Test
  void earlierFailures_areLimitedInNumberAndSize() throws Exception {
    String body = "{\"errors\":[{\"title\":\"Bad\",\"details\":\"Ada\"}]}" + " ".repeat(100_000);
    try (RawServer server =
            new RawServer(
                (request, socket) ->
                    RawServer.write(
                        socket,
                        "HTTP/1.1 503 No\r\nContent-Length: "
                            + body.length()
                            + "\r\n\r\n"
                            + body));
        PersonaClient client =
            builder(server).retryPolicy(RetryPolicy.builder().maxRetries(20).build()).build()) {
      PersonaException failure = failure(client, "DELETE", false);

      assertThat(failure.attempts()).isEqualTo(21);
      assertThat(failure.getSuppressed())
          .hasSize(8)
          .allSatisfy(
              e -> {
                assertThat(e)
                    .isInstanceOfSatisfying(
                        ServerException.class,
                        earlier -> assertThat(earlier.body().length()).isLessThan(20_000))
                    .hasMessageNotContaining("Ada");
              });
    }
  }

  @Test
  void successAfterRetry_reportsNoEarlierFailure() throws Exception {
    try (RawServer server =
            new RawServer(
                (request, socket) -> {
                  if (request.number() == 1) {
                    RawServer.reset(socket);
                  } else {
                    RawServer.write(
                        socket,
                        "HTTP/1.1 200 OK\r\nContent-Length: "
                            + MockApi.INQUIRY.length()
                            + "\r\n\r\n"
                            + MockApi.INQUIRY);
                  }
                });
        PersonaClient client = builder(server).build()) {
      ApiResponse<InquiryResponse> response = client.send(call(client, "POST"));

      assertThat(response.attempts()).isEqualTo(2);
      assertThat(response.toString()).doesNotContain("may have been executed");
    }
  }

  // ---- calls that the client ends ----

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void deadlineDuringRequest_mayHaveBeenExecuted(boolean async) throws Exception {
    try (RawServer server = server("silent");
        PersonaClient client =
            builder(server)
                .time(SystemTimeSource.INSTANCE)
                .readTimeout(Duration.ofSeconds(20))
                .callTimeout(Duration.ofMillis(400))
                .build()) {
      PersonaException failure = failure(client, "PATCH", async);

      assertThat(failure)
          .isInstanceOfSatisfying(
              PersonaConnectionException.class, e -> assertThat(e.isTimeout()).isTrue());
      assertThat(failure.mayHaveBeenExecuted()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void deadlineBeforePermit_wasNotExecuted(boolean async) throws Exception {
    try (RawServer server =
            new RawServer((request, socket) -> RawServer.write(socket, LIMIT_REACHED));
        PersonaClient client = builder(server).retryPolicy(RetryPolicy.none()).build()) {
      assertThat(failure(client, "PATCH", async).attempts()).isEqualTo(1);
      PersonaClient shortTimeoutClient =
          client.withOptions(RequestOptions.builder().callTimeout(Duration.ofSeconds(5)).build());

      PersonaException failure = failure(shortTimeoutClient, "PATCH", async);

      assertThat(failure).isInstanceOf(PersonaConnectionException.class);
      assertThat(failure.attempts()).isZero();
      assertThat(failure.mayHaveBeenExecuted()).isFalse();
    }
  }

  @Test
  void closeDuringRequest_mayHaveBeenExecuted() throws Exception {
    CountDownLatch arrived = new CountDownLatch(1);
    try (RawServer server =
        new RawServer(
            (request, socket) -> {
              arrived.countDown();
              over.await(5, TimeUnit.SECONDS);
            })) {
      PersonaClient client =
          PersonaClient.builder().apiKey(MockApi.KEY).baseUrl(server.origin() + "/api/v1").build();
      CompletableFuture<ApiResponse<InquiryResponse>> response =
          client.sendAsync(call(client, "POST"));
      assertThat(arrived.await(5, TimeUnit.SECONDS)).isTrue();

      client.close();

      assertThatThrownBy(() -> response.get(5, TimeUnit.SECONDS))
          .cause()
          .isInstanceOfSatisfying(
              PersonaConnectionException.class,
              e -> {
                assertThat(e.isStopped()).isTrue();
                assertThat(e.mayHaveBeenExecuted()).isTrue();
              });
    }
  }

  @Test
  void unreadableFile_wasNotExecuted() throws Exception {
    try (RawServer server = server("silent");
        PersonaClient client = builder(server).build()) {
      FileUpload wrong =
          FileUpload.once("a.csv", "text/csv", 10, new ByteArrayInputStream(new byte[3]));

      UnreadableFileException failure =
          catchThrowableOfType(
              UnreadableFileException.class,
              () ->
                  client
                      .importers()
                      .importAccounts(
                          ImportersApi.ImportAccountsForm.builder().file(wrong).build()));

      assertThat(failure.mayHaveBeenExecuted()).isFalse();
    }
  }

  @Test
  void expiredLink_hasEarlierFailures(@TempDir Path folder) throws Exception {
    try (RawServer server = server("503 reset 403");
        PersonaClient client =
            PersonaClient.builder()
                .apiKey(MockApi.KEY)
                .baseUrl("http://localhost:" + server.port() + "/api/v1")
                .allowFilesFrom("http://localhost:" + server.port())
                .time(time)
                .build()) {
      String link = "http://localhost:" + server.port() + "/file";

      ExpiredLinkException failure =
          catchThrowableOfType(
              ExpiredLinkException.class,
              () -> client.files().saveAs(link, folder.resolve("file")));

      assertThat(failure.mayHaveBeenExecuted()).isFalse();
      assertThat(failure.getSuppressed())
          .hasExactlyElementsOfTypes(ServerException.class, PersonaConnectionException.class);
    }
  }

  // ---- exceptions without a call ----

  private static Request request(String method) {
    return new Request.Builder()
        .url("https://example.com/x")
        .method(method, method.equals("POST") ? okhttp3.RequestBody.create(new byte[0]) : null)
        .build();
  }

  @ParameterizedTest
  @CsvSource({
    "GET, 0, false",
    "HEAD, 500, false",
    "POST, 0, true",
    "POST, 200, true",
    "POST, 302, true",
    "POST, 400, false",
    "POST, 407, false",
    "POST, 408, true",
    "POST, 499, false",
    "POST, 500, true",
    "POST, 600, true",
  })
  void failedCall_withoutRetries_isJudgedByStatus(String method, int status, boolean executed) {
    Request request = request(method);
    FailedCall call =
        status == 0
            ? FailedCall.of(request)
            : FailedCall.of(
                request,
                new Response.Builder()
                    .request(request)
                    .protocol(Protocol.HTTP_1_1)
                    .code(status)
                    .message("")
                    .build());

    assertThat(call.mayHaveBeenExecuted()).isEqualTo(executed);
    assertThat(call.withAttempts(2, Duration.ZERO).withPath("/y").mayHaveBeenExecuted())
        .isEqualTo(executed);
    assertThat(call.withExecution(false, false).mayHaveBeenExecuted()).isFalse();
    assertThat(call.withExecution(false, true).mayHaveBeenExecuted()).isTrue();
    assertThat(call.withExecution(true, false).mayHaveBeenExecuted()).isTrue();
  }

  @Test
  void failureWithoutCall_wasNotExecuted() {
    assertThat(new MalformedResponseException("a link that leads nowhere").mayHaveBeenExecuted())
        .isFalse();
  }
}
