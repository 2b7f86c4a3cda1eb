package io.github.persona4j.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.ZipFile;
import org.eclipse.aether.RepositoryException;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.graph.DependencyNode;
import org.eclipse.aether.util.graph.visitor.DependencyGraphDumper;
import org.eclipse.aether.util.graph.visitor.PreorderDependencyNodeConsumerVisitor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What users get with the published artifacts. */
class DependenciesTest {
  /** The expected dependencies and sizes. */
  private static final Path EXPECTED = Path.of("dependencies.txt");

  /** Libraries with a NOTICE, which only users who publish the jars themselves pass on. */
  private static final Set<String> WITH_NOTICE =
      Set.of(
          "jackson-annotations",
          "jackson-core",
          "jackson-databind",
          "micrometer-commons",
          "micrometer-core",
          "micrometer-observation");

  private static final double GROWTH = 1.05;

  private static final String VERSION = System.getProperty("build.version");

  private final UserBuild build = new UserBuild(VERSION);

  @Test
  void runtimeDependencies_areTheExpectedOnes() throws Exception {
    List<String> expected = Files.readAllLines(EXPECTED);
    List<String> found = new ArrayList<>();
    for (PublishedArtifact artifact : PublishedArtifact.values()) {
      build
          .tree(artifact, false)
          .accept(new DependencyGraphDumper(line -> System.out.println(line)));
      long total = 0;
      Set<String> names = new TreeSet<>();
      for (Artifact each : build.runtimeClassPath(artifact)) {
        long size = Files.size(each.getPath());
        total += size;
        System.out.printf("%,12d bytes %s%n", size, each.getPath().getFileName());
        if (!each.getArtifactId().equals(artifact.id())) {
          names.add("  " + name(each));
        }
      }
      found.add(artifact.id());
      found.addAll(names);
      System.out.printf("%,12d bytes%n%n", total);
      int line = found.size();
      boolean same = line < expected.size() && isAbout(expected.get(line), total);
      found.add(same ? expected.get(line) : "  %.1f MB".formatted(total / 1e6));
    }

    assertThat(found)
        .as("If the change is meant, change compatibility/dependencies.txt and CHANGELOG.md")
        .isEqualTo(expected);
  }

  /** Whether the total is at most a little larger than that of the line. */
  private static boolean isAbout(String line, long total) {
    if (!line.endsWith(" MB")) {
      return false;
    }
    double expected = Double.parseDouble(line.replace("MB", "").strip()) * 1e6;
    return total <= expected * GROWTH;
  }

  private static String name(Artifact artifact) {
    String version = artifact.getVersion().equals(VERSION) ? "" : ":" + artifact.getVersion();
    return artifact.getGroupId() + ":" + artifact.getArtifactId() + version;
  }

  @ParameterizedTest
  @EnumSource
  void versionsOfADependency_areTheSameInTheWholeTree(PublishedArtifact artifact)
      throws RepositoryException {
    Map<String, Set<String>> versions = new TreeMap<>();
    DependencyNode tree = build.tree(artifact, true);
    tree.accept(new DependencyGraphDumper(line -> System.out.println(line)));
    tree.accept(
        new PreorderDependencyNodeConsumerVisitor(
            node ->
                versions
                    .computeIfAbsent(
                        node.getArtifact().getGroupId() + ":" + node.getArtifact().getArtifactId(),
                        any -> new TreeSet<>())
                    .add(node.getArtifact().getVersion())));
    versions.values().removeIf(each -> each.size() == 1);

    assertThat(versions).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void noClass_isInTwoJars(PublishedArtifact artifact) throws Exception {
    Map<String, Set<String>> jars = new TreeMap<>();
    for (Artifact each : build.runtimeClassPath(artifact)) {
      for (String name : entries(each.getPath())) {
        if (name.endsWith(".class") && !name.endsWith("module-info.class")) {
          jars.computeIfAbsent(name, any -> new TreeSet<>()).add(each.getArtifactId());
        }
      }
    }
    assertThat(jars).hasSizeGreaterThan(300);
    jars.values().removeIf(each -> each.size() == 1);

    assertThat(jars).isEmpty();
  }

  @Test
  void noDependencyButTheKnownOnes_hasANoticeToPassOn() throws Exception {
    Set<String> notices = new TreeSet<>();
    for (PublishedArtifact artifact : PublishedArtifact.values()) {
      for (Artifact each : build.runtimeClassPath(artifact)) {
        if (!each.getVersion().equals(VERSION) && !WITH_NOTICE.contains(each.getArtifactId())) {
          entries(each.getPath()).stream()
              .filter(name -> name.matches("(?i)(META-INF/)?NOTICE(\\.\\w+)?"))
              .forEach(name -> notices.add(each.getArtifactId() + ": " + name));
        }
      }
    }

    assertThat(notices).isEmpty();
  }

  private static List<String> entries(Path jar) throws IOException {
    try (ZipFile file = new ZipFile(jar.toFile())) {
      return file.stream().map(entry -> entry.getName()).toList();
    }
  }
}
