package io.github.persona4j.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.persona4j.json.UnknownParts;
import io.github.persona4j.json.UnknownParts.UnknownPart;
import io.github.persona4j.model.AccountResponse;
import io.github.persona4j.model.InquiryResponse;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Parts of a response that are unknown to the models are found at all depths. */
class UnknownPartsTest {
  @Test
  void unknownPropertiesTypesAndValues_areFoundAtAnyDepth() {
    String json =
        """
        {"data": {"type": "inquiry", "id": "inq_1", "attributes": {"colour": "red", "note": 5,
                                                                    "status": "fresh", "created-at": "soon"},
                  "relationships": {"account": {"data": null, "lid": "x"}}},
         "included": [{"type": "inquiry", "id": "inq_2", "attributes": {}},
                      {"type": "widget", "id": "w_1"}],
         "extra": true}
        """;

    assertThat(UnknownParts.in(InquiryResponse.fromJson(json), Set.of()))
        .extracting(UnknownPart::text)
        .containsExactlyInAnyOrder(
            "$.data.attributes.colour: unknown property of InquiryAttributes, a string",
            "$.data.attributes.note: a number instead of string",
            "$.data.attributes.created-at: a string instead of date-time",
            "$.data.attributes.status: unknown value \"fresh\" of InquiryStatus",
            "$.data.relationships.account.lid: unknown property of AccountRelationship, a string",
            "$.included[1]: unknown type of resource \"widget\"",
            "$.extra: unknown property of InquiryResponse, a boolean");
  }

  @Test
  void propertyOfAnOpenModel_isNotReported() {
    InquiryResponse response =
        InquiryResponse.fromJson(
            """
            {"data": {"type": "inquiry", "id": "inq_1",
                      "attributes": {"fields": {"shoe-size": {"type": "integer", "value": 42}}}}}
            """);

    assertThat(UnknownParts.in(response, Set.of())).hasSize(1);
    assertThat(UnknownParts.in(response, Set.of("InquiryFields"))).isEmpty();
    assertThat(Contract.openSchemas()).contains("InquiryFields");
  }

  @Test
  void propertyInTheOtherSpelling_isNotReported() {
    AccountResponse response =
        AccountResponse.fromJson(
            """
            {"data": {"type": "account", "id": "act_1", "attributes": {"fields": {"selfie_photo": {
               "type": "file", "value": {"byte_size": 1, "mime_type": "image/png", "mime_kind": "x"}}}}}}
            """);

    assertThat(UnknownParts.in(response, Set.of()))
        .extracting(UnknownPart::subject)
        .containsExactly("mime_kind");
  }

  @Test
  void differentValues_areReportedWithTheirPaths() {
    List<String> differences =
        Json.differences(
            Json.parse("{\"a\": [1, 2.50], \"b\": null, \"c\": \"x\"}"),
            Json.parse("{\"c\": \"y\", \"a\": [1.0, 2.5, 3]}"));

    assertThat(differences)
        .containsExactly(
            "$.a[2]: nothing became 3", "$.b: null became nothing", "$.c: \"x\" became \"y\"");
  }
}
