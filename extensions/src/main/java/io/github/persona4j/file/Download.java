package io.github.persona4j.file;

import io.github.persona4j.error.FileTooLargeException;
import io.github.persona4j.error.PersonaConnectionException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file that is open on the server, such as one from a link or a PDF print. Its bytes can be had
 * once: as a {@link #stream}, or stored on disk with {@link #to} or {@link #replace}. It holds a
 * connection until it is closed. Not thread-safe.
 *
 * <pre>{@code
 * try (Download print = client.inquiries().print(id)) {
 *   print.to(Path.of("inquiry.pdf"));
 * }
 * }</pre>
 */
public interface Download extends AutoCloseable {
  /**
   * The content type that the server gives, such as {@code image/jpeg}; null when it gives none.
   */
  @Nullable String contentType();

  /**
   * The name that the server gives the file, otherwise the last part of the URL's path. It is safe
   * to use within a folder: at most 200 bytes in UTF-8; no separators, control characters or
   * characters that change the direction of writing; no dot or space at either end; no leading
   * dash, which programs take for an option; no name of a Windows device. It may be personal data.
   */
  String name();

  /** The length in bytes, or -1 when the server does not give it. */
  long length();

  /**
   * The bytes as they arrive. Reading throws an {@link IOException} when the connection breaks
   * before the whole file has come, with the failure of the connection as its cause, and a {@link
   * FileTooLargeException} when there are more bytes than allowed. Closing it closes this.
   */
  InputStream stream();

  /**
   * Stores the file, as a whole or not at all: the bytes go to a temporary file beside the target
   * and on to the disk, which then gets its name. On a POSIX file system only its owner may read
   * it; elsewhere the folder decides.
   *
   * @param target a path that does not exist, or a folder, in which the file gets its {@link
   *     #name}, with {@code _} for what is not ASCII where the file system cannot write it
   * @return the path of the stored file
   * @throws java.nio.file.FileAlreadyExistsException if the path exists; nothing is changed, and
   *     another path may be tried
   * @throws IOException if the file cannot be written
   * @throws PersonaConnectionException if the connection broke, or this thread was interrupted,
   *     before the whole file had come
   * @throws FileTooLargeException if it is larger than allowed
   * @throws IllegalStateException if bytes were read before
   */
  Path to(Path target) throws IOException;

  /** Like {@link #to}, but replaces an existing file once the new one is complete. */
  Path replace(Path target) throws IOException;

  /** Frees the connection; what was not read is lost. Closing twice does nothing. */
  @Override
  void close();
}
