package io.github.persona4j.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.stream.Stream;

/**
 * The file with which Prism is started instead of a description.
 *
 * <p>Our description is bundled into one file, without webhooks and with simplified references to
 * other resources, because Prism takes more than a minute to expand all references of the original.
 * Another description is copied if it has unresolvable references, with which Prism does not start,
 * or multipart forms, of which Prism does not support nested parts.
 */
final class MockFile {
  private MockFile() {}

  /** Returns the file. That of our description is created again if the description is newer. */
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
      FileTime created = Files.getLastModifiedTime(file);
      for (String part :
          new String[] {"openapi.yaml", "paths", "components", "lint", "redocly.yaml"}) {
        try (Stream<Path> files = Files.walk(folder.resolve(part))) {
          for (Path source : (Iterable<Path>) files::iterator) {
            if (Files.getLastModifiedTime(source).compareTo(created) >= 0) {
              return false;
            }
          }
        }
      }
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException("The files of the description cannot be read", e);
    }
  }
}
