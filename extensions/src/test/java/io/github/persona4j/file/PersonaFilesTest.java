package io.github.persona4j.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.persona4j.MockApi;
import io.github.persona4j.PersonaClient;
import io.github.persona4j.PersonaClientBuilder;
import io.github.persona4j.RawServer;
import io.github.persona4j.RequestLog;
import io.github.persona4j.RetryPolicy;
import io.github.persona4j.error.ExpiredLinkException;
import io.github.persona4j.error.FileTooLargeException;
import io.github.persona4j.error.MalformedResponseException;
import io.github.persona4j.error.PersonaConnectionException;
import io.github.persona4j.error.ServerException;
import io.github.persona4j.request.RequestOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okhttp3.Headers;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.GzipSink;
import okio.Okio;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files from another host than the API's, over real sockets. */
class PersonaFilesTest {
  private static final String PHOTO = "not really a photo";

  @TempDir Path folder;
  private MockApi api;
  private MockApi host;
  private PersonaClient client;

  @BeforeEach
  void start() throws IOException {
    api = new MockApi();
    host = new MockApi();
    client = client(settings -> {});
  }

  @AfterEach
  void stop() {
    client.close();
    host.close();
    api.close();
  }

  private PersonaClient client(Consumer<PersonaClientBuilder> settings) {
    PersonaClientBuilder builder = api.builder().allowFilesFrom(origin(host));
    settings.accept(builder);
    return builder.build();
  }

  private PersonaClient retryingClient() {
    RetryPolicy policy =
        RetryPolicy.builder().maxRetries(3).initialDelay(Duration.ofMillis(1)).build();
    return client(settings -> settings.retryPolicy(policy));
  }

  private static String origin(MockApi server) {
    return "http://127.0.0.1:" + server.server().getPort();
  }

  private String link() {
    return origin(host) + "/photos/front.jpg?access_token=SECRET";
  }

  private static String readString(Download download) throws IOException {
    try (download) {
      return new String(download.stream().readAllBytes(), UTF_8);
    }
  }

  private static MockResponse.Builder truncatedFile() {
    return new MockResponse.Builder()
        .body("x".repeat(200_000))
        .onResponseBody(new SocketEffect.CloseSocket());
  }

  // ---- requests ----

  @Test
  void download_hasBytesTypeNameAndLength() throws Exception {
    host.respond(
        200, PHOTO, "Content-Type", "image/jpeg", "Content-Disposition", "inline; filename=a.jpg");

    Download photo = client.files().download(link());

    assertThat(photo.contentType()).isEqualTo("image/jpeg");
    assertThat(photo.name()).isEqualTo("a.jpg");
    assertThat(photo.length()).isEqualTo(PHOTO.length());
    assertThat(readString(photo)).isEqualTo(PHOTO);
    assertThat(photo).hasToString("Download{length=18, contentType=image/jpeg}");
    assertThat(host.request().getTarget()).isEqualTo("/photos/front.jpg?access_token=SECRET");
  }

  @Test
  void contentType_withControlCharacters_isSanitizedInToString() {
    host.respond(
        new MockResponse.Builder()
            .body(PHOTO)
            .addHeaderLenient("Content-Type", "a\u001b[2J" + "x".repeat(500)));

    try (Download photo = client.files().download(link())) {
      assertThat(photo.toString()).contains("contentType=a [2Jxxx").hasSizeLessThan(300);
    }
  }

  @Test
  void downloadRequest_hasNoHeadersOfClient() throws Exception {
    host.respond(200, PHOTO);
    RequestOptions options = RequestOptions.builder().header("X-Team", "a").apiKey("other").build();

    try (PersonaClient derived = client.withOptions(options)) {
      readString(derived.files().download(link(), options));
    }

    Headers headers = host.request().getHeaders();
    assertThat(headers.names())
        .containsExactlyInAnyOrder("Accept", "Accept-Encoding", "Connection", "Host", "User-Agent");
    assertThat(headers.get("Accept-Encoding")).isEqualTo("identity");
    assertThat(headers.toString()).doesNotContain(MockApi.KEY, "other");
  }

