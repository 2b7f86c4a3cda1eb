package io.github.persona4j.request;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.persona4j.mini.api.UploadsApi;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import okio.Buffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Validation of uploaded files, their names and content types. */
class FileUploadTest {
  private static final Duration SOON = Duration.ofSeconds(10);

  @TempDir Path folder;

  /** Returns every factory that takes a name and a content type. */
  private List<BiConsumer<String, String>> factories() {
    return List.of(
        (name, type) -> FileUpload.of(name, type, new byte[1]),
        (name, type) -> FileUpload.of(name, type, 1, () -> new ByteArrayInputStream(new byte[1])),
        (name, type) -> FileUpload.once(name, type, 1, new ByteArrayInputStream(new byte[1])));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/csv;\r\nX-s3cret: 1",
        "text/csv; a=\"x\r\nX-s3cret: 1\"",
        "text/csv\r\n\r\ns3cret",
        "text/csv;\ns3cret=1",
        "text/csv;\rs3cret=1",
        "text/csv;\ts3cret=1",
        "text/csv; a=\"s3cret\0\"",
        "text/csv; a=\"s3cret\u007f\"",
        "text/csv; a=\"s3crét\"",
        "text/csv; a=\"s3cret\u2028\"",
        "",
        " "
      })
  void contentType_thatWouldBreakItsHeader_isRejectedWithoutShowingIt(String type)
      throws IOException {
    Path file = Files.writeString(folder.resolve("a.csv"), "a");

    for (BiConsumer<String, String> factory : factories()) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> factory.accept("a.csv", type))
          .withMessageMatching("contentType must (not be blank|be printable ASCII)");
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FileUpload.of(file, type))
        .withMessageMatching("contentType must (not be blank|be printable ASCII)");
  }

  @Test
  void contentType_thatIsNotAMediaType_isRejectedWithoutShowingIt() {
    for (BiConsumer<String, String> factory : factories()) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> factory.accept("a.csv", "s3cret"))
          .withMessage("contentType must be a media type such as text/csv");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "s3cret\r\nX: 1.csv",
        "s3cret\n.csv",
        "s3cret\r",
        "s3cret\0.csv",
        "s3cret\u001b[2J.csv",
        "s3cret\u007f",
        "s3cret\u0085.csv",
        "s3cret\u2028.csv",
        "s3cret\u2029.csv",
        "s3cret\ud83d.csv",
        "s3cret\ude00"
      })
  void name_thatWouldBreakItsHeader_isRejectedWithoutShowingIt(String name) {
    for (BiConsumer<String, String> factory : factories()) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> factory.accept(name, "text/csv"))
          .withMessageStartingWith("name must not contain control characters")
          .satisfies(e -> assertThat(e.getMessage()).doesNotContain("s3cret"));
    }
  }

  @Test
  void nameOfAFileOnDisk_hasTheSameRule() throws IOException {
    Path file;
    try {
      file = Files.writeString(folder.resolve("s3cret\r\nX: 1"), "a");
    } catch (java.nio.file.InvalidPathException e) {
      assumeTrue(false, "this file system has no such names");
      return;
    }

    assertThatIllegalArgumentException()
        .isThrownBy(() -> FileUpload.of(file, "text/csv"))
        .withMessageStartingWith("name must not contain control characters");
  }

  private static String sent(FileUpload file) throws IOException {
    Buffer body = new Buffer();
    UploadsApi.CreateForm.builder().file(file).listId("l").build().toBody().writeTo(body);
    return body.readUtf8();
  }

  @Test
  void nameWithQuotesAndOtherScripts_isOneParameterOfItsHeader() throws IOException {
    FileUpload file =
        FileUpload.of("a\"; name=\"b \u00eb\ud83d\ude00.csv", "text/csv", new byte[1]);

    assertThat(sent(file).lines())
        .contains(
            "Content-Disposition: form-data; name=\"data[attributes][file]\";"
                + " filename=\"a%22; name=%22b \u00eb\ud83d\ude00.csv\"");
  }

  // ---- types of files ----

  @Test
  void pathsThatAreNotRegularFiles_areRejectedAtOnce() throws Exception {
    Path directory = Files.createDirectory(folder.resolve("s3cret"));
    Path missing = folder.resolve("s3cret-missing");
    checkRejected(directory, missing, Path.of("/"), Path.of(""));
  }

  @Test
  void devices_areRejectedAtOnce_evenBehindALink() throws Exception {
    Path zero = Path.of("/dev/zero");
    assumeTrue(Files.exists(zero), "this system has no /dev/zero");
    Path link = Files.createSymbolicLink(folder.resolve("s3cret"), zero);

    checkRejected(zero, link, Path.of("/dev/null"), Path.of("/dev/tty"));
  }

  @Test
  void namedPipe_isRejectedAtOnce_evenBehindALink() throws Exception {
    Path pipe = pipe(folder.resolve("s3cret"));
    Path link = Files.createSymbolicLink(folder.resolve("s3cret-link"), pipe);

    checkRejected(pipe, link);
  }

  private static void checkRejected(Path... paths) {
    for (Path path : paths) {
      assertTimeoutPreemptively(
          SOON,
          () ->
              assertThatIllegalArgumentException()
                  .as(path.toString())
                  .isThrownBy(() -> FileUpload.of(path, "text/csv"))
                  .withMessage("path must be a regular file that can be read"));
    }
  }

  @Test
  void linkToARegularFile_isSentUnderItsOwnName() throws Exception {
    Path file = Files.writeString(folder.resolve("a.csv"), "a,b");
    Path link = Files.createSymbolicLink(folder.resolve("b.csv"), file);

    assertThat(sent(FileUpload.of(link, "text/csv"))).contains("filename=\"b.csv\"", "a,b");
  }

  @Test
  void fileThatBecomesAPipe_failsAtOnce() throws Exception {
    Path file = Files.writeString(folder.resolve("s3cret"), "a,b");
    FileUpload upload = FileUpload.of(file, "text/csv");
    Files.delete(file);
    pipe(file);

    checkUnreadable(upload);
  }

  @Test
  void fileThatBecomesADevice_failsAtOnce() throws Exception {
    Path zero = Path.of("/dev/zero");
    assumeTrue(Files.exists(zero), "this system has no /dev/zero");
    Path file = Files.writeString(folder.resolve("s3cret"), "a,b");
    FileUpload upload = FileUpload.of(file, "text/csv");
    Files.delete(file);
    Files.createSymbolicLink(file, zero);

    checkUnreadable(upload);
  }

  private static void checkUnreadable(FileUpload upload) {
    assertTimeoutPreemptively(
        SOON,
        () ->
            assertThatExceptionOfType(FileUpload.UnreadableException.class)
                .isThrownBy(() -> sent(upload))
                .withMessage("the file to upload is no longer a regular file"));
  }

  /** Creates a named pipe without a writer. */
  private static Path pipe(Path path) throws Exception {
    Process mkfifo;
    try {
      mkfifo = new ProcessBuilder("mkfifo", path.toString()).redirectErrorStream(true).start();
    } catch (IOException e) {
      assumeTrue(false, "this system has no mkfifo");
      throw e;
    }
    assertThat(mkfifo.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(mkfifo.exitValue())
        .as(new String(mkfifo.getInputStream().readAllBytes(), UTF_8))
        .isZero();
    return path;
  }
}
