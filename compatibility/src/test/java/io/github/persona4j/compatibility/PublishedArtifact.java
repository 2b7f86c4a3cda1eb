package io.github.persona4j.compatibility;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** An artifact that users depend on, as built and as it was in the last release. */
enum PublishedArtifact {
  API("persona4j-api", "generated-client"),
  CLIENT("persona4j", "extensions"),
  TESTING("persona4j-testing", "testing"),
  JACKSON("persona4j-jackson", "modules/jackson"),
  JACKSON_3("persona4j-jackson3", "modules/jackson3"),
  KOTLIN("persona4j-kotlin", "modules/kotlin"),
  MICROMETER("persona4j-micrometer", "modules/micrometer"),
  OPENTELEMETRY("persona4j-opentelemetry", "modules/opentelemetry"),
  SPRING_BOOT_3("persona4j-spring-boot-3-starter", "modules/spring-boot-3"),
  SPRING_BOOT_4("persona4j-spring-boot-4-starter", "modules/spring-boot-4");

  private final String id;
  private final String module;

  PublishedArtifact(String id, String module) {
    this.id = id;
    this.module = module;
  }

  String id() {
    return id;
  }

  Path module() {
    return Baseline.ROOT.resolve(module);
  }

  /**
   * The jar of this build, which is on the class path; a folder of classes if the module has not
   * been packaged.
   */
  Path jar() {
    List<Path> found = ApiChanges.classPath().stream().filter(this::isOfThis).toList();
    if (found.size() != 1) {
      throw new IllegalStateException(id + " is on the class path as " + found);
    }
    return found.get(0);
  }

  private boolean isOfThis(Path entry) {
    return entry.startsWith(module().resolve("target"))
        || entry.toString().replace('\\', '/').contains("/io/github/persona4j/" + id + "/");
  }

  /**
   * Whether the last release has this artifact. An artifact that is added since has nothing to be
   * compared with, but its dependencies and licenses are checked.
   */
  boolean isReleased() throws IOException {
    return Baseline.artifacts().contains(id);
  }

  /** The file with the signatures of the last release. */
  Path baseline() {
    return Baseline.FOLDER.resolve(id + ".jar.gz");
  }

  /** The jar with the signatures of the last release. */
  Path baselineJar() throws IOException {
    Path jar = Path.of("target", "baseline", id + ".jar");
    SignatureJar.read(baseline(), jar);
    return jar;
  }
}
