package io.github.persona4j.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.persona4j.MockApi;
import io.github.persona4j.PersonaClient;
import io.github.persona4j.RetryPolicy;
import io.github.persona4j.api.ImportersApi;
import io.github.persona4j.error.PersonaConnectionException;
import io.github.persona4j.error.RateLimitException;
import io.github.persona4j.error.UnreadableFileException;
import io.github.persona4j.request.FileUpload;
import io.github.persona4j.request.RequestOptions;
import io.github.persona4j.request.ResourceQuery;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Uploads to importers, and their retries. */
class UploadsTest {
  private static final String IMPORTER =
      "{\"data\":{\"type\":\"importer/account\",\"id\":\"i\",\"attributes\":{}}}";

  @TempDir Path folder;
  private MockApi api;
  private PersonaClient client;

  @BeforeEach
  void start() throws IOException {
    api = new MockApi();
    RetryPolicy policy = RetryPolicy.builder().initialDelay(Duration.ofMillis(1)).build();
    client = api.builder().retryPolicy(policy).build();
  }

  @AfterEach
  void stop() {
    client.close();
    api.close();
  }

  private void upload(FileUpload file) {
    client.importers().importAccounts(ImportersApi.ImportAccountsForm.builder().file(file).build());
  }

  private static MockResponse.Builder droppedConnection() {
    return new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket());
  }

  @Test
  void fileOnDisk_isRetriedCompletely_withSameKey() throws Exception {
    Path file = Files.writeString(folder.resolve("a.csv"), "a,b\n".repeat(10_000));
    List<Long> progress = new ArrayList<>();
    api.respond(droppedConnection()).respond(429, "", "Retry-After", "0").respond(201, IMPORTER);

    upload(FileUpload.of(file, "text/csv").onProgress((sent, total) -> progress.add(sent)));

    RecordedRequest first = api.request();
    assertThat(first.getBodySize()).isGreaterThan(40_000);
    for (int i = 0; i < 2; i++) {
      RecordedRequest retry = api.request();
      assertThat(retry.getBody()).isEqualTo(first.getBody());
      assertThat(retry.getHeaders().get("Idempotency-Key"))
          .isNotNull()
          .isEqualTo(first.getHeaders().get("Idempotency-Key"));
    }
    assertThat(progress).filteredOn(sent -> sent == 40_000).hasSize(3);
    assertThat(progress).endsWith(40_000L);
  }

  @Test
  void oneShotStream_isNeverRetried() throws Exception {
    api.respond(429, "", "Retry-After", "0").respond(droppedConnection());

    assertThatExceptionOfType(RateLimitException.class).isThrownBy(() -> upload(once()));
    assertThatExceptionOfType(PersonaConnectionException.class)
        .isThrownBy(() -> upload(once()))
        .satisfies(e -> assertThat(e.attempts()).isEqualTo(1));

    assertThat(api.server().getRequestCount()).isEqualTo(2);
  }

  @Test
  void deletedFile_throwsUnreadableFile() throws Exception {
    Path file = Files.writeString(folder.resolve("lovelace.csv"), "a,b");
    FileUpload upload = FileUpload.of(file, "text/csv");
    Files.delete(file);

    UnreadableFileException failure = failure(upload);

    assertThat(failure)
        .hasMessage(
            "POST /api/v1/importer/accounts: the file to upload could not be read"
                + " (NoSuchFileException)");
    assertThat(failure.attempts()).isEqualTo(1);
    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace));
    assertThat(trace.toString()).doesNotContain("lovelace", folder.toString());
    assertThat(
            client.sendAsync(
                client
                    .importers()
                    .api()
                    .importAccounts(
                        ImportersApi.ImportAccountsForm.builder().file(upload).build(),
                        ResourceQuery.none(),
                        RequestOptions.none())))
        .failsWithin(Duration.ofSeconds(10))
        .withThrowableThat()
        .withCauseInstanceOf(UnreadableFileException.class);
    assertThat(api.server().getRequestCount()).isZero();
  }

  @Test
  void fileReplacedByDirectory_failsBeforeRequest() throws Exception {
    Path file = Files.writeString(folder.resolve("lovelace.csv"), "a,b");
    FileUpload upload = FileUpload.of(file, "text/csv");
    Files.delete(file);
    Files.createDirectory(file);

    assertThat(failure(upload))
        .hasMessage(
            "POST /api/v1/importer/accounts: the file to upload is no longer a regular file");
    assertThat(api.server().getRequestCount()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "a,b,c"})
  void fileWithChangedLength_throwsUnreadableFile(String now) throws Exception {
    Path file = Files.writeString(folder.resolve("a.csv"), "a,b");
    FileUpload upload = FileUpload.of(file, "text/csv");
    Files.writeString(file, now);

    assertThat(failure(upload))
        .hasMessageEndingWith("the file to upload does not have the length that was given");
  }

  @Test
  void failingSource_isCauseAndNotRetried() {
    IOException exception = new IOException("mine");
    AtomicInteger opened = new AtomicInteger();
    List<FileUpload.Source> sources =
        List.of(
            () -> {
              throw exception;
            },
            () ->
                new FilterInputStream(InputStream.nullInputStream()) {
                  @Override
                  public int read(byte[] buffer, int offset, int length) throws IOException {
                    opened.incrementAndGet();
                    throw exception;
                  }
                },
            () ->
                new FilterInputStream(InputStream.nullInputStream()) {
                  @Override
                  public void close() throws IOException {
                    opened.incrementAndGet();
                    throw exception;
                  }
                });

    for (FileUpload.Source source : sources) {
      assertThat(failure(FileUpload.of("a.csv", "text/csv", -1, source)))
          .hasMessageEndingWith("could not be read (IOException)")
          .rootCause()
          .isSameAs(exception);
    }
    assertThat(opened).hasValue(2);
  }

  @Test
  void interruptedThread_stopsUpload() throws Exception {
    Path file = Files.writeString(folder.resolve("a.csv"), "a,b");
    FileUpload upload =
        FileUpload.of(
            "a.csv",
            "text/csv",
            3,
            () -> {
              Thread.currentThread().interrupt();
              return Files.newInputStream(file);
            });

    assertThatExceptionOfType(PersonaConnectionException.class)
        .isThrownBy(() -> upload(upload))
        .satisfies(e -> assertThat(e.isStopped()).isTrue());
    assertThat(Thread.interrupted()).isTrue();
  }

  private UnreadableFileException failure(FileUpload file) {
    return catchThrowableOfType(UnreadableFileException.class, () -> upload(file));
  }

  private static FileUpload once() {
    byte[] bytes = "a,b".getBytes(UTF_8);
    return FileUpload.once("a.csv", "text/csv", bytes.length, new ByteArrayInputStream(bytes));
  }
}
