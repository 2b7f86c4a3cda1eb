package io.github.persona4j.compatibility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Compares the public API with that of the last release. */
class ApiTest {
  private static final Path REPORT = Path.of("target", "api-changes.md");

  @Test
  void incompatibleChanges_haveAVersionAndAnEntryInTheChangelog() throws IOException {
    List<ApiChange> incompatible = new ArrayList<>();
    List<String> report = new ArrayList<>();
    report.add("## API since " + Baseline.version());
    report.add("");
    for (PublishedArtifact artifact : PublishedArtifact.values()) {
      if (!artifact.isReleased()) {
        report.add("- " + isNew(artifact));
        continue;
      }
      ApiChanges changes = changes(artifact);
      incompatible.addAll(changes.incompatible());
      report.add(
          "- %s: %d incompatible changes, %d additions"
              .formatted(artifact.id(), changes.incompatible().size(), changes.added()));
      changes.incompatible().forEach(change -> report.add("  - " + change));
    }
    Files.write(REPORT, report);
    report.forEach(System.out::println);

    ReleaseRule rule =
        new ReleaseRule(
            Baseline.version(),
            System.getProperty("build.version"),
            Baseline.changelog(),
            Files.readAllLines(Baseline.ROOT.resolve("CHANGELOG.md")));
    assertThat(rule.violations(incompatible)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void exportedPackage_staysExported(PublishedArtifact artifact) throws IOException {
    assertThat(exports(artifact.jar())).isNotEmpty();
    assumeTrue(artifact.isReleased(), isNew(artifact));

    assertThat(exports(artifact.baselineJar())).isNotEmpty();
    assertThat(exports(artifact.jar())).containsAll(exports(artifact.baselineJar()));
  }

  @Test
  void everyReleasedArtifact_isStillPublished() throws IOException {
    assertThat(Stream.of(PublishedArtifact.values()).map(PublishedArtifact::id))
        .containsAll(Baseline.artifacts());
  }

  private static String isNew(PublishedArtifact artifact) {
    return artifact.id() + ": added since the last release, so that nothing is compared";
  }

  private static ApiChanges changes(PublishedArtifact artifact) throws IOException {
    List<Path> newLibraries = ApiChanges.classPath();
    List<Path> oldLibraries = new ArrayList<>(newLibraries);
    for (PublishedArtifact each : PublishedArtifact.values()) {
      oldLibraries.remove(each.jar());
      if (each.isReleased()) {
        oldLibraries.add(each.baselineJar());
      }
    }
    return ApiChanges.between(artifact.baselineJar(), oldLibraries, artifact.jar(), newLibraries);
  }

  private static List<String> exports(Path jar) {
    return ModuleFinder.of(jar).findAll().stream()
        .flatMap(module -> module.descriptor().exports().stream())
        .map(ModuleDescriptor.Exports::source)
        .toList();
  }
}
