package io.github.persona4j;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.persona4j.api.ImportersApi;
import io.github.persona4j.error.CredentialsException;
import io.github.persona4j.error.FailedCall;
import io.github.persona4j.error.MalformedResponseException;
import io.github.persona4j.error.PersonaApiException;
import io.github.persona4j.error.PersonaConnectionException;
import io.github.persona4j.error.PersonaException;
import io.github.persona4j.error.RateLimitException;
import io.github.persona4j.error.ReportFailedException;
import io.github.persona4j.error.UnreadableFileException;
import io.github.persona4j.error.WaitFailedException;
import io.github.persona4j.error.WaitInterruptedException;
import io.github.persona4j.error.WaitTimeoutException;
import io.github.persona4j.file.Download;
import io.github.persona4j.json.MalformedJsonException;
import io.github.persona4j.json.UnexpectedTypeException;
import io.github.persona4j.model.AccountFields;
import io.github.persona4j.model.AddressLookupReport;
import io.github.persona4j.model.Report;
import io.github.persona4j.request.FileUpload;
import io.github.persona4j.request.Include;
import io.github.persona4j.request.RequestOptions;
import io.github.persona4j.request.ResourceQuery;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Serialized failures contain no body, no headers and no key. */
class SerializedExceptionsTest {
  /** Used for all personal values, values of an organization, and keys. */
  private static final String SECRET = "s3cret";

  private static final String ERRORS =
      """
      {"errors":[{"title":"Bad request","code":"bad-request","details":"s3cret",
        "source":{"pointer":"/data/attributes/fields/s3cret 1"},"meta":{"s3cret":"s3cret"},
        "s3cret":"s3cret"}],"s3cret":["s3cret"]}
      """;

  private static final String[] HEADERS = {
    "Request-Id",
    "req-1",
    "RateLimit-Limit",
    "300",
    "RateLimit-Reset",
    "7",
    "Content-Type",
    "application/json; x=s3cret",
    "Set-Cookie",
    "s3cret=s3cret",
    "X-s3cret",
    "s3cret",
    "Persona-Organization-Id",
    "org_s3cret",
    "Location",
    "/s3cret?s3cret"
  };

  @TempDir Path folder;
  private MockApi api;
  private PersonaClient client;

  @BeforeEach
  void start() throws IOException {
    api = new MockApi();
    String origin = api.url().replace("/api/v1", "");
    client =
        api.builder()
            .apiKey("persona_sandbox_s3cret")
            .allowFilesFrom(origin)
            .maxFileSize(10)
            .build();
  }

  @AfterEach
  void stop() {
    client.close();
    api.close();
  }

  private PersonaException createFailure() {
    return catchThrowableOfType(
        PersonaException.class,
        () ->
            client
                .inquiries()
                .create(
                    MockApi.NEW_INQUIRY,
                    ResourceQuery.include(Include.of("s3cret")),
                    RequestOptions.builder()
                        .idempotencyKey("s3cret")
                        .header("X-Own", "s3cret")
                        .build()));
  }

  private PersonaException downloadFailure() {
    return catchThrowableOfType(
        PersonaException.class,
        () -> {
          String link = api.url().replace("/api/v1", "/file?access_token=s3cret");
          try (Download file = client.files().download(link)) {
            byte[] unused = file.stream().readAllBytes();
          }
        });
  }

