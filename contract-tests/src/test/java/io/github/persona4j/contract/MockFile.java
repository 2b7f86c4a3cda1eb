package io.github.persona4j.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.stream.Stream;

/**
 * The file that Prism gets in place of a description.
 *
 * <p>Of ours it is one in place of many: without webhooks and with lighter references to other
 * resources. From the many Prism would expand every use of every resource, for over a minute. Of
 * another description it is a copy if that has references that lead nowhere, which Prism does not
 * start with, or multipart forms, whose parts it does not know by the names of the wire.
 */
final class MockFile {
  private MockFile() {}

  /** The file, of ours made anew when the description is newer. */
  static Path of(Settings settings, Path description) {
    if (!description.equals(settings.ours())) {
      return ofAnother(description);
    }
    Path folder = settings.ours().resolveSibling("");
    Path file = folder.resolve("target/mock.json");
    if (!isNewest(file, folder)) {
      Npm.install(folder);
      Npm.script(folder, "mock");
    }
    return file;
  }

  private static Path ofAnother(Path file) {
    Description description = Description.read(file);
    boolean changed = FormParts.flatten(description);
    if (!changed && description.unresolvable().isEmpty()) {
      return file;
    }
    try {
      Path target = Files.createDirectories(Settings.module().resolve("target/prism"));
      Description.Copy copy = description.copyTo(Files.createTempDirectory(target, "description-"));
      return copy.folder().resolve(copy.entry());
    } catch (IOException e) {
      throw new UncheckedIOException("The description cannot be copied", e);
    }
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
