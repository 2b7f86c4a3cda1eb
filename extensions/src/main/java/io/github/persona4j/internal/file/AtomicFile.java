package io.github.persona4j.internal.file;

import io.github.persona4j.internal.http.StopReason;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Writes a file atomically: it exists completely or not at all. */
final class AtomicFile {
  private AtomicFile() {}

  /**
   * Writes the bytes to the target.
   *
   * @param replace whether the target may exist
   * @throws java.io.InterruptedIOException if this thread was interrupted
   * @throws IOException what reading or writing throws
   */
  static void write(InputStream bytes, Path target, boolean replace) throws IOException {
    if (!replace && Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      throw new FileAlreadyExistsException(target.toString());
    }
    // In the same folder, because a move to another file system is a copy.
    Path folder = target.toAbsolutePath().getParent();
    if (folder == null) {
      throw new IOException("the target must be a file in a folder");
    }
    Path part = Files.createTempFile(folder, ".download-", ".part");
    try {
      copy(bytes, part);
      if (replace) {
        replace(part, target);
      } else {
        publish(part, target);
      }
    } catch (Throwable e) { // Kotlin code can throw undeclared checked exceptions
      try {
        Files.deleteIfExists(part);
      } catch (IOException other) {
        e.addSuppressed(other);
      }
      throw e;
    }
  }

  private static void copy(InputStream bytes, Path part) throws IOException {
    try (FileChannel file = FileChannel.open(part, StandardOpenOption.WRITE);
        OutputStream out = Channels.newOutputStream(file)) {
      bytes.transferTo(out);
      // The bytes must be on the disk before the name is.
      file.force(true);
    } catch (ClosedByInterruptException e) {
      // The same exception as for an interruption of a read from the connection.
      throw StopReason.INTERRUPTED.exception(e);
    }
  }

  private static void replace(Path part, Path target) throws IOException {
    try {
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  // A hard link fails if the name exists. A move checks and moves in two steps.
  static void publish(Path part, Path target) throws IOException {
    try {
      Files.createLink(target, part);
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (UnsupportedOperationException | IOException e) {
      // Not every file system supports hard links.
      Files.move(part, target);
      return;
    }
    try {
      Files.deleteIfExists(part);
    } catch (IOException e) {
      // The file is stored, so the call must not fail.
    }
  }
}
