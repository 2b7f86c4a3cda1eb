package io.github.persona4j.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Compares the code generated from the mini description with reviewed copies.
 *
 * <p>After an intended change, run this test with {@code -Dgolden.update=true} and review the diff.
 */
class GoldenTest {
  private static final Path GOLDEN = Path.of("src/test/golden");
  private static final String ROOT = "io/github/persona4j/mini/";

  @Test
  void miniDescription_generated_equalsTheGoldenFiles() throws IOException {
    SortedMap<String, String> generated = new TreeMap<>();
    for (Path folder : List.of(Folders.MINI, Folders.MINI_OPERATIONS)) {
      Folders.contents(folder)
          .forEach((file, text) -> generated.put(file.substring(ROOT.length()) + ".txt", text));
    }
    if (Boolean.getBoolean("golden.update")) {
      update(generated);
    }

    SortedMap<String, String> golden = Folders.contents(GOLDEN);
    assertThat(generated.keySet()).isEqualTo(golden.keySet());
    golden.forEach((file, text) -> compare(file, text, String.valueOf(generated.get(file))));
  }

  private static void compare(String file, String golden, String generated) {
    List<String> wanted = golden.lines().toList();
    List<String> found = generated.lines().toList();
    for (int i = 0; i < Math.max(wanted.size(), found.size()); i++) {
      String left = i < wanted.size() ? wanted.get(i) : "(end)";
      String right = i < found.size() ? found.get(i) : "(end)";
      if (!left.equals(right)) {
        fail("%s, line %d%n  golden:    %s%n  generated: %s", file, i + 1, left, right);
      }
    }
    assertThat(generated).as(file).isEqualTo(golden);
  }

  private static void update(SortedMap<String, String> generated) throws IOException {
    if (Files.isDirectory(GOLDEN)) {
      for (String old : Folders.contents(GOLDEN).keySet()) {
        Files.delete(GOLDEN.resolve(old));
      }
    }
    for (String file : generated.keySet()) {
      Path target = GOLDEN.resolve(file);
      Files.createDirectories(java.util.Objects.requireNonNull(target.getParent()));
      Files.writeString(target, String.valueOf(generated.get(file)));
    }
  }
}
