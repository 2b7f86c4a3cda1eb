package io.github.persona4j.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.stream.Stream;

/**
 * The one file that Prism gets in place of our many: without webhooks and with lighter references
 * to other resources. From the many it would expand every use of every resource, for over a minute.
 */
final class MockFile {
  private MockFile() {}

  /** The file, made anew when the description is newer; Prism's part of any other description. */
  static Path of(Settings settings, Path description) {
    if (!description.equals(settings.ours())) {
      return description;
    }
    Path folder = settings.ours().resolveSibling("");
    Path file = folder.resolve("target/mock.json");
    if (!isNewest(file, folder)) {
      Npm.install(folder);
      Npm.script(folder, "mock");
    }
    return file;
  }

  private static boolean isNewest(Path file, Path folder) {
    try {
      if (!Files.isRegularFile(file)) {
        return false;
      }
      FileTime made = Files.getLastModifiedTime(file);
      for (String part :
          new String[] {"openapi.yaml", "paths", "components", "lint", "redocly.yaml"}) {
        try (Stream<Path> files = Files.walk(folder.resolve(part))) {
          for (Path source : (Iterable<Path>) files::iterator) {
            if (Files.getLastModifiedTime(source).compareTo(made) >= 0) {
              return false;
            }
          }
        }
      }
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException("The files of the description cannot be seen", e);
    }
  }
}