  @Test
  void download_fromApiHost_sendsNoKey() throws Exception {
    api.respond(200, PHOTO);

    try (PersonaClient same = api.builder().allowFilesFrom(origin(api)).build()) {
      readString(same.files().download(origin(api) + "/api/v1/files/1"));
    }

    assertThat(api.request().getHeaders().get("Authorization")).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://files.withpersona.com/a",
        "https://files.withpersona.com:8443/a",
        "https://files.withpersona.com.evil.example/a",
        "https://api.withpersona.com/a",
        "https://169.254.169.254/a",
        "http://localhost/a",
        "ftp://files.withpersona.com/a",
        "file:///etc/passwd",
        "/a",
        "",
        "https://files.withpersona.com@evil.example/",
        "https://u:p@files.withpersona.com/"
      })
  void linkToOtherHost_isRejectedWithoutRequest(String url) {
    Throwable thrown = catchThrowable(() -> client.files().download(url + "?access_token=SECRET"));

    assertThat(thrown)
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("url must ")
        .hasMessageNotContaining("SECRET");
  }

  @Test
  void invalidOrigin_throwsIllegalArgument() {
    for (String origin : new String[] {"files", "http://files.example", "https://a.example/b"}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> PersonaClient.builder().allowFilesFrom(origin))
          .withMessageStartingWith("origin must ");
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PersonaClient.builder().maxFileSize(0))
        .withMessage("maxFileSize must be 1 byte or more");
  }

  @Test
  void redirect_toAllowedHost_isFollowed() throws Exception {
    try (MockApi store = new MockApi()) {
      host.respond(302, "", "Location", "/moved?access_token=NEXT")
          .respond(307, "", "Location", origin(store) + "/b.pdf?s=1");
      store.respond(200, PHOTO);

      try (PersonaClient two = client(settings -> settings.allowFilesFrom(origin(store)))) {
        Download photo = two.files().download(link());
        assertThat(photo.name()).isEqualTo("b.pdf");
        assertThat(readString(photo)).isEqualTo(PHOTO);
      }

      assertThat(host.request().getHeaders().get("Authorization")).isNull();
      assertThat(host.request().getTarget()).isEqualTo("/moved?access_token=NEXT");
      RecordedRequest last = store.request();
      assertThat(last.getTarget()).isEqualTo("/b.pdf?s=1");
      assertThat(last.getHeaders().get("Authorization")).isNull();
    }
  }

  @Test
  void redirect_toOtherHost_isNotFollowed() throws Exception {
    try (MockApi otherHost = new MockApi()) {
      String target = "http://localhost:" + otherHost.server().getPort() + "/?access_token=SECRET";
      host.respond(302, "", "Location", target);

      assertThatExceptionOfType(MalformedResponseException.class)
          .isThrownBy(() -> client.files().download(link()))
          .withMessage(
              "GET /photos/front.jpg returned 302: the link redirects to the host localhost, from"
                  + " which files are not allowed");

      assertThat(otherHost.server().getRequestCount()).isZero();
    }
  }

  @Test
  void redirect_toApi_sendsNoKey() throws Exception {
    host.respond(302, "", "Location", origin(api) + "/api/v1/events");
    api.respond(200, PHOTO);

    try (PersonaClient both = client(settings -> settings.allowFilesFrom(origin(api)))) {
      readString(both.files().download(link()));
    }

    assertThat(api.request().getHeaders().get("Authorization")).isNull();
  }

  @Test
  void endlessRedirects_areStopped() {
    for (int i = 0; i < 6; i++) {
      host.respond(302, "", "Location", "/again");
    }

    assertThatExceptionOfType(MalformedResponseException.class)
        .isThrownBy(() -> client.files().download(link()))
        .withMessage("GET /again returned 302 (6 attempts): too many redirects");

    assertThat(host.server().getRequestCount()).isEqualTo(6);
  }

  // ---- responses ----

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 404, 410})
  void expiredLink_throwsExpiredLinkException_andIsNotRetried(int status) {
    host.respond(status, "<Error>no</Error>", "Content-Type", "application/xml");

    try (PersonaClient retrying = retryingClient()) {
      assertThatExceptionOfType(ExpiredLinkException.class)
          .isThrownBy(() -> retrying.files().download(link()))
          .withMessage(
              "GET /photos/front.jpg returned "
                  + status
                  + ": the link to this file on 127.0.0.1 has expired or the file is gone; the API"
                  + " gives a new link with the object")
          .satisfies(
              e -> {
                assertThat(e.status()).isEqualTo(status);
                assertThat(e.body()).isEqualTo("<Error>no</Error>");
                assertThat(e.errors()).isEmpty();
              });
    }

    assertThat(host.server().getRequestCount()).isEqualTo(1);
  }

  @Test
  void temporaryFailures_areRetriedByPolicy() throws Exception {
    host.respond(503, "")
        .respond(new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket()))
        .respond(429, "", "Retry-After", "0")
        .respond(200, PHOTO);

    try (PersonaClient retrying = retryingClient()) {
      assertThat(readString(retrying.files().download(link()))).isEqualTo(PHOTO);
    }

    assertThat(host.server().getRequestCount()).isEqualTo(4);
  }

  @Test
  void permanentFailures_areThrown() {
    host.respond(503, "").respond(new MockResponse.Builder().code(204)).respond(206, PHOTO);
    host.respond(200, PHOTO, "Content-Encoding", "gzip");

    assertThatExceptionOfType(ServerException.class)
        .isThrownBy(() -> client.files().download(link()));
    for (int i = 0; i < 3; i++) {
      assertThatExceptionOfType(MalformedResponseException.class)
          .isThrownBy(() -> client.files().download(link()));
    }
  }

  @Test
  void silentHost_exceedsCallTimeout() {
    host.respond(new MockResponse.Builder().headersDelay(5, TimeUnit.SECONDS));
    RequestOptions shortTimeout =
        RequestOptions.builder().callTimeout(Duration.ofMillis(200)).build();

    assertThatExceptionOfType(PersonaConnectionException.class)
        .isThrownBy(() -> client.files().download(link(), shortTimeout))
        .satisfies(e -> assertThat(e.isTimeout()).isTrue());
  }

  @Test
  void slowFile_exceedsCallTimeout() throws Exception {
    host.respond(
        new MockResponse.Builder()
            .body("x".repeat(100_000))
            .throttleBody(1_000, 100, TimeUnit.MILLISECONDS));
    host.respond(
        new MockResponse.Builder()
            .body("x".repeat(100_000))
            .throttleBody(1_000, 100, TimeUnit.MILLISECONDS));
    RequestOptions shortTimeout =
        RequestOptions.builder().callTimeout(Duration.ofMillis(500)).build();

    try (PersonaClient retrying = retryingClient()) {
      assertThatExceptionOfType(PersonaConnectionException.class)
          .isThrownBy(() -> retrying.files().saveTo(link(), folder, shortTimeout))
          .satisfies(
              e -> {
                assertThat(e.isTimeout()).isTrue();
                assertThat(e.attempts()).isEqualTo(1);
              });
    }
    try (Download photo = client.files().download(link(), shortTimeout)) {
      assertThatExceptionOfType(PersonaConnectionException.class)
          .isThrownBy(() -> photo.saveAs(folder.resolve("a")))
          .satisfies(e -> assertThat(e.isTimeout()).isTrue());
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void download_isReadableBeforeItIsComplete() throws Exception {
    host.respond(
        new MockResponse.Builder()
            .body(new Buffer().write(new byte[4 * 1024 * 1024]))
            .throttleBody(64 * 1024, 50, TimeUnit.MILLISECONDS));

    long start = System.nanoTime();
    try (Download photo = client.files().download(link())) {
      assertThat(photo.stream().readNBytes(1000)).hasSize(1000);
    }

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
  }

  @Test
  void download_withClosedClient_throwsIllegalState() {
    client.close();

    assertThat(catchThrowable(() -> client.files().download(link())))
        .isInstanceOf(IllegalStateException.class);
    assertThat(host.server().getRequestCount()).isZero();
  }

  @Test
  void secrets_areNotInMessages() throws Exception {
    host.respond(403, "SECRET")
        .respond(500, "SECRET")
        .respond(302, "", "Location", "https://evil.example/SECRET?access_token=SECRET")
        .respond(new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket()))
        .respond(200, "SECRET", "Content-Encoding", "br")
        .respond(truncatedFile());
    for (int i = 0; i < 6; i++) {
      Throwable failure = catchThrowable(() -> client.files().download(link()).saveTo(folder));
      StringWriter trace = new StringWriter();
      failure.printStackTrace(new PrintWriter(trace));
      assertThat(trace.toString()).contains("/photos/front.jpg").doesNotContain("SECRET", "evil/");
    }
    host.respond(200, PHOTO);
    try (Download photo = client.files().download(link())) {
      assertThat(photo.toString()).doesNotContain("SECRET", "front");
    }
  }

  /** A client with an interceptor that may respond without a request. */
  private PersonaClient clientWithInterceptor(Interceptor first) {
    OkHttpClient httpClient = new OkHttpClient.Builder().addInterceptor(first).build();
    return client(settings -> settings.httpClient(httpClient));
  }

  private static Response stubResponse(Interceptor.Chain chain, int status, String... headers) {
    return new Response.Builder()
        .request(chain.request())
        .protocol(Protocol.HTTP_1_1)
        .code(status)
        .message("")
        .headers(Headers.of(headers))
        .body(ResponseBody.create(PHOTO, null))
        .build();
  }

  @Test
  void responseOfInterceptor_isDownloaded() throws Exception {
    try (PersonaClient stubbed =
        clientWithInterceptor(
            chain ->
                stubResponse(chain, 200, "Content-Type", "image/png", "Request-Id", "req-1"))) {
      try (Download photo = stubbed.files().download(link())) {
        assertThat(photo.contentType()).isEqualTo("image/png");
        assertThat(photo.name()).isEqualTo("front.jpg");
        assertThat(readString(photo)).isEqualTo(PHOTO);
      }
      assertThat(stubbed.files().saveTo(link(), folder)).hasContent(PHOTO);
    }
    assertThat(host.server().getRequestCount()).isZero();
  }

  @Test
  void errorResponseOfInterceptor_throwsSameExceptions() {
    try (PersonaClient expired = clientWithInterceptor(chain -> stubResponse(chain, 403));
        PersonaClient moved =
            clientWithInterceptor(
                chain -> stubResponse(chain, 302, "Location", "https://a.example/"));
        PersonaClient unexpected = clientWithInterceptor(chain -> stubResponse(chain, 206))) {
      assertThatExceptionOfType(ExpiredLinkException.class)
          .isThrownBy(() -> expired.files().download(link()))
          .satisfies(e -> assertThat(e.body()).isEqualTo(PHOTO));
      assertThatExceptionOfType(ExpiredLinkException.class)
          .isThrownBy(() -> expired.files().saveTo(link(), folder));
      assertThatExceptionOfType(MalformedResponseException.class)
          .isThrownBy(() -> moved.files().download(link()));
      assertThatExceptionOfType(MalformedResponseException.class)
          .isThrownBy(() -> unexpected.files().download(link()))
          .withMessageContaining("returned 206: this status is not expected");
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void retryHandledByInterceptor_reportsItsResponse() throws Exception {
    host.respond(503, "", "Request-Id", "req-1");
    AtomicInteger attempts = new AtomicInteger();
    OkHttpClient httpClient =
        new OkHttpClient.Builder()
            .addInterceptor(
                chain ->
                    attempts.incrementAndGet() == 1
                        ? chain.proceed(chain.request())
                        : stubResponse(chain, 403, "Request-Id", "req-2"))
            .build();

    try (PersonaClient stubbed =
        client(
            settings ->
                settings
                    .httpClient(httpClient)
                    .retryPolicy(
                        RetryPolicy.builder().initialDelay(Duration.ofMillis(1)).build()))) {
      assertThatExceptionOfType(ExpiredLinkException.class)
          .isThrownBy(() -> stubbed.files().download(link()))
          .satisfies(
              e -> {
                assertThat(e.status()).isEqualTo(403);
                assertThat(e.requestId()).isEqualTo("req-2");
              });
    } finally {
      httpClient.connectionPool().evictAll();
    }
  }

  // ---- sizes ----

  @Test
  void fileWithTooLargeContentLength_isNotRead() throws Exception {
    host.respond(new MockResponse.Builder().body("12345678901"));
    host.respond(200, "1234567890");

    try (PersonaClient small = client(settings -> settings.maxFileSize(10))) {
      assertThatExceptionOfType(FileTooLargeException.class)
          .isThrownBy(() -> small.files().download(link()))
          .withMessage(
              "GET /photos/front.jpg returned 200: the file has more than the allowed 10 bytes")
          .satisfies(e -> assertThat(e.limit()).isEqualTo(10));
      assertThat(readString(small.files().download(link()))).hasSize(10);
    }
  }

  @Test
  void fileExceedingLimitWhileRead_leavesNoFile() throws Exception {
    for (int i = 0; i < 4; i++) {
      host.respond(new MockResponse.Builder().chunkedBody("x".repeat(100_000), 1000));
    }

    try (PersonaClient small = client(settings -> settings.maxFileSize(99_999));
        PersonaClient sufficientLimit = client(settings -> settings.maxFileSize(100_000))) {
      try (Download photo = small.files().download(link())) {
        assertThat(photo.length()).isEqualTo(-1);
        assertThat(catchThrowable(() -> photo.saveAs(folder.resolve("a"))))
            .isInstanceOf(FileTooLargeException.class);
      }
      assertThat(catchThrowable(() -> small.files().saveAs(link(), folder.resolve("a"))))
          .isInstanceOf(FileTooLargeException.class);
      assertThat(folder).isEmptyDirectory();
      try (Download photo = small.files().download(link())) {
        assertThat(catchThrowable(() -> photo.stream().skipNBytes(100_000)))
            .isInstanceOf(FileTooLargeException.class);
      }
      assertThat(readString(sufficientLimit.files().download(link()))).hasSize(100_000);
    }
  }

  // ---- on disk ----

  @Test
  void saveAs_pathOrFolder_storesFile() throws Exception {
    host.respond(200, PHOTO).respond(200, PHOTO, "Content-Disposition", "filename=\"../../b.jpg\"");

    Path named;
    Path inFolder;
    try (Download photo = client.files().download(link())) {
      named = photo.saveAs(folder.resolve("a.jpg"));
    }
    try (Download photo = client.files().download(link())) {
      inFolder = photo.saveTo(folder);
    }

    assertThat(named).isEqualTo(folder.resolve("a.jpg")).hasContent(PHOTO);
    assertThat(inFolder).isEqualTo(folder.resolve("b.jpg")).hasContent(PHOTO);
    assertThat(folder).isDirectoryNotContaining("glob:**.part");
  }

  @Test
  void saveAs_afterBytesWereRead_throwsIllegalState() throws Exception {
    for (int i = 0; i < 3; i++) {
      host.respond(200, PHOTO);
    }

    try (Download photo = client.files().download(link())) {
      photo.saveAs(folder.resolve("a"));
      assertRefused(photo);
    }
    try (Download photo = client.files().download(link())) {
      assertThat(photo.stream().read()).isEqualTo('n');
      assertRefused(photo);
    }
    try (Download photo = client.files().download(link())) {
      Thread.currentThread().interrupt();
      assertThatExceptionOfType(PersonaConnectionException.class)
          .isThrownBy(() -> photo.saveAs(folder.resolve("b")));
      assertThat(Thread.interrupted()).isTrue();
      assertRefused(photo);
    }
    assertThat(names()).containsExactly("a");
  }

  private void assertRefused(Download photo) {
    assertThatIllegalStateException()
        .isThrownBy(() -> photo.saveAs(folder.resolve("b")))
        .withMessage("the bytes were read before; download the file again");
    assertThatIllegalStateException().isThrownBy(() -> photo.replace(folder.resolve("a")));
  }

  @Test
  void saveAs_thatFails_closesDownload() throws Exception {
    Path taken = Files.writeString(folder.resolve("a"), "old");
    Path missing = folder.resolve("none");
    for (int i = 0; i < 6; i++) {
      host.respond(200, PHOTO, "Content-Disposition", "filename=a");
    }
    FileAction[] actions = {
      photo -> photo.saveAs(taken),
      photo -> photo.saveAs(folder),
      photo -> photo.replace(folder),
      photo -> photo.saveTo(folder),
      photo -> photo.saveAs(missing.resolve("a")),
      photo -> photo.saveTo(missing)
    };
    Class<?>[] failures = {
      FileAlreadyExistsException.class,
      FileAlreadyExistsException.class,
      FileAlreadyExistsException.class,
      FileAlreadyExistsException.class,
      NoSuchFileException.class,
      NotDirectoryException.class
    };
    for (int i = 0; i < actions.length; i++) {
      FileAction action = actions[i];
      Download photo = client.files().download(link());
      assertThat(catchThrowable(() -> action.on(photo))).isExactlyInstanceOf(failures[i]);
      assertRefused(photo);
      assertThatIllegalStateException().isThrownBy(photo::stream);
    }
    assertThat(taken).hasContent("old");
    assertThat(names()).containsExactly("a");
  }

  private interface FileAction {
    void on(Download download) throws IOException;
  }

  @Test
  void filesSaveTo_whatIsNoFolder_throwsBeforeTheRequest() throws Exception {
    Path file = Files.writeString(folder.resolve("a"), "old");
    for (Path target : List.of(file, folder.resolve("none"))) {
      assertThatExceptionOfType(NotDirectoryException.class)
          .isThrownBy(() -> client.files().saveTo(link(), target));
    }
    assertThatExceptionOfType(FileAlreadyExistsException.class)
        .isThrownBy(() -> client.files().saveAs(link(), folder));
    assertThat(host.server().getRequestCount()).isZero();
  }

  @Test
  void interruptWhileStoring_stopsCall() {
    host.respond(200, PHOTO).respond(200, PHOTO);
    // The bytes are received before the interrupt, so writing the file detects it first.
    Interceptor interrupting =
        chain -> {
          Response response = chain.proceed(chain.request());
          response.body().source().request(PHOTO.length());
          Thread.currentThread().interrupt();
          return response;
        };

    try (PersonaClient retrying =
        client(
            settings ->
                settings.addInterceptor(interrupting).retryPolicy(RetryPolicy.standard()))) {
      for (int i = 0; i < 2; i++) {
        boolean saving = i == 0;
        PersonaConnectionException failure =
            catchThrowableOfType(
                PersonaConnectionException.class,
                () -> {
                  if (saving) {
                    retrying.files().saveTo(link(), folder);
                  } else {
                    retrying.files().download(link()).saveTo(folder);
                  }
                });

        assertThat(Thread.interrupted()).isTrue();
        assertThat(failure.isStopped()).isTrue();
        assertThat(failure.attempts()).isEqualTo(1);
      }
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void saveAs_existingPath_keepsIt_andReplaceOverwritesIt() throws Exception {
    Path existing = Files.writeString(folder.resolve("a.jpg"), "old");
    host.respond(200, PHOTO).respond(truncatedFile()).respond(200, PHOTO);

    try (Download photo = client.files().download(link())) {
      assertThatExceptionOfType(FileAlreadyExistsException.class)
          .isThrownBy(() -> photo.saveAs(existing));
    }
    assertThat(existing).hasContent("old");
    try (Download photo = client.files().download(link())) {
      assertThatExceptionOfType(PersonaConnectionException.class)
          .isThrownBy(() -> photo.replace(existing));
    }
    assertThat(existing).hasContent("old");
    try (Download photo = client.files().download(link())) {
      photo.replace(existing);
    }
    assertThat(existing).hasContent(PHOTO);
    assertThat(names()).containsExactly("a.jpg");
  }

  @Test
  void truncatedFile_throwsAndLeavesNoFile() throws Exception {
    host.respond(truncatedFile());

    try (Download photo = client.files().download(link())) {
      assertThatExceptionOfType(PersonaConnectionException.class)
          .isThrownBy(() -> photo.saveAs(folder.resolve("a")))
          .withMessageStartingWith("GET /photos/front.jpg failed: the connection to 127.0.0.1:");
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void truncatedChunkedFile_throwsIOException() throws Exception {
    host.respond(
        new MockResponse.Builder()
            .chunkedBody("x".repeat(200_000), 1000)
            .onResponseBody(new SocketEffect.CloseSocket()));

    try (Download photo = client.files().download(link())) {
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> photo.stream().transferTo(OutputStream.nullOutputStream()));
    }
  }

  @Test
  void fileWithoutLength_isMalformed() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread responding =
          new Thread(
              () -> {
                try (Socket socket = server.accept()) {
                  InputStream request = socket.getInputStream();
                  byte[] some = new byte[4096];
                  assertThat(request.read(some)).isPositive();
                  socket.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\nhalf".getBytes(UTF_8));
                } catch (IOException e) {
                  // The client disconnected first.
                }
              });
      responding.start();
      String origin = "http://127.0.0.1:" + server.getLocalPort();

      try (PersonaClient other = client(settings -> settings.allowFilesFrom(origin))) {
        assertThatExceptionOfType(MalformedResponseException.class)
            .isThrownBy(() -> other.files().download(origin + "/a"))
            .withMessageContaining("would not show whether the file is complete");
      }
      responding.join(5_000);
    }
  }

  @Test
  void saveAs_missingFolder_throwsNoSuchFile() throws Exception {
    host.respond(200, PHOTO).respond(200, PHOTO);
    Path missing = folder.resolve("none").resolve("a");

    try (Download photo = client.files().download(link())) {
      assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(() -> photo.saveAs(missing));
    }
    try (PersonaClient retrying = retryingClient()) {
      assertThatExceptionOfType(NoSuchFileException.class)
          .isThrownBy(() -> retrying.files().saveAs(link(), missing));
    }
    assertThat(host.server().getRequestCount()).isEqualTo(2);
  }

  @Test
  void save_ofTruncatedFile_isRetried() throws Exception {
    host.respond(truncatedFile()).respond(503, "").respond(truncatedFile()).respond(200, PHOTO);

    try (PersonaClient retrying = retryingClient()) {
      Path stored = retrying.files().saveTo(link(), folder);

      assertThat(stored).isEqualTo(folder.resolve("front.jpg")).hasContent(PHOTO);
    }
    assertThat(names()).containsExactly("front.jpg");
    assertThat(host.server().getRequestCount()).isEqualTo(4);
  }

  @Test
  void save_thatNeverSucceeds_reportsAttemptsAndLeavesNoFile() {
    for (int i = 0; i < 4; i++) {
      host.respond(truncatedFile());
    }

    try (PersonaClient retrying = retryingClient()) {
      PersonaConnectionException failure =
          catchThrowableOfType(
              PersonaConnectionException.class, () -> retrying.files().saveTo(link(), folder));

      assertThat(failure).hasMessageContaining("failed 4 times");
      assertThat(failure.attempts()).isEqualTo(4);
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void save_ofExpiredLink_throwsExpiredLinkException() {
    host.respond(403, "");

    assertThat(catchThrowable(() -> client.files().saveTo(link(), folder)))
        .isInstanceOf(ExpiredLinkException.class);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void print_isStoredUnchanged() throws Exception {
    byte[] pdf = "%PDF-1.7 invented".repeat(10_000).getBytes(UTF_8);
    for (int i = 0; i < 2; i++) {
      api.respond(
          new MockResponse.Builder()
              .body(new Buffer().write(pdf))
              .addHeader("Content-Type", "application/pdf"));
    }
    api.respond(truncatedFile().addHeader("Content-Type", "application/pdf"));

    try (Download print = print(client)) {
      assertThat(print.contentType()).isEqualTo("application/pdf");
      assertThat(print.saveAs(folder.resolve("a.pdf"))).hasBinaryContent(pdf);
    }
    assertThat(api.request().getHeaders().get("Authorization")).isEqualTo("Bearer " + MockApi.KEY);

    try (PersonaClient small = client(settings -> settings.maxFileSize(1000))) {
      assertThatExceptionOfType(FileTooLargeException.class).isThrownBy(() -> print(small));
    }
    try (Download broken = print(client)) {
      assertThatExceptionOfType(PersonaConnectionException.class)
          .isThrownBy(() -> broken.saveAs(folder.resolve("b")));
    }
    assertThat(names()).containsExactly("a.pdf");
  }

  private static Download print(PersonaClient client) {
    return client.inquiries().print("inq_1");
  }

  @Test
  void print_withoutContent_isMalformed_withEarlierAttempts() {
    api.respond(503, "").respond(204, "");
    try (PersonaClient retrying =
        client(settings -> settings.retryPolicy(RetryPolicy.standard()))) {
      assertThatExceptionOfType(MalformedResponseException.class)
          .isThrownBy(() -> print(retrying))
          .withMessageContaining("there is no content")
          .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
    }
  }

  @Test
  void download_thatBreaksAfterEarlierAttempts_reportsThem() throws Exception {
    api.respond(503, "").respond(truncatedFile());
    try (PersonaClient retrying = client(settings -> settings.retryPolicy(RetryPolicy.standard()));
        Download print = print(retrying)) {
      assertThatExceptionOfType(PersonaConnectionException.class)
          .isThrownBy(() -> print.saveAs(folder.resolve("a")))
          .satisfies(e -> assertThat(e.attempts()).isEqualTo(2))
          .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
    }
  }

  @ParameterizedTest
  @CsvSource({"text/html", "application/json"})
  void print_ofAnotherType_isMalformed(String type) {
    api.respond(200, "<html>Sign in</html>", "Content-Type", type);

    assertThatExceptionOfType(MalformedResponseException.class)
        .isThrownBy(() -> print(client))
        .withMessageContaining("the response is not of the type application/pdf")
        .withMessageEndingWith("content type " + type);
  }

  @Test
  void stream_afterTheFileWasStored_throwsIllegalStateException() throws Exception {
    api.respond(200, PHOTO);
    try (Download print = print(client)) {
      print.saveAs(folder.resolve("a"));

      assertThatExceptionOfType(IllegalStateException.class).isThrownBy(print::stream);
    }
  }

  @Test
  void open_callOfTheRetrofitInterface_isTheSameFile() throws Exception {
    api.respond(200, PHOTO, "Content-Type", "application/pdf");

    try (Download print =
        client.files().open(client.inquiries().api().print("inq_1", RequestOptions.none()))) {
      assertThat(print.contentType()).isEqualTo("application/pdf");
      assertThat(print.saveAs(folder.resolve("a"))).hasContent(PHOTO);
    }
  }

  @Test
  void printWithoutLength_isMalformed() throws Exception {
    try (RawServer server =
            new RawServer(
                (request, socket) -> {
                  RawServer.write(
                      socket, "HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\n\r\n%PDF half");
                  socket.close();
                });
        PersonaClient other =
            client(
                settings ->
                    settings
                        .baseUrl(server.origin() + "/api/v1")
                        .addInterceptor(RequestLog.to(line -> {})))) {
      assertThatExceptionOfType(MalformedResponseException.class)
          .isThrownBy(() -> print(other))
          .withMessageContaining("the response would not show whether the file is complete");

      // The Retrofit interface returns the response unchanged.
      ResponseBody raw =
          Objects.requireNonNull(
              other.inquiries().api().print("inq_1", RequestOptions.none()).execute().body());
      assertThat(raw.string()).isEqualTo("%PDF half");
    }
  }

  @Test
  void print_chunkedOrCompressed_isStored() throws Exception {
    Buffer compressed = new Buffer();
    try (var sink = Okio.buffer(new GzipSink(compressed))) {
      sink.writeUtf8(PHOTO);
    }
    api.respond(new MockResponse.Builder().chunkedBody(PHOTO, 5))
        .respond(new MockResponse.Builder().body(compressed).addHeader("Content-Encoding", "gzip"));

    print(client).saveAs(folder.resolve("a"));
    print(client).saveAs(folder.resolve("b"));

    assertThat(folder.resolve("a")).hasContent(PHOTO);
    assertThat(folder.resolve("b")).hasContent(PHOTO);
  }

  @Test
  void print_readInPart_isNotStored() throws Exception {
    api.respond(200, PHOTO);
    try (Download print = print(client)) {
      assertThat(print.stream().read()).isEqualTo('n');

      assertThatExceptionOfType(IllegalStateException.class)
          .isThrownBy(() -> print.saveAs(folder.resolve("a")));
    }

    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void failureOfStream_quotesNothingOfFile() throws Exception {
    try (RawServer server =
            new RawServer(
                (request, socket) -> {
                  RawServer.write(
                      socket,
                      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n5SECRET\r\n");
                  socket.close();
                });
        PersonaClient other =
            client(
                settings ->
                    settings
                        .baseUrl(server.origin() + "/api/v1")
                        .allowFilesFrom(server.origin()))) {
      List<ThrowingCallable> reads =
          List.of(
              () -> other.files().download(server.origin() + "/a").stream().readAllBytes(),
              () -> other.files().download(server.origin() + "/a").saveTo(folder),
              () -> other.files().saveTo(server.origin() + "/a", folder),
              () -> print(other).saveAs(folder.resolve("a")));
      for (ThrowingCallable read : reads) {
        StringWriter trace = new StringWriter();
        catchThrowable(read).printStackTrace(new PrintWriter(trace));
        assertThat(trace.toString()).contains("ProtocolException").doesNotContain("SECRET");
      }
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void storedFile_isReadableByOwnerOnly() throws Exception {
    host.respond(200, PHOTO);

    Path stored = client.files().saveTo(link(), folder);

    if (Files.getFileStore(stored).supportsFileAttributeView("posix")) {
      assertThat(Files.getPosixFilePermissions(stored)).hasSize(2);
    }
  }

  @ParameterizedTest
  @CsvSource({"0", "1", "8191", "8192", "8193", "3000000"})
  void filesAroundBufferSize_areStoredCompletely(int size) throws Exception {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    host.respond(new MockResponse.Builder().body(new Buffer().write(bytes)));

    assertThat(client.files().saveTo(link(), folder)).hasBinaryContent(bytes);
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
