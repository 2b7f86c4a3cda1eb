package io.github.persona4j.generation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Pins the upstream templates that ours replace by checksum: if a new version of the generator
 * changes one, ours must be reviewed.
 *
 * <p>After the review, run this test with {@code -Dgolden.update=true}.
 */
class UpstreamTemplatesTest {
  private static final Path OURS = Path.of("src/main/templates");
  private static final Path THEIRS = Path.of("target/upstream-templates/Java");
  private static final Path PINNED = Path.of("src/test/upstream-templates.sha256");

  @Test
  void replacedTemplates_ofThisGenerator_areThePinnedOnes() throws Exception {
    SortedMap<String, String> found = new TreeMap<>();
    for (String folder : new String[] {"", "libraries/retrofit2/"}) {
      try (Stream<Path> templates = Files.list(OURS)) {
        for (Path ours : templates.toList()) {
          String name = folder + ours.getFileName();
          Path theirs = THEIRS.resolve(name);
          if (Files.exists(theirs)) {
            found.put(name, sha256(theirs));
          }
        }
      }
    }
    if (Boolean.getBoolean("golden.update")) {
      StringBuilder lines = new StringBuilder();
      found.forEach((name, sum) -> lines.append(sum).append("  ").append(name).append('\n'));
      Files.writeString(PINNED, lines);
    }

    SortedMap<String, String> pinned = new TreeMap<>();
    for (String line : Files.readAllLines(PINNED)) {
      String[] parts = line.split("  ", 2);
      pinned.put(parts[1], parts[0]);
    }
    assertThat(found).isNotEmpty();
    assertThat(found.keySet())
        .as("templates of the generator that ours replace")
        .isEqualTo(pinned.keySet());
    found.forEach(
        (name, sum) ->
            assertThat(sum)
                .as("the generator's %s has changed: look whether ours has to follow", name)
                .isEqualTo(pinned.get(name)));
  }

  /** Normalizes line endings, which a checkout may change. */
  private static String sha256(Path file) throws IOException, NoSuchAlgorithmException {
    byte[] text = Files.readString(file).replace("\r\n", "\n").getBytes(UTF_8);
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
  }
}
