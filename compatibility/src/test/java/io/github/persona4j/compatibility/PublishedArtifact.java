package io.github.persona4j.compatibility;

import io.github.persona4j.PersonaClient;
import io.github.persona4j.micrometer.PersonaMetrics;
import io.github.persona4j.model.Inquiry;
import io.github.persona4j.opentelemetry.PersonaTracing;
import io.github.persona4j.spring.PersonaClientCustomizer;
import io.github.persona4j.testing.FakePersona;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Path;

/** An artifact that users depend on, as built and as it was in the last release. */
enum PublishedArtifact {
  API("persona4j-api", "generated-client", Inquiry.class),
  CLIENT("persona4j", "extensions", PersonaClient.class),
  TESTING("persona4j-testing", "testing", FakePersona.class),
  JACKSON("persona4j-jackson", "modules/jackson", io.github.persona4j.jackson.PersonaModule.class),
  JACKSON_3(
      "persona4j-jackson3", "modules/jackson3", io.github.persona4j.jackson3.PersonaModule.class),
  MICROMETER("persona4j-micrometer", "modules/micrometer", PersonaMetrics.class),
  OPENTELEMETRY("persona4j-opentelemetry", "modules/opentelemetry", PersonaTracing.class),
  SPRING_BOOT_3(
      "persona4j-spring-boot-3-starter", "modules/spring-boot-3", PersonaClientCustomizer.class),
  SPRING_BOOT_4(
      "persona4j-spring-boot-4-starter", "modules/spring-boot-4", PersonaClientCustomizer.class);

  private final String id;
  private final String module;
  private final Class<?> content;

  PublishedArtifact(String id, String module, Class<?> content) {
    this.id = id;
    this.module = module;
    this.content = content;
  }

  String id() {
    return id;
  }

  Path module() {
    return Baseline.ROOT.resolve(module);
  }

  /** The jar of this build; a folder of classes if the module has not been packaged. */
  Path jar() {
    Path target = module().resolve("target");
    return content
        .getClassLoader()
        .resources(content.getName().replace('.', '/') + ".class")
        .map(PublishedArtifact::location)
        // Two starters have the same classes.
        .filter(each -> each.startsWith(target) || each.getFileName().toString().startsWith(id))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(id + " is not on the class path"));
  }

  /** The jar or the folder that a class is in. */
  private static Path location(URL type) {
    String place = type.toString().replaceAll("^jar:|!/.*$|(?<=/classes/).*$", "");
    return Path.of(URI.create(place));
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
