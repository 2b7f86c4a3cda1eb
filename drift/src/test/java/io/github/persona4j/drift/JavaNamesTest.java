package io.github.persona4j.drift;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The Java types and methods for places of the API. */
class JavaNamesTest {
  private final JavaNames names = JavaNames.load();

  private SortedSet<String> touched(String place, String part) {
    Difference difference =
        new Difference(
            "rule",
            place,
            part,
            "",
            "",
            Verdict.NONE,
            Verdict.NONE,
            new TreeSet<>(),
            new TreeSet<>());
    return names.complete(difference).touches();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          POST /inquiries/{inquiry-id}/approve || client.inquiries().approve(...)
          GET /inquiries | query filter[reference-id] | InquiriesApi.ListQuery.Builder.filterReferenceId(...)
          GET /inquiries/{id} | query include | ResourceQuery.Builder.include(...)
          GET /inquiries | header Key-Inflection | RequestOptions
          POST /inquiries | request application/json data.attributes.note | CreateInquiryAttributes.note()
          POST /inquiries | request application/json data.attributes.new | CreateInquiryAttributes (none yet)
          POST /reports | request application/json data{report/watchlist}.attributes.query | CreateWatchlistReportAttributes.query()
          GET /inquiries | response 200 application/json links.next | PageLinks.next()
          GET /inquiries | response 206 application/json links.next | PageLinks.next()
          GET /inquiries | error 404 application/json errors[].title | PersonaApiException
          inquiry || Inquiry
          inquiry.status | attributes.status | InquiryStatus
          inquiry.tags | attributes.tags[] | InquiryAttributes.tags()
          inquiry.fields.name-first.value | attributes.fields.name-first.value | TextField.value()
          inquiry.account | relationships.account | InquiryRelationships.account()
          inquiry.new.sub | attributes.new.sub | InquiryAttributes (none yet)
          verification/government-id.status | attributes.status | GovernmentIdVerificationAttributes.status()
          webhook inquiry.approved || EventName.INQUIRY_APPROVED
          POST /holograms || none yet
          hologram.status | attributes.status | none yet
          webhook hologram.shown || none yet
          """)
  void place_hasItsTypesAndMethods(String place, String part, String java) {
    assertThat(touched(place, part == null ? "" : part)).contains(java);
  }

  @Test
  void operation_isNamedNextToItsPart() {
    assertThat(touched("GET /inquiries", "query page[at]"))
        .isEqualTo(Set.of("client.inquiries().list(...)", "InquiriesApi.ListQuery (none yet)"));
  }
}
