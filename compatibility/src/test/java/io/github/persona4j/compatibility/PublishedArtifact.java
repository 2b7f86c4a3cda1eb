package io.github.persona4j.compatibility;

import io.github.persona4j.PersonaClient;
import io.github.persona4j.model.Inquiry;
import io.github.persona4j.testing.FakePersona;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;

/** An artifact that users depend on, as built and as it was in the last release. */
enum PublishedArtifact {
  API("persona4j-api", "generated-client", Inquiry.class),
  CLIENT("persona4j", "extensions", PersonaClient.class),
  TESTING("persona4j-testing", "testing", FakePersona.class),
  JACKSON("persona4j-jackson", "modules/jackson", io.github.persona4j.jackson.PersonaModule.class),
  JACKSON_3(
      "persona4j-jackson3", "modules/jackson3", io.github.persona4j.jackson3.PersonaModule.class);

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
    try {
      return Path.of(content.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
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
