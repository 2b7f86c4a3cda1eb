package io.github.persona4j.testing.internal.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class PdfTest {
  private static String text(byte[] pdf) {
    return new String(pdf, StandardCharsets.ISO_8859_1);
  }

  /** Checks that the table of objects at the end has the offset of each object. */
  private static void assertOffsets(String pdf) {
    Matcher end = Pattern.compile("startxref\\n(\\d+)\\n%%EOF\\n$").matcher(pdf);
    assertThat(end.find()).isTrue();
    String table = pdf.substring(Integer.parseInt(end.group(1)));
    assertThat(table).startsWith("xref\n0 ");
    Matcher entries = Pattern.compile("(\\d{10}) 00000 n \n").matcher(table);
    int number = 0;
    while (entries.find()) {
      number++;
      assertThat(pdf.substring(Integer.parseInt(entries.group(1)))).startsWith(number + " 0 obj\n");
    }
    assertThat(table).startsWith("xref\n0 " + (number + 1) + "\n");
    Matcher streams =
        Pattern.compile("/Length (\\d+) >>\nstream\n(.*?)\nendstream", Pattern.DOTALL).matcher(pdf);
    while (streams.find()) {
      assertThat(streams.group(2)).hasSize(Integer.parseInt(streams.group(1)));
    }
  }

  @Test
  void fewLines_areOnOnePage() {
    String pdf = text(Pdf.of("inquiry inq_1", List.of("status: approved", "b (1) \\ é €")));

    assertThat(pdf)
        .startsWith("%PDF-1.4\n")
        .contains("/Count 1 ")
        .contains("(inquiry inq_1) Tj")
        .contains("(status: approved) Tj")
        .contains("(b \\(1\\) \\\\ é ?) Tj");
    assertOffsets(pdf);
  }

  @Test
  void manyAndLongLines_areWrappedOverSeveralPages() {
    String pdf = text(Pdf.of("t", Collections.nCopies(60, "x".repeat(150))));

    assertThat(pdf).contains("/Count 3 ").contains("(    " + "x".repeat(55) + ") Tj");
    assertOffsets(pdf);
  }

  @Test
  void noLines_areOneEmptyPage() {
    String pdf = text(Pdf.of("t", List.of()));

    assertThat(pdf).contains("/Count 1 ");
    assertOffsets(pdf);
  }
}
