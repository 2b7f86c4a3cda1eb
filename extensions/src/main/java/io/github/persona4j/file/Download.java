package io.github.persona4j.file;

import io.github.persona4j.error.FailedCall;
import io.github.persona4j.error.FileTooLargeException;
import io.github.persona4j.error.PersonaConnectionException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;

/**
 * A file that is open on the server: what is known of it, and its bytes, which can be had once,
 * either as a {@link #stream} or stored on disk: once they were read, storing is refused, since
 * there would be less than the file. Holds a connection until it is closed. Not for several
 * threads.
 */
public final class Download implements AutoCloseable {
  private final ResponseBody body;
  private final FailedCall call;
  private final @Nullable String contentType;
  private final String name;
  private final FileStream stream;

  Download(FileRequest.Answer answer, ResponseBody body, long maxSize) {
    this.body = body;
    this.call = answer.call();
    this.contentType = answer.response().header("Content-Type");
    this.name = FileName.of(answer.response());
    this.stream = new FileStream(body.byteStream(), body.contentLength(), maxSize, call);
  }

  /** The content type as the server told it, such as {@code image/jpeg}; null when it did not. */
  public @Nullable String contentType() {
    return contentType;
  }

  /**
   * The name that the server gives the file, otherwise the last part of the link's path, made safe
   * to use within a folder: at most 200 bytes in UTF-8; no separators, control characters or
   * characters that turn the direction of text; no dot or space at either end; no dash in front,
   * which programs take for an option; no name of a device of Windows. It may hold personal data.
   */
  public String name() {
    return name;
  }

  /** How many bytes there are, or -1 when the server did not tell. */
  public long length() {
    return body.contentLength();
  }

  /**
   * The bytes as they arrive. Reading throws an {@link IOException} when the connection breaks
   * before the whole file has come, its cause being what the connection reported, and a {@link
   * FileTooLargeException} when there are more bytes than allowed. Closing it closes this.
   */
  public InputStream stream() {
    return stream;
  }

  /**
   * Stores the file so that there is either the whole of it or nothing: the bytes go to a file
   * beside the target and on to the disk; then it gets its name. On a POSIX file system only its
   * owner may read it; elsewhere the folder decides who may.
   *
   * @param target where to store it: a path that does not exist, or a folder, in which the file
   *     gets its {@link #name}, with {@code _} for what is not ASCII where the file system's
   *     encoding lacks it
   * @return where it is
   * @throws java.nio.file.FileAlreadyExistsException if there is something at that path; it stays,
   *     and another path may be tried
   * @throws IOException if the disk does not take the file
   * @throws PersonaConnectionException if the connection broke, or this thread was interrupted,
   *     before the whole file had come
   * @throws FileTooLargeException if it is larger than allowed
   * @throws IllegalStateException if the bytes were read before, by whatever came of that
   */
  public Path to(Path target) throws IOException {
    return tell(target, false);
  }

  /** Like {@link #to}, but takes the place of a file that is there, once the new one is whole. */
  public Path replace(Path target) throws IOException {
    return tell(target, true);
  }

  private Path tell(Path target, boolean replace) throws IOException {
    Objects.requireNonNull(target, "target");
    try {
      return store(target, replace);
    } catch (FileStream.BrokenException e) {
      throw new PersonaConnectionException(call, e.reported());
    }
  }

  Path store(Path target, boolean replace) throws IOException {
    if (stream.begun()) {
      throw new IllegalStateException("the bytes were read before; download the file again");
    }
    Path file = Files.isDirectory(target) ? FileName.in(target, name) : target;
    AtomicFile.write(stream, file, replace);
    return file;
  }

  /** Lets the connection go; what was not read is lost. Closing twice does nothing. */
  @Override
  public void close() {
    body.close();
  }

  /** The size and the content type: a name may be personal data. */
  @Override
  public String toString() {
    return "Download{length=" + length() + ", contentType=" + call.contentType() + '}';
  }
}
