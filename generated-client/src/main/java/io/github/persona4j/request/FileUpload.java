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
 * A file to send as one part of a form; its bytes stream and are never held whole.
 *
 * <p>Immutable. May be sent more than once, and is sent again when a call is repeated, unless it
 * was made by {@link #once}.
 */
public final class FileUpload {
  /** Opens a stream of the bytes, a new one each time. */
  @FunctionalInterface
  public interface Source {
    /**
     * A stream that starts at the first byte; whoever asked closes it. What opening, reading or
     * closing it throws ends the call, which is not repeated then.
     */
    InputStream open() throws IOException;
  }

  /**
   * The file could not be read, or has another length than it had or was said to have. The
   * connection is not to blame. The message has no path, and the cause is left out where its
   * message would have one.
   */
  public static final class UnreadableException extends FileSystemException {
    private static final long serialVersionUID = 1L;

    private UnreadableException(String reason) {
      super(null, null, reason);
    }
  }

  /** Hears how far the sending of a file has come. */
  @FunctionalInterface
  public interface Progress {
    /**
     * Called on the thread that sends, once for each few kilobytes, so it must be quick; it must
     * not throw. When the call is repeated the count starts again.
     *
     * @param sent how many bytes of the file were handed to the connection so far
     * @param total how many there are, -1 where nobody knows
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
   * A file on disk, read when it is sent, again for each attempt; it must not change until the call
   * is over.
   *
   * <p>Only a regular file is taken, or a link to one. A pipe, a terminal or a device can keep its
   * reader waiting for ever, and no time limit ends that; {@link #once} sends such a stream. The
   * kind of file is checked here, and again each time before and after it is opened. Java opens a
   * file only in a way that waits for the other end of a pipe, so a pipe that takes the file's
   * place between such a check and the opening, which follows at once, still blocks.
   *
   * @param path the file; the part takes its last name
   * @param contentType such as {@code text/csv}
   * @throws IllegalArgumentException if there is no such regular file that can be read, or if its
   *     name or the content type breaks the rules of {@link #of(String, String, byte[])}
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
   * Bytes in memory.
   *
   * @param name the name of the file, in any script
   * @param contentType such as {@code text/csv}
   * @throws IllegalArgumentException if the name is blank or holds a control character, a line
   *     separator or half of a surrogate pair, or if the content type is no media type in printable
   *     ASCII
   */
  public static FileUpload of(String name, String contentType, byte[] bytes) {
    byte[] copy = Objects.requireNonNull(bytes, "bytes").clone();
    return of(name, contentType, copy.length, () -> new ByteArrayInputStream(copy));
  }

  /**
   * A stream that can be opened several times.
   *
   * @param name the name of the file
   * @param length how many bytes there are, -1 where nobody knows
   * @param source opens the stream, again for each attempt
   * @throws IllegalArgumentException if the name or the content type breaks the rules of {@link
   *     #of(String, String, byte[])}, or if the length is below -1
   */
  public static FileUpload of(
      String name, String contentType, long length, FileUpload.Source source) {
    Objects.requireNonNull(source, "source");
    return new FileUpload(
        checkedName(name), checkedType(contentType), checkedLength(length), false, source, null);
  }

  /**
   * A stream that is there once. A call with it is repeated only if no connection came about: half
   * of a stream cannot be sent again. Sending closes the stream.
   *
   * @param name the name of the file
   * @param length how many bytes there are, -1 where nobody knows
   * @param stream the bytes
   * @throws IllegalArgumentException if the name or the content type breaks the rules of {@link
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

  /** The same file with somebody who hears how far its sending has come. */
  public FileUpload onProgress(FileUpload.Progress listener) {
    return new FileUpload(
        name, contentType, length, once, source, Objects.requireNonNull(listener, "listener"));
  }

  /** The name of the file. */
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

  // OkHttp would call the connection's fault what is that of a file.
  private static void check(boolean asLongAsSaid) throws UnreadableException {
    if (!asLongAsSaid) {
      throw new UnreadableException(
          "the file to upload does not have the length that it had or was said to have");
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
      throw new IllegalArgumentException("length must be 0 or more, or -1 where nobody knows it");
    }
    return length;
  }

  // The name ends in a header of the part. OkHttp escapes quotes and line ends there and leaves
  // every other control character as it is.
  private static String checkedName(String name) {
    if (Characters.areInvisible(Objects.requireNonNull(name, "name"))) {
      throw new IllegalArgumentException("name must not be blank");
    }
    if (name.codePoints().anyMatch(FileUpload::isUnfit)) {
      throw new IllegalArgumentException(
          "name must not hold control characters, line separators or halves of surrogate pairs");
    }
    return name;
  }

  private static boolean isUnfit(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      default -> false;
    };
  }

  // MediaType takes line ends, between parameters and in quotes, and OkHttp writes them.
  private static String checkedType(String contentType) {
    HeaderValue.check("contentType", Objects.requireNonNull(contentType, "contentType"));
    if (MediaType.parse(contentType) == null) {
      throw new IllegalArgumentException("contentType must be a media type such as text/csv");
    }
    return contentType;
  }

  /** The size only: a name may be personal data. */
  @Override
  public String toString() {
    return "FileUpload{" + length + " bytes}";
  }
}
