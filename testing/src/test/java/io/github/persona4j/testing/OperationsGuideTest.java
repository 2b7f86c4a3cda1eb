package io.github.persona4j.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.persona4j.testing.internal.description.ApiDescription;
import io.github.persona4j.testing.internal.description.Operation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The guide says of every operation how the fake supports it. */
class OperationsGuideTest {
  private static final Path GUIDE = Path.of("../docs/guides/testing-operations.md");
  private static final String HEADER = "| Operation | Request | The fake |";

  /**
   * The table is compared with the operations. To write it anew, run this test with {@code
   * -Dguide.write=true}.
   */
  @Test
  void table_hasEveryOperation() throws IOException {
    List<String> lines = Files.readAllLines(GUIDE);
    int start = lines.indexOf(HEADER);
    List<String> table = table();
    if (Boolean.getBoolean("guide.write")) {
      List<String> written = new ArrayList<>(lines.subList(0, start));
      written.addAll(table);
      Files.write(GUIDE, written);
    }

    assertThat(Files.readAllLines(GUIDE).subList(start, start + table.size())).isEqualTo(table);
  }

  private static List<String> table() {
    List<String> table = new ArrayList<>(List.of(HEADER, "|---|---|---|"));
    try (FakePersona persona = FakePersona.start()) {
      for (Operation operation : ApiDescription.get().operations()) {
        String support = persona.operations().support(operation);
        table.add(
            String.format(
                "| %s | `%s` | %s |",
                operation.id(),
                operation,
                Objects.requireNonNullElse(support, "not supported: 501")));
      }
    }
    return table;
  }
}
