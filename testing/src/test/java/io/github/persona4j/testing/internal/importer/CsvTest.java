package io.github.persona4j.testing.internal.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTest {
  @Test
  void plainValues_areSplitAtCommasAndLineBreaks() {
    assertThat(Csv.read("a,b\r\n1, 2 \n3,\n"))
        .containsExactly(List.of("a", "b"), List.of("1", "2"), List.of("3", ""));
  }

  @Test
  void quotedValues_keepCommasLineBreaksAndQuotes() {
    assertThat(Csv.read("\"a,\"\"b\"\"\r\n\",\" c \"\n\"\""))
        .containsExactly(List.of("a,\"b\"\r\n", " c "));
  }

  @Test
  void emptyLinesAndByteOrderMark_areIgnored() {
    assertThat(Csv.read("\ufeffa\n\n\r\nb\n")).containsExactly(List.of("a"), List.of("b"));
    assertThat(Csv.read("")).isEmpty();
    assertThat(Csv.read("\ufeff")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"a", "a\n\"b\"c", "\"", "\"a\" ,b"})
  void unclosedOrContinuedQuotes_areErrors(String csv) {
    assertThatIllegalArgumentException().isThrownBy(() -> Csv.read(csv));
  }

  @Test
  void anyTable_isReadAsItWasWritten() {
    Random random = new Random(1);
    String characters = "ab,\"\n\r é;";
    for (int run = 0; run < 500; run++) {
      List<List<String>> table = new ArrayList<>();
      StringBuilder csv = new StringBuilder();
      for (int i = random.nextInt(4); i >= 0; i--) {
        List<String> row = new ArrayList<>();
        for (int j = random.nextInt(3); j >= 0; j--) {
          StringBuilder value = new StringBuilder("x");
          for (int k = random.nextInt(6); k > 0; k--) {
            value.append(characters.charAt(random.nextInt(characters.length())));
          }
          row.add(value.toString());
          csv.append(row.size() > 1 ? "," : "")
              .append('"')
              .append(value.toString().replace("\"", "\"\""))
              .append('"');
        }
        csv.append(random.nextBoolean() ? "\r\n" : "\n");
        table.add(row);
      }
      assertThat(Csv.read(csv.toString())).isEqualTo(table);
    }
  }

  @Test
  void anyText_isReadOrRejected() {
    Random random = new Random(2);
    String characters = "a,\"\n\r";
    for (int run = 0; run < 5_000; run++) {
      StringBuilder csv = new StringBuilder();
      for (int k = random.nextInt(12); k > 0; k--) {
        csv.append(characters.charAt(random.nextInt(characters.length())));
      }
      try {
        assertThat(Csv.read(csv.toString())).doesNotContain(List.of(""));
      } catch (IllegalArgumentException e) {
        assertThat(e).hasMessageContaining("quote");
      }
    }
  }
}
