package io.github.persona4j.contract;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The settings of the test run in system properties.
 *
 * @param mode {@code contract.mode}: how Prism is run
 * @param baseUrl {@code contract.baseUrl}: a running Prism server, for the external mode
 * @param image {@code contract.image}: the image of Prism, for the Docker mode
 * @param ours the description from which the client was generated
 * @param mocked {@code contract.spec}: the description to mock; ours unless it is set
 */
record Settings(Mode mode, @Nullable String baseUrl, String image, Path ours, Path mocked) {
  private static final String DEFAULT_IMAGE = "stoplight/prism:5";

  enum Mode {
    AUTO,
    DOCKER,
    NODE,
    EXTERNAL
  }

  static Settings read() {
    Path root = root();
    Path ours = root.resolve("openapi/openapi.yaml");
    String baseUrl = property("contract.baseUrl");
    return new Settings(
        mode(property("contract.mode"), baseUrl),
        baseUrl,
        or(property("contract.image"), DEFAULT_IMAGE),
        ours,
        mocked(property("contract.spec"), root, ours));
  }

  /** Returns the folder of this module. */
  static Path module() {
    return root().resolve("contract-tests");
  }

  private static Mode mode(@Nullable String text, @Nullable String baseUrl) {
    Mode mode;
    try {
      mode =
          text == null
              ? baseUrl == null ? Mode.AUTO : Mode.EXTERNAL
              : Mode.valueOf(text.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "contract.mode must be docker, node, external or auto, not " + text, e);
    }
    if ((mode == Mode.EXTERNAL) != (baseUrl != null)) {
      throw new IllegalArgumentException(
          "contract.baseUrl is for contract.mode=external, which needs it");
    }
    return mode;
  }

  // Maven runs the tests in the module folder, but a path may be relative to the root.
  private static Path mocked(@Nullable String text, Path root, Path ours) {
    if (text == null) {
      return ours;
    }
    for (Path start : new Path[] {root, Path.of("")}) {
      Path file = start.resolve(text).toAbsolutePath().normalize();
      if (Files.isRegularFile(file)) {
        return file;
      }
    }
    throw new IllegalArgumentException("contract.spec: there is no file " + text);
  }

  private static Path root() {
    Path here = Path.of("").toAbsolutePath();
    for (Path folder = here; folder != null; folder = folder.getParent()) {
      if (Files.isRegularFile(folder.resolve("openapi/openapi.yaml"))) {
        return folder;
      }
    }
    throw new IllegalStateException("No folder above " + here + " contains openapi/openapi.yaml");
  }

  private static @Nullable String property(String name) {
    String text = System.getProperty(name);
    return text == null || text.isBlank() ? null : text.trim();
  }

  private static String or(@Nullable String text, String otherwise) {
    return text == null ? otherwise : text;
  }
}
