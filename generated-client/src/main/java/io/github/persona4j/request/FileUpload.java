package io.github.persona4j.request;

import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.Buffer;
import okio.BufferedSink;
import okio.Okio;
import org.jspecify.annotations.Nullable;

/**
 * A file that is sent as a part of a form. It is streamed and never completely in memory.
 *
 * <p>Immutable. Unless it is created by {@link #once}, it can be sent several times, and is sent
 * again if a call is retried.
 * <!-- code: examples/src/test/java/io/github/persona4j/examples/ReadmeSnippets.java#uploads -->
 *
 * <pre>{@code
 * FileUpload csv =
 *     FileUpload.of(path, "text/csv").onProgress((sent, total) -> show(sent + " of " + total));
 * AccountImporter importer = persona.importers().importAccounts(csv).data();
 * }</pre>
 */
public final class FileUpload {
  /** Opens streams of the content. */
  @FunctionalInterface
  public interface Source {
    /**
     * Opens a new stream that starts at the first byte. The caller closes it. If opening, reading
     * or closing it fails, the call fails and is not retried.
     */
    InputStream open() throws IOException;
  }

  /**
   * The file cannot be read, or its length differs from the stated one. The connection is not the
   * cause. The message does not contain the path; an exception whose message contains it is not the
   * cause.
   */
  public static final class UnreadableException extends FileSystemException {
    private static final long serialVersionUID = 1L;

    private UnreadableException(String reason) {
      super(null, null, reason);
    }
  }

  /** Is notified of the progress of an upload. */
  @FunctionalInterface
  public interface Progress {
    /**
     * Called on the sending thread every few kilobytes. It must return quickly and must not throw.
     * If the call is retried, the count starts again.
     *
     * @param sent the number of bytes sent so far
     * @param total the total number of bytes, -1 if it is unknown
     */
    void sent(long sent, long total);
  }

  private static final int CHUNK = 8 * 1024;
  private static final String NOT_A_FILE = "path must be a regular file that can be read";

  private final String name;
  private final String contentType;
  private final long length;
  private final boolean once;
  private final FileUpload.Source source;
  private final FileUpload.@Nullable Progress progress;

  private FileUpload(
      String name,
      String contentType,
      long length,
      boolean once,
      FileUpload.Source source,
      FileUpload.@Nullable Progress progress) {
    this.name = name;
    this.contentType = contentType;
    this.length = length;
    this.once = once;
    this.source = source;
    this.progress = progress;
  }

  /**
   * Returns an upload of a file on disk, which is read in each attempt and must not change until
   * the end of the call.
   *
   * <p>The path must be a regular file, or a link to one. Reading a pipe, a terminal or a device
   * can block forever, without a timeout; use {@link #once} for such streams. The type of the file
   * is checked here, and again before and after it is opened. Opening a pipe in Java waits for its
   * other end, so if a pipe replaces the file between the check and the opening, the call still
   * blocks.
   *
   * @param path the file, whose last name is the name of the part
   * @param contentType such as {@code text/csv}
   * @throws IllegalArgumentException if the path is not a readable regular file, or if its name or
   *     the content type is invalid according to {@link #of(String, String, byte[])}
   */
  public static FileUpload of(Path path, String contentType) {
    Path last = Objects.requireNonNull(path, "path").getFileName();
    if (last == null || !Files.isRegularFile(path) || !Files.isReadable(path)) {
      throw new IllegalArgumentException(NOT_A_FILE);
    }
    long length;
    try {
      length = Files.size(path);
    } catch (IOException e) {
      throw new IllegalArgumentException(NOT_A_FILE, e);
    }
    return of(last.toString(), contentType, length, () -> open(path));
  }

  private static InputStream open(Path path) throws IOException {
    checkRegular(path);
    InputStream stream = Files.newInputStream(path);
    try {
      checkRegular(path);
    } catch (IOException e) {
      stream.close();
      throw e;
    }
    return stream;
  }

  private static void checkRegular(Path path) throws IOException {
    if (!Files.readAttributes(path, BasicFileAttributes.class).isRegularFile()) {
      throw new UnreadableException("the file to upload is no longer a regular file");
    }
  }

  /**
   * Returns an upload of bytes in memory.
   *
   * @param name the name of the file, in any script
   * @param contentType such as {@code text/csv}
   * @throws IllegalArgumentException if the name is blank or contains a control character, a line
   *     separator or an unpaired surrogate, or if the content type is not a media type in printable
   *     ASCII
   */
  public static FileUpload of(String name, String contentType, byte[] bytes) {
    byte[] copy = Objects.requireNonNull(bytes, "bytes").clone();
    return of(name, contentType, copy.length, () -> new ByteArrayInputStream(copy));
  }

