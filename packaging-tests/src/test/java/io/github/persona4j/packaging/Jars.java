package io.github.persona4j.packaging;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The jars of the build, as an application has them. */
final class Jars {
  /** Of the client and all that it needs. */
  static final Path LIBRARIES = Path.of("target/libraries");

  /** Of the fake. */
  static final Path TESTING = Path.of("target/testing");

  private Jars() {}

  static List<Path> in(Path folder) {
    try (var files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The jar of one of our artifacts. */
  static Path of(String artifact) {
    Path folder = artifact.endsWith("-testing") ? TESTING : LIBRARIES;
    return in(folder).stream()
        .filter(jar -> name(jar).matches(artifact + "-[0-9].*\\.jar"))
        .findFirst()
        .orElseThrow();
  }

  private static String name(Path file) {
    return file.getFileName().toString();
  }

  /** The jar with the program of this module. */
  static Path application() {
    return in(Path.of("target")).stream()
        .filter(jar -> name(jar).startsWith("persona4j-packaging-tests"))
        .findFirst()
        .orElseThrow();
  }

  static URL url(Path file) {
    try {
      return file.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The entries of a jar by name. */
  static SortedMap<String, byte[]> entries(Path jar, Predicate<String> names) {
    SortedMap<String, byte[]> entries = new TreeMap<>();
    try (ZipFile file = new ZipFile(jar.toFile())) {
      for (ZipEntry entry :
          (Iterable<ZipEntry>) file.stream().map(ZipEntry.class::cast)::iterator) {
        if (!entry.isDirectory() && names.test(entry.getName())) {
          try (InputStream in = file.getInputStream(entry)) {
            entries.put(entry.getName(), in.readAllBytes());
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return entries;
  }

  /** The only entry with such a name, as text. */
  static String text(Path jar, String name) {
    return new String(entries(jar, name::equals).get(name), UTF_8);
  }
}
