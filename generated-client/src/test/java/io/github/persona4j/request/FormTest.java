package io.github.persona4j.request;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.persona4j.mini.api.PetsApi;
import io.github.persona4j.mini.api.UploadsApi;
import io.github.persona4j.mini.model.CreatePetAttributes;
import io.github.persona4j.mini.model.CreatePetData;
import io.github.persona4j.mini.model.CreatePetRequest;
import io.github.persona4j.mini.model.Token;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import okhttp3.RequestBody;
import okhttp3.ResponseBody;
import okio.Buffer;
import okio.BufferedSink;
import okio.Okio;
import okio.Sink;
import okio.Timeout;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bodies of requests and responses: JSON, forms, multipart forms with files, and files. */
class FormTest {
  private static final String PET = "{\"data\":{\"type\":\"pet/dog\",\"id\":\"1\"}}";
  private static final long LARGE = 64L * 1024 * 1024;

  private MiniServer server;

  @BeforeEach
  void start() throws Exception {
    server = new MiniServer();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static String body(RecordedRequest request) {
    return Objects.requireNonNull(request.getBody()).utf8();
  }

  @Test
  void jsonBody_sent_isUtf8WithItsLength() throws Exception {
    server.respond(new MockResponse.Builder().code(201).body(PET).build());
    CreatePetRequest pet =
        CreatePetRequest.builder()
            .data(
                CreatePetData.builder()
                    .attributes(
                        CreatePetAttributes.builder()
                            .kind("Zo\u00eb \ud83d\ude00 cut \ud83d")
                            .tags(List.of())
                            .clearNote()
                            .build())
                    .build())
            .build();

    server.api(PetsApi.class).create(pet, ResourceQuery.none(), RequestOptions.none()).execute();

    RecordedRequest request = server.takeRequest();
    assertThat(request.getHeaders().get("Content-Type"))
        .isEqualTo("application/json; charset=UTF-8");
    assertThat(body(request))
        .isEqualTo(
            "{\"data\":{\"attributes\":{\"kind\":\"Zo\u00eb \ud83d\ude00 cut \\ud83d\","
                + "\"tags\":[],\"note\":null}}}");
    assertThat(request.getHeaders().get("Content-Length"))
        .isEqualTo(String.valueOf(Objects.requireNonNull(request.getBody()).size()));
    assertThat(CreatePetRequest.fromJson(body(request))).isEqualTo(pet);
  }

  @Test
  void encodedForm_sent_isEncodedOnceWithItsNames() throws Exception {
    server.respond("{\"access-token\":\"t\",\"expires-in\":3600}");

    Token token =
        Objects.requireNonNull(
            server
                .api(UploadsApi.class)
                .token(
                    UploadsApi.TokenForm.builder()
                        .grantType2("client credentials&x=1")
                        .scope("a+b %20")
                        .build(),
                    RequestOptions.none())
                .execute()
                .body());

    RecordedRequest request = server.takeRequest();
    assertThat(token.expiresIn()).isEqualTo(3600);
    assertThat(request.getHeaders().get("Content-Type"))
        .isEqualTo("application/x-www-form-urlencoded");
    assertThat(body(request))
        .contains("grant_type=client+credentials%26x%3D1")
        .contains("scope=a%2Bb+%2520");
  }

  @Test
  void multipart_sent_hasEachPartWithItsName(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("list \u00eb.csv"), "a,b\n1,2\n");
    server.respond(PET);

    server
        .api(UploadsApi.class)
        .create(
            UploadsApi.CreateForm.builder()
                .file(FileUpload.of(file, "text/csv"))
                .listId("lst_1")
                .build(),
            RequestOptions.none())
        .execute();

    RecordedRequest request = server.takeRequest();
    assertThat(request.getHeaders().get("Content-Type"))
        .startsWith("multipart/form-data; boundary=");
    assertThat(body(request).replaceAll("--[0-9a-f]{8}[-0-9a-f]{28}", "--B"))
        .contains(
            "--B\r\nContent-Disposition: form-data; name=\"data[attributes][file]\";"
                + " filename=\"list \u00eb.csv\"\r\nContent-Type: text/csv\r\n")
        .contains("\r\n\r\na,b\n1,2\n\r\n--B\r\n")
        .contains("Content-Disposition: form-data; name=\"data[attributes][list-id]\"\r\n")
        .contains("\r\n\r\nlst_1\r\n--B--\r\n");
  }

  @Test
  void multipart_withoutItsFile_isNotBuilt() {
    assertThatThrownBy(() -> UploadsApi.CreateForm.builder().listId("s3cret").build())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("file (data[attributes][file]) is required");
    assertThat(
            UploadsApi.CreateForm.builder()
                .file(FileUpload.of("s3cret.txt", "text/plain", "x".getBytes(UTF_8)))
                .listId("s3cret")
                .build())
        .hasToString("[data[attributes][file], data[attributes][list-id]]");
  }