  private static byte[] serialized(Throwable failure) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(failure);
    }
    return bytes.toByteArray();
  }

  private static <E extends Throwable> E copy(E failure) throws Exception {
    byte[] bytes = serialized(failure);
    assertThat(new String(bytes, ISO_8859_1))
        .as(failure.toString())
        .doesNotContain(SECRET)
        .contains(String.valueOf(failure.getMessage()));
    try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
      Object read = in.readObject();
      assertThat(read).isInstanceOf(failure.getClass());
      @SuppressWarnings("unchecked") // checked in the line before
      E copy = (E) read;
      assertThat(copy).hasMessage(failure.getMessage());
      return copy;
    }
  }

  private static <E extends PersonaException> E checkedCopy(E failure) throws Exception {
    assertThat(failure).isNotNull();
    E copy = copy(failure);
    assertThat(copy.idempotencyKey()).isNull();
    assertThat(copy.attempts()).isEqualTo(failure.attempts());
    assertThat(copy.waited()).isEqualTo(failure.waited());
    FailedCall call = Objects.requireNonNull(failure.call());
    FailedCall read = Objects.requireNonNull(copy.call());
    assertThat(read).hasToString(call.toString());
    assertThat(read.host()).isEqualTo("127.0.0.1");
    assertThat(read.headers()).isEmpty();
    assertThat(read.header("Request-Id")).isNull();
    assertThat(read.contentType()).isNull();
    assertThat(read.idempotencyKey()).isNull();
    assertThat(read.requestId()).isEqualTo(call.requestId());
    assertThat(read.rateLimits()).isEqualTo(call.rateLimits());
    return copy;
  }

  @Test
  void serializedFailure_hasNoBodyAndNoHeaders() throws Exception {
    Set<String> exceptionNames = new TreeSet<>();
    for (int status : new int[] {400, 401, 403, 404, 405, 408, 409, 422, 429, 500, 503}) {
      api.respond(status, ERRORS, HEADERS);
      PersonaApiException failure = (PersonaApiException) createFailure();
      assertThat(failure.body()).contains(SECRET);
      assertThat(failure.headers().toString()).contains(SECRET);
      assertThat(failure.idempotencyKey()).isEqualTo(SECRET);
      exceptionNames.add(failure.getClass().getSimpleName());
      checkApiFailure(checkedCopy(failure), status);
    }
    api.respond(410, "s3cret", HEADERS);
    PersonaApiException expired = (PersonaApiException) downloadFailure();
    exceptionNames.add(expired.getClass().getSimpleName());
    checkApiFailure(checkedCopy(expired), 410);

    api.respond(200, "0123456789s3cret");
    exceptionNames.add(checkedCopy(downloadFailure()).getClass().getSimpleName());

    for (PersonaException failure :
        List.of(malformedHtml(), malformedJson(), broken(), unreadable(), unsent())) {
      exceptionNames.add(checkedCopy(failure).getClass().getSimpleName());
    }
    exceptionNames.addAll(failedWaits());
    assertThat(exceptionNames).isEqualTo(exceptions());
  }

  private static Set<String> failedWaits() throws Exception {
    Report report = AddressLookupReport.fromJson("{\"id\":\"s3cret\"}");
    WaitFailedException failed = copy(new WaitFailedException("failed", report));
    assertThat(failed.last(Report.class)).isEmpty();
    ReportFailedException ended = copy(new ReportFailedException("ended", report));
    assertThat(ended.report()).isEmpty();
    WaitTimeoutException timeout = copy(new WaitTimeoutException("timed out", report, null));
    assertThat(timeout.last(Report.class)).isEmpty();
    assertThat(copy(new WaitInterruptedException("interrupted"))).isNotNull();
    return Set.of(
        "WaitFailedException",
        "ReportFailedException",
        "WaitInterruptedException",
        "WaitTimeoutException");
  }

  private static void checkApiFailure(PersonaApiException copy, int status) {
    assertThat(copy.status()).isEqualTo(status);
    assertThat(copy.body()).isEmpty();
    assertThat(copy.errors()).isEmpty();
    assertThat(copy.headers()).isEmpty();
    assertThat(copy.header("Set-Cookie")).isNull();
    assertThat(copy.requestId()).isEqualTo("req-1");
    assertThat(copy.rateLimits().limit()).isEqualTo(300);
    assertThat(copy.rateLimits().resetSeconds()).isEqualTo(7);
    assertThat(copy.method() + copy.path()).isNotEmpty();
  }

  /** All exception classes except the base class. */
  private static Set<String> exceptions() throws Exception {
    // A folder, or a jar where the tests run on other versions.
    Path classes =
        Path.of(PersonaException.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    if (Files.isDirectory(classes)) {
      return exceptions(classes.resolve("io/github/persona4j/error"));
    }
    try (FileSystem jar = FileSystems.newFileSystem(classes)) {
      return exceptions(jar.getPath("io/github/persona4j/error"));
    }
  }

  private static Set<String> exceptions(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      Set<String> names = new TreeSet<>();
      files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith("Exception.class") && !name.contains("$"))
          .forEach(name -> names.add(name.replace(".class", "")));
      names.remove("PersonaException");
      return names;
    }
  }

  private PersonaException malformedHtml() {
    api.respond(200, "<html>s3cret</html>", "Content-Type", "text/html", "Set-Cookie", "s3cret");
    MalformedResponseException failure = (MalformedResponseException) createFailure();
    assertThat(failure.body()).contains(SECRET);
    return failure;
  }

  private PersonaException malformedJson() {
    api.respond(
        200, "{\"data\":{\"attributes\":{\"fields\":{\"s3cret\":s3cret", HEADERS[0], HEADERS[1]);
    return createFailure();
  }

  private PersonaException broken() {
    api.respond(
        new MockResponse.Builder()
            .body("{\"data\":\"s3cret" + " ".repeat(100_000))
            .addHeader("Set-Cookie", "s3cret")
            .onResponseBody(new SocketEffect.CloseSocket()));
    PersonaException failure = createFailure();
    assertThat(failure).isInstanceOf(PersonaConnectionException.class);
    return failure;
  }

  private PersonaException unsent() throws GeneralSecurityException {
    KeyPairGenerator keys = KeyPairGenerator.getInstance("EC");
    keys.initialize(256);
    api.respond(400, "{\"error\":\"invalid_client\",\"error_description\":\"s3cret\"}");
    try (PersonaClient application =
        PersonaClient.builder()
            .baseUrl(api.url())
            .credentials(
                OAuthCredentials.clientCredentials("s3cret", keys.generateKeyPair().getPrivate()))
            .build()) {
      return catchThrowableOfType(
          CredentialsException.class, () -> application.events().list(q -> q.filterId("s3cret")));
    }
  }

  private PersonaException unreadable() throws IOException {
    Path file = Files.writeString(folder.resolve("s3cret.csv"), "a");
    FileUpload upload = FileUpload.of(file, "text/csv");
    Files.delete(file);
    return catchThrowableOfType(
        UnreadableFileException.class,
        () ->
            client
                .importers()
                .importAccounts(ImportersApi.ImportAccountsForm.builder().file(upload).build()));
  }

  @Test
  void serializedMalformedResponse_hasNoBody_andKeepsCause() throws Exception {
    MalformedResponseException html = (MalformedResponseException) checkedCopy(malformedHtml());
    assertThat(html.body()).isNull();
    assertThat(html.status()).isEqualTo(200);
    MalformedResponseException json = (MalformedResponseException) checkedCopy(malformedJson());
    assertThat(json.body()).isNull();
    assertThat(json.requestId()).isEqualTo("req-1");
    assertThat(json)
        .hasMessageContaining("$.data.attributes.fields.*")
        .hasCauseInstanceOf(MalformedJsonException.class);
  }

  @Test
  void serializedRateLimitException_keepsResetTime() throws Exception {
    api.respond(429, ERRORS, HEADERS);

    RateLimitException copy = checkedCopy((RateLimitException) createFailure());

    assertThat(copy.rateLimits().resetSeconds()).isEqualTo(7);
    assertThat(copy.waited()).isEqualTo(Duration.ZERO);
  }

  @Test
  void serializedJsonException_hasPathOnly() throws Exception {
    AccountFields fields =
        AccountFields.fromJson("{\"s3cret\":{\"type\":\"string\",\"value\":\"s3cret\"}}");

    UnexpectedTypeException unexpected =
        copy(catchThrowableOfType(UnexpectedTypeException.class, () -> fields.getDate("s3cret")));
    assertThat(unexpected.path()).isEqualTo("AccountFields.*");
    assertThat(unexpected.described()).isEqualTo("date");
    MalformedJsonException malformed =
        copy(
            catchThrowableOfType(
                MalformedJsonException.class,
                () -> AccountFields.fromJson("{\"s3cret\":{\"s3cret\":s3cret")));
    assertThat(malformed.path()).isEqualTo("$.*.*");
    assertThat(malformed.reason()).isEqualTo(MalformedJsonException.Reason.SYNTAX);
  }

  @Test
  void serializedDownloadFailure_quotesNothingOfFile() throws Exception {
    // Part of the file is in the place of a chunk size, which OkHttp quotes.
    try (RawServer server =
            new RawServer(
                (request, socket) ->
                    socket
                        .getOutputStream()
                        .write(
                            "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n2\nab\ns3cret\n"
                                .replace("\n", "\r\n")
                                .getBytes(ISO_8859_1)));
        PersonaClient fileClient = api.builder().allowFilesFrom(server.origin()).build();
        Download file = fileClient.files().download(server.origin() + "/file")) {
      IOException failure =
          catchThrowableOfType(IOException.class, () -> file.stream().readAllBytes());

      assertThat(copy(failure)).hasMessage("the bytes ended before the file was complete");
    }
  }
}
