package io.github.persona4j.request;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;
import okio.Okio;
import org.jspecify.annotations.Nullable;

/**
 * A file to send as one part of a form; its bytes stream and are never held whole.
 *
 * <p>Immutable. May be sent more than once, where its source can be opened more than once.
 */
public final class FileUpload {
  /** Opens a stream of the bytes, a new one each time. */
  @FunctionalInterface
  public interface Source {
    /** A stream that starts at the first byte; whoever asked closes it. */
    InputStream open() throws IOException;
  }

  private final String name;
  private final String contentType;
  private final long length;
  private final FileUpload.Source source;

  private FileUpload(String name, String contentType, long length, FileUpload.Source source) {
    this.name = checkedName(name);
    this.contentType = checkedType(contentType);
    this.length = length;
    this.source = Objects.requireNonNull(source, "source");
  }

  /**
   * A file on disk, read when it is sent.
   *
   * @param path the file; the part takes its last name
   * @param contentType such as {@code text/csv}
   * @throws IllegalArgumentException if there is no such file that can be read
   */
  public static FileUpload of(Path path, String contentType) {
    Path last = path.getFileName();
    if (last == null || !Files.isReadable(path) || Files.isDirectory(path)) {
      throw new IllegalArgumentException("path must be a file that can be read");
    }
    return new FileUpload(
        last.toString(), contentType, path.toFile().length(), () -> Files.newInputStream(path));
  }

  /**
   * Bytes in memory.
   *
   * @param name the name of the file
   */
  public static FileUpload of(String name, String contentType, byte[] bytes) {
    byte[] copy = bytes.clone();
    return new FileUpload(name, contentType, copy.length, () -> new ByteArrayInputStream(copy));
  }

  /**
   * A stream from elsewhere.
   *
   * @param name the name of the file
   * @param length how many bytes there are, -1 where nobody knows
   * @param source opens the stream, again for each attempt
   */
  public static FileUpload of(
      String name, String contentType, long length, FileUpload.Source source) {
    return new FileUpload(name, contentType, length, source);
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
      public void writeTo(BufferedSink sink) throws IOException {
        try (okio.Source bytes = Okio.source(source.open())) {
          sink.writeAll(bytes);
        }
      }
    };
  }

  private static String checkedName(String name) {
    if (Objects.requireNonNull(name, "name").isBlank()) {
      throw new IllegalArgumentException("name must not be blank");
    }
    return name;
  }

  private static String checkedType(String contentType) {
    if (MediaType.parse(Objects.requireNonNull(contentType, "contentType")) == null) {
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