  @Test
  void file_thatCannotBeRead_isRejectedAtOnce(@TempDir Path folder) {
    assertThatThrownBy(() -> FileUpload.of(folder.resolve("s3cret"), "text/csv"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("s3cret");
    assertThatThrownBy(() -> FileUpload.of(folder, "text/csv"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> FileUpload.of("a.csv", "csv", new byte[0]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("contentType");
    assertThatThrownBy(
            () -> FileUpload.of("a.csv", "text/csv", -2, () -> InputStream.nullInputStream()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("length");
  }

  /** A stream that generates bytes while it is read, and counts them. */
  private static final class Bytes extends InputStream {
    private final AtomicLong generated;
    private long left;

    Bytes(AtomicLong generated, long size) {
      this.generated = generated;
      this.left = size;
    }

    @Override
    public int read() {
      throw new AssertionError("one byte at a time is slow");
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
      if (left == 0) {
        return -1;
      }
      int count = (int) Math.min(length, left);
      left -= count;
      generated.addAndGet(count);
      return count;
    }
  }

  @Test
  void largeFile_written_isNeverCompletelyInMemory() throws Exception {
    AtomicLong generated = new AtomicLong();
    AtomicLong most = new AtomicLong();
    UploadsApi.CreateForm form =
        UploadsApi.CreateForm.builder()
            .file(
                FileUpload.of("l.bin", "application/pdf", LARGE, () -> new Bytes(generated, LARGE)))
            .build();
    RequestBody body = form.toBody();
    assertThat(body.contentLength()).isBetween(LARGE, LARGE + 1000);

    AtomicLong passed = new AtomicLong();
    Sink socket =
        new Sink() {
          @Override
          public void write(Buffer source, long byteCount) throws IOException {
            passed.addAndGet(byteCount);
            most.accumulateAndGet(generated.get() - passed.get(), Math::max);
            source.skip(byteCount);
          }

          @Override
          public void flush() {}

          @Override
          public Timeout timeout() {
            return Timeout.NONE;
          }

          @Override
          public void close() {}
        };
    try (BufferedSink sink = Okio.buffer(socket)) {
      body.writeTo(sink);
    }

    assertThat(generated).hasValue(LARGE);
    assertThat(passed).hasValue(body.contentLength());
    // The bytes that were read but not sent yet.
    assertThat(most.get()).isLessThan(64 * 1024);
  }

  @Test
  void largeFile_uploaded_isCompleteAndCanBeSentAgain() throws Exception {
    AtomicLong generated = new AtomicLong();
    AtomicInteger opened = new AtomicInteger();
    UploadsApi.CreateForm form =
        UploadsApi.CreateForm.builder()
            .file(
                FileUpload.of(
                    "l.bin",
                    "application/pdf",
                    -1,
                    () -> {
                      opened.incrementAndGet();
                      return new Bytes(generated, LARGE / 8);
                    }))
            .build();
    for (int i = 1; i <= 2; i++) {
      server.respond(PET);
      server.api(UploadsApi.class).create(form, RequestOptions.none()).execute();
      RecordedRequest request = server.takeRequest();
      assertThat(request.getBodySize()).isGreaterThan(LARGE / 8);
      assertThat(request.getHeaders().get("Transfer-Encoding")).isEqualTo("chunked");
      assertThat(opened).hasValue(i);
    }
  }

  @Test
  void file_sent_reportsItsProgress() throws Exception {
    List<Long> heard = new ArrayList<>();
    server.respond(PET);

    server
        .api(UploadsApi.class)
        .create(
            UploadsApi.CreateForm.builder()
                .file(
                    FileUpload.of("l.bin", "application/pdf", new byte[20_000])
                        .onProgress(
                            (sent, total) -> {
                              assertThat(total).isEqualTo(20_000);
                              heard.add(sent);
                            }))
                .build(),
            RequestOptions.none())
        .execute();

    assertThat(heard).isSorted().hasSizeGreaterThan(1).endsWith(20_000L);
  }

  @Test
  void oneShotStream_makesTheFormOneShot() throws Exception {
    UploadsApi.CreateForm form =
        UploadsApi.CreateForm.builder()
            .file(
                FileUpload.once(
                    "l.csv", "text/csv", 3, new ByteArrayInputStream("a,b".getBytes(UTF_8))))
            .build();
    server.respond(PET).respond(PET);

    assertThat(form.toBody().isOneShot()).isTrue();
    server.api(UploadsApi.class).create(form, RequestOptions.none()).execute();
    assertThat(body(server.takeRequest())).contains("\r\n\r\na,b\r\n--");
    assertThatThrownBy(
            () -> server.api(UploadsApi.class).create(form, RequestOptions.none()).execute())
        .isInstanceOf(FileUpload.UnreadableException.class)
        .hasMessage("the stream of this file was sent before");
  }

  @Test
  void pdfResponse_read_isStreamed() throws Exception {
    Buffer pdf = new Buffer().write(new byte[4 * 1024 * 1024]);
    // 64 kB every 50 ms: the complete body takes more than three seconds.
    server.respond(
        new MockResponse.Builder()
            .addHeader("Content-Type", "application/pdf")
            .body(pdf)
            .throttleBody(64 * 1024, 50, java.util.concurrent.TimeUnit.MILLISECONDS)
            .build());

    long start = System.nanoTime();
    try (ResponseBody body =
        Objects.requireNonNull(
            server.api(UploadsApi.class).print("pet_1", RequestOptions.none()).execute().body())) {
      byte[] first = body.byteStream().readNBytes(1000);
      assertThat(first).hasSize(1000);
      assertThat(java.time.Duration.ofNanos(System.nanoTime() - start))
          .isLessThan(java.time.Duration.ofSeconds(2));
    }
  }

  @Test
  void operationWithoutResponseBody_called_returnsNull() throws Exception {
    server.respond(new MockResponse.Builder().code(204).build());

    assertThat(
            server
                .api(PetsApi.class)
                .redact("pet_1", "s1", "PrivateToken token=t", RequestOptions.none())
                .execute()
                .body())
        .isNull();
    assertThat(server.takeRequest().getMethod()).isEqualTo("DELETE");
  }
}
