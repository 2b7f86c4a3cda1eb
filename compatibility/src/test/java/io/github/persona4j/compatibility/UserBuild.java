package io.github.persona4j.compatibility;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.aether.RepositoryException;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.RepositorySystemSession.CloseableSession;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.collection.CollectRequest;
import org.eclipse.aether.graph.Dependency;
import org.eclipse.aether.graph.DependencyFilter;
import org.eclipse.aether.graph.DependencyNode;
import org.eclipse.aether.repository.LocalRepository;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.repository.WorkspaceReader;
import org.eclipse.aether.repository.WorkspaceRepository;
import org.eclipse.aether.resolution.ArtifactResult;
import org.eclipse.aether.resolution.DependencyRequest;
import org.eclipse.aether.supplier.RepositorySystemSupplier;
import org.eclipse.aether.supplier.SessionBuilderSupplier;
import org.eclipse.aether.util.artifact.JavaScopes;
import org.eclipse.aether.util.filter.DependencyFilterUtils;
import org.eclipse.aether.util.graph.transformer.ConflictResolver;
import org.jspecify.annotations.Nullable;

/**
 * Resolves dependencies as Maven does in a project that has one dependency on a published artifact
 * and no dependency management.
 */
final class UserBuild {
  private static final String GROUP = "io.github.persona4j";

  private static final DependencyFilter RUNTIME =
      DependencyFilterUtils.classpathFilter(JavaScopes.RUNTIME);

  private final String version;
  private final RepositorySystem system = new RepositorySystemSupplier().get();

  UserBuild(String version) {
    this.version = version;
  }

  /** Resolves the artifact and its runtime dependencies. */
  List<Artifact> runtimeClassPath(PublishedArtifact artifact) throws RepositoryException {
    try (CloseableSession session = session(false)) {
      return system
          .resolveDependencies(session, new DependencyRequest(request(artifact), RUNTIME))
          .getArtifactResults()
          .stream()
          .map(ArtifactResult::getArtifact)
          .toList();
    }
  }

  /** The tree of runtime dependencies, also with what Maven leaves out, if {@code verbose}. */
  DependencyNode tree(PublishedArtifact artifact, boolean verbose) throws RepositoryException {
    try (CloseableSession session = session(verbose)) {
      return system.collectDependencies(session, request(artifact)).getRoot().getChildren().get(0);
    }
  }

  private CollectRequest request(PublishedArtifact artifact) {
    RemoteRepository central =
        new RemoteRepository.Builder("central", "default", "https://repo.maven.apache.org/maven2/")
            .build();
    Artifact published = new DefaultArtifact(GROUP, artifact.id(), "jar", version);
    return new CollectRequest(
        List.of(new Dependency(published, JavaScopes.COMPILE)), List.of(), List.of(central));
  }

  private CloseableSession session(boolean verbose) {
    List<LocalRepository> repositories = new ArrayList<>();
    for (String folder : System.getProperty("local.repositories").split(File.pathSeparator, -1)) {
      if (!folder.isBlank()) {
        repositories.add(new LocalRepository(Path.of(folder), "simple"));
      }
    }
    return new SessionBuilderSupplier(system)
        .get()
        .withLocalRepositories(repositories)
        .setOffline("offline=true".equals(System.getProperty("build.network")))
        .setWorkspaceReader(new Reactor())
        .setSystemProperties(System.getProperties())
        .setConfigProperty(
            ConflictResolver.CONFIG_PROP_VERBOSE,
            verbose ? ConflictResolver.Verbosity.FULL : ConflictResolver.Verbosity.NONE)
        .build();
  }

  /** The artifacts of this build, which are in no repository. */
  private static final class Reactor implements WorkspaceReader {
    private final WorkspaceRepository repository = new WorkspaceRepository("reactor");

    @Override
    public WorkspaceRepository getRepository() {
      return repository;
    }

    @Override
    public @Nullable File findArtifact(Artifact artifact) {
      if (!artifact.getGroupId().equals(GROUP)) {
        return null;
      }
      boolean pom = artifact.getExtension().equals("pom");
      for (PublishedArtifact each : PublishedArtifact.values()) {
        if (each.id().equals(artifact.getArtifactId())) {
          return (pom ? pom(each) : each.jar()).toFile();
        }
      }
      return pom ? Baseline.ROOT.resolve("pom.xml").toFile() : null;
    }

    private static Path pom(PublishedArtifact artifact) {
      Path published = artifact.module().resolve("target/published-pom.xml");
      return Files.exists(published) ? published : artifact.module().resolve("pom.xml");
    }

    @Override
    public List<String> findVersions(Artifact artifact) {
      return List.of();
    }
  }
}
