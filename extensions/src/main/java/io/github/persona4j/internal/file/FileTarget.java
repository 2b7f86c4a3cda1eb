package io.github.persona4j.internal.file;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Objects;

/** Where a file is stored. */
record FileTarget(Path path, boolean isFolder, boolean mayExist) {
  /** A path that does not exist. */
  static FileTarget file(Path file) {
    return new FileTarget(Objects.requireNonNull(file, "file"), false, false);
  }

  /** A path that is replaced if it exists. */
  static FileTarget replacing(Path file) {
    return new FileTarget(Objects.requireNonNull(file, "file"), false, true);
  }

  /** A folder, in which the server names the file. */
  static FileTarget in(Path folder) {
    return new FileTarget(Objects.requireNonNull(folder, "folder"), true, false);
  }

  /** Checks what can be known before the file is requested. */
  void check() throws IOException {
    boolean isDirectory = Files.isDirectory(path);
    if (isFolder && !isDirectory) {
      throw new NotDirectoryException(path.toString());
    }
    if (!isFolder && isDirectory) {
      throw new FileAlreadyExistsException(path.toString());
    }
  }

  /**
   * The path of a file.
   *
   * @param name the name that the server gives it
   */
  Path of(String name) {
    return isFolder ? FileName.in(path, name) : path;
  }
}