  /**
   * Returns an upload of a stream that can be opened several times.
   *
   * @param name the name of the file
   * @param length the number of bytes, -1 if it is unknown
   * @param source opens the stream in each attempt
   * @throws IllegalArgumentException if the name or the content type is invalid according to {@link
   *     #of(String, String, byte[])}, or if the length is below -1
   */
  public static FileUpload of(
      String name, String contentType, long length, FileUpload.Source source) {
    Objects.requireNonNull(source, "source");
    return new FileUpload(
        checkedName(name), checkedType(contentType), checkedLength(length), false, source, null);
  }

  /**
   * Returns an upload of a stream that can be read once. A call with it is retried only if there
   * was no connection, since the stream cannot be sent again. Sending closes the stream.
   *
   * @param name the name of the file
   * @param length the number of bytes, -1 if it is unknown
   * @param stream the bytes
   * @throws IllegalArgumentException if the name or the content type is invalid according to {@link
   *     #of(String, String, byte[])}, or if the length is below -1
   */
  public static FileUpload once(String name, String contentType, long length, InputStream stream) {
    Objects.requireNonNull(stream, "stream");
    AtomicBoolean taken = new AtomicBoolean();
    return new FileUpload(
        checkedName(name),
        checkedType(contentType),
        checkedLength(length),
        true,
        () -> {
          if (!taken.compareAndSet(false, true)) {
            throw new UnreadableException("the stream of this file was sent before");
          }
          return stream;
        },
        null);
  }

  /** Returns this file with a listener for the progress of its upload. */
  public FileUpload onProgress(FileUpload.Progress listener) {
    return new FileUpload(
        name, contentType, length, once, source, Objects.requireNonNull(listener, "listener"));
  }

  /** Returns the name of the file. */
  public String name() {
    return name;
  }

  RequestBody body() {
    return new RequestBody() {
      @Override
      public @Nullable MediaType contentType() {
        return MediaType.get(contentType);
      }

      @Override
      public long contentLength() {
        return length;
      }

      @Override
      public boolean isOneShot() {
        return once;
      }

      @Override
      public void writeTo(BufferedSink sink) throws IOException {
        try (okio.Source bytes = Okio.source(open())) {
          long sent = 0;
          for (long read; (read = read(bytes, sink.getBuffer())) != -1; ) {
            sent += read;
            check(length < 0 || sent <= length);
            sink.emitCompleteSegments();
            if (progress != null) {
              progress.sent(sent, length);
            }
          }
          check(length < 0 || sent == length);
        }
      }
    };
  }

  private InputStream open() throws IOException {
    try {
      return new FileBytes(source.open());
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /** The bytes of a file. What closing them throws is the fault of the file, too. */
  private static final class FileBytes extends FilterInputStream {
    FileBytes(InputStream stream) {
      super(Objects.requireNonNull(stream, "the stream of the file to upload"));
    }

    @Override
    public void close() throws IOException {
      try {
        super.close();
      } catch (IOException e) {
        throw unreadable(e);
      }
    }
  }

  private static long read(okio.Source bytes, Buffer sink) throws IOException {
    try {
      return bytes.read(sink, CHUNK);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  // OkHttp would report this as a failure of the connection.
  private static void check(boolean lengthMatches) throws UnreadableException {
    if (!lengthMatches) {
      throw new UnreadableException("the file to upload does not have the length that was given");
    }
  }

  private static IOException unreadable(IOException e) {
    if (Thread.currentThread().isInterrupted()) {
      InterruptedIOException interrupted = new InterruptedIOException("interrupted");
      interrupted.initCause(e);
      return interrupted;
    }
    if (e instanceof UnreadableException) {
      return e;
    }
    UnreadableException unreadable =
        new UnreadableException(
            "the file to upload could not be read (" + e.getClass().getSimpleName() + ")");
    if (!(e instanceof FileSystemException || e instanceof FileNotFoundException)) {
      unreadable.initCause(e);
    }
    return unreadable;
  }

  private static long checkedLength(long length) {
    if (length < -1) {
      throw new IllegalArgumentException("length must be 0 or more, or -1 if it is unknown");
    }
    return length;
  }

  // The name becomes a part of a header. OkHttp escapes quotes and line breaks, but no other
  // control characters.
  private static String checkedName(String name) {
    if (Characters.areInvisible(Objects.requireNonNull(name, "name"))) {
      throw new IllegalArgumentException("name must not be blank");
    }
    if (name.codePoints().anyMatch(FileUpload::isInvalid)) {
      throw new IllegalArgumentException(
          "name must not contain control characters, line separators or unpaired surrogates");
    }
    return name;
  }

  private static boolean isInvalid(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      default -> false;
    };
  }

  // MediaType accepts line breaks between parameters and in quotes, and OkHttp sends them.
  private static String checkedType(String contentType) {
    HeaderValue.check("contentType", Objects.requireNonNull(contentType, "contentType"));
    if (MediaType.parse(contentType) == null) {
      throw new IllegalArgumentException("contentType must be a media type such as text/csv");
    }
    return contentType;
  }

  /** Returns the size only: a name may be personal data. */
  @Override
  public String toString() {
    return "FileUpload{" + length + " bytes}";
  }
}
