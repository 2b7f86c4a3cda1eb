package io.github.persona4j.compatibility;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The last release: its artifacts, the signatures of their jars, its version, its changelog and its
 * example programs. Run as a program, it makes this build the baseline.
 */
final class Baseline {
  private static final Path MODULE = Path.of(System.getProperty("basedir", "")).toAbsolutePath();

  static final Path ROOT = MODULE.resolve("..").normalize();
  static final Path FOLDER = MODULE.resolve("baseline");

  private static final Path VERSION = FOLDER.resolve("version.txt");
  private static final Path ARTIFACTS = FOLDER.resolve("artifacts.txt");
  private static final Path CHANGELOG = FOLDER.resolve("changelog.txt");
  private static final Path EXAMPLES = FOLDER.resolve("examples.zip");
  private static final Path CHANGED_EXAMPLES = MODULE.resolve("examples/src");
  // Checks the documents of this repository, which are no part of a release.
  private static final String DOCUMENTS_TEST = "ReadmeTest.java";

  private Baseline() {}

  static String version() throws IOException {
    return Files.readString(VERSION).strip();
  }

  /** The artifacts of the last release. */
  static List<String> artifacts() throws IOException {
    return Files.readAllLines(ARTIFACTS);
  }

  static List<String> changelog() throws IOException {
    return Files.readAllLines(CHANGELOG);
  }

  /** Makes this build, whose version is the argument, the baseline. */
  public static void main(String... arguments) throws IOException {
    for (PublishedArtifact artifact : PublishedArtifact.values()) {
      SignatureJar.write(artifact.jar(), artifact.baseline());
    }
    Files.write(ARTIFACTS, Stream.of(PublishedArtifact.values()).map(each -> each.id()).toList());
    Files.writeString(VERSION, arguments[0] + "\n");
    Files.copy(ROOT.resolve("CHANGELOG.md"), CHANGELOG, StandardCopyOption.REPLACE_EXISTING);
    delete(CHANGED_EXAMPLES);
    zip(ROOT.resolve("examples/src"), EXAMPLES);
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private static void zip(Path folder, Path target) throws IOException {
    try (Stream<Path> files = Files.walk(folder);
        ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(target))) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        if (!file.endsWith(DOCUMENTS_TEST)) {
          ZipEntry entry = new ZipEntry(folder.relativize(file).toString().replace('\\', '/'));
          entry.setTime(SignatureJar.TIME);
          zip.putNextEntry(entry);
          Files.copy(file, zip);
          zip.closeEntry();
        }
      }
    }
  }
}
