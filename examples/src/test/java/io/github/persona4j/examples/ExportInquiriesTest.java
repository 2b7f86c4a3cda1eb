package io.github.persona4j.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.persona4j.PersonaClient;
import io.github.persona4j.api.InquirySearch;
import io.github.persona4j.error.ServerException;
import io.github.persona4j.model.Inquiry;
import io.github.persona4j.model.InquiryStatus;
import io.github.persona4j.paging.Page;
import io.github.persona4j.search.Search;
import io.github.persona4j.testing.FakePersona;
import io.github.persona4j.testing.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportInquiriesTest {
  private final FakePersona fake =
      FakePersona.builder().inquiries(250).events(0).searchLag(Duration.ZERO).start();
  private final PersonaClient persona =
      PersonaClient.builder().apiKey(fake.apiKey()).baseUrl(fake.baseUrl()).build();
  private Path csv;
  private Path bookmark;

  @BeforeEach
  void files(@TempDir Path folder) {
    csv = folder.resolve("inquiries.csv");
    bookmark = folder.resolve("bookmark");
  }

  @AfterEach
  void stop() {
    persona.close();
    fake.close();
  }

  private List<String> exportedIds() throws IOException {
    return Files.readAllLines(csv).stream()
        .map(line -> line.substring(1, line.indexOf('"', 1)))
        .toList();
  }

  @Test
  void export_hasEachInquiryOnce_andMakesOneRequestAPage() throws IOException {
    ExportInquiries.export(persona, csv, bookmark);

    assertThat(exportedIds()).isEqualTo(fake.ids("inquiry"));
    assertThat(fake.requestCount()).isEqualTo(3);
    assertThat(bookmark).doesNotExist();
  }

  @Test
  void exportAfterAFailure_continuesAtThePageThatFailed() throws IOException {
    fake.faults().on("GET /inquiries").after(2).times(1).fail(Fault.status(500));
    assertThatExceptionOfType(ServerException.class)
        .isThrownBy(() -> ExportInquiries.export(persona, csv, bookmark));
    assertThat(exportedIds()).hasSize(200);
    // The process stopped while it wrote the third page.
    Files.writeString(csv, "\"inq_half", StandardOpenOption.APPEND);
    long before = fake.requestCount();

    ExportInquiries.export(persona, csv, bookmark);

    assertThat(exportedIds()).isEqualTo(fake.ids("inquiry"));
    assertThat(fake.requestCount() - before).isEqualTo(1);
  }

  @Test
  void exportWithABookmarkButWithoutItsFile_isRefused() throws IOException {
    fake.faults().on("GET /inquiries").after(1).times(1).fail(Fault.status(500));
    assertThatExceptionOfType(ServerException.class)
        .isThrownBy(() -> ExportInquiries.export(persona, csv, bookmark));
    Files.delete(csv);

    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> ExportInquiries.export(persona, csv, bookmark))
        .withMessageContaining("shorter than its bookmark");
    assertThat(bookmark).exists();
  }

  @Test
  void exportAgain_beginsAgain() throws IOException {
    ExportInquiries.export(persona, csv, bookmark);
    persona.inquiries().create(a -> a.inquiryTemplateId("itmpl_1"));
    ExportInquiries.export(persona, csv, bookmark);

    assertThat(exportedIds()).hasSize(251).doesNotHaveDuplicates();
  }

  @Test
  void searchAll_findsWhatTheListHas() {
    long approved =
        persona.inquiries().listAll().stream()
            .filter(inquiry -> "approved".equals(String.valueOf(inquiry.attributes().status())))
            .count();

    assertThat(ExportInquiries.countApproved(persona, null)).isEqualTo(approved).isPositive();
  }

  @Test
  void searchAfterACursor_findsTheRest() {
    Search<Inquiry> approved =
        Search.where(InquirySearch.STATUS.eq(InquiryStatus.APPROVED))
            .orderBy(InquirySearch.CREATED_AT.ascending());
    Page<Inquiry> first = persona.inquiries().search(approved.pageSize(2));

    assertThat(ExportInquiries.countApproved(persona, first.nextCursor()))
        .isEqualTo(ExportInquiries.countApproved(persona, null) - 2);
  }

  @Test
  void value_isQuoted_andIsNoFormula() {
    assertThat(ExportInquiries.quoted(null)).isEqualTo("\"\"");
    assertThat(ExportInquiries.quoted("a\"b,\nc")).isEqualTo("\"a\"\"b,\nc\"");
    assertThat(ExportInquiries.quoted("=1+1")).isEqualTo("\"'=1+1\"");
    assertThat(ExportInquiries.quoted("\n=1")).isEqualTo("\"'\n=1\"");
    assertThat(ExportInquiries.quoted("Zoë 東京 😀")).isEqualTo("\"Zoë 東京 😀\"");
  }
}
