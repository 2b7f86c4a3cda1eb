package io.github.persona4j.file;

import io.github.persona4j.error.FileTooLargeException;
import io.github.persona4j.error.PersonaConnectionException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file that is being downloaded from a link, or a PDF print. Its bytes can be read once: from
 * {@link #stream}, or with {@link #saveAs}, {@link #saveTo} or {@link #replace}, which store the
 * file on disk and close the download. It uses a connection until it is closed. Not thread-safe.
 * <!-- code: examples/src/test/java/io/github/persona4j/examples/JavadocExamplesTest.java#download -->
 *
 * <pre>{@code
 * Path stored = persona.inquiries().print(id).saveAs(folder.resolve("inquiry.pdf"));
 * }</pre>
 */
public interface Download extends AutoCloseable {
  /** The content type in the response, such as {@code image/jpeg}; null if absent. */
  @Nullable String contentType();

  /**
   * The name of the file in the response, or else the last part of the URL's path. It is safe to
   * use in a folder: at most 200 bytes in UTF-8; no separators, control characters or characters
   * that change the text direction; no dot or space at either end; no leading dash, which programs
   * interpret as an option; no name of a Windows device. It may be personal data.
   */
  String name();

  /** The length in bytes; -1 if unknown. */
  long length();

  /**
   * The bytes as they arrive. Reading throws an {@link IOException} if the connection breaks before
   * the file is complete, with the failure of the connection as its cause, and a {@link
   * FileTooLargeException} if the file is larger than allowed. Closing the stream closes this
   * download.
   */
  InputStream stream();

  /**
   * Stores the file under this path, atomically, and closes this download, also after a failure.
   * The bytes are written to a temporary file in the same folder and flushed to the disk, and then
   * the file gets its name. On a POSIX file system only the owner may read the file; on others the
   * permissions of the folder apply.
   *
   * @param file a path that does not exist, in a folder that does
   * @return the path of the stored file
   * @throws java.nio.file.FileAlreadyExistsException if the path exists; nothing is changed
   * @throws IOException if the file cannot be written
   * @throws PersonaConnectionException if the connection broke, or this thread was interrupted,
   *     before the file was complete
   * @throws FileTooLargeException if it is larger than allowed
   * @throws IllegalStateException if bytes were read before
   */
  Path saveAs(Path file) throws IOException;

  /**
   * Like {@link #saveAs}, in a folder, with the {@link #name} that the server gives the file.
   * Characters that the file system cannot encode are replaced by {@code _}.
   *
   * @param folder a folder that exists
   * @throws java.nio.file.NotDirectoryException if it is not a folder
   * @throws java.nio.file.FileAlreadyExistsException if the folder has a file with this name
   */
  Path saveTo(Path folder) throws IOException;

  /** Like {@link #saveAs}, but replaces an existing file once the new one is complete. */
  Path replace(Path file) throws IOException;

  /** Closes the download and releases its connection. Closing twice does nothing. */
  @Override
  void close();
}
