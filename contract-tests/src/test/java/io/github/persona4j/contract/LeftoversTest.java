package io.github.persona4j.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.persona4j.json.Leftovers;
import io.github.persona4j.json.Leftovers.Leftover;
import io.github.persona4j.model.AccountResponse;
import io.github.persona4j.model.InquiryResponse;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The search for what the models do not know finds it, wherever it is. */
class LeftoversTest {
  @Test
  void unknownPropertyTypeAndKindOfValue_areFoundAtAnyDepth() {
    String json =
        """
        {"data": {"type": "inquiry", "id": "inq_1", "attributes": {"colour": "red", "note": 5,
                                                                    "status": "fresh", "created-at": "soon"},
                  "relationships": {"account": {"data": null, "lid": "x"}}},
         "included": [{"type": "inquiry", "id": "inq_2", "attributes": {}},
                      {"type": "widget", "id": "w_1"}],
         "extra": true}
        """;

    assertThat(Leftovers.in(InquiryResponse.fromJson(json), Set.of()))
        .extracting(Leftover::text)
        .containsExactlyInAnyOrder(
            "$.data.attributes.colour: unknown property of InquiryAttributes, a text",
            "$.data.attributes.note: a number in place of text",
            "$.data.attributes.created-at: a text in place of date-time",
            "$.data.attributes.status: unknown value \"fresh\" of InquiryStatus",
            "$.data.relationships.account.lid: unknown property of AccountRelationship, a text",
            "$.included[1]: unknown type of resource \"widget\"",
            "$.extra: unknown property of InquiryResponse, a boolean");
  }

  @Test
  void propertyOfAModelThatIsOpen_isNoLeftover() {
    InquiryResponse answer =
        InquiryResponse.fromJson(
            """
            {"data": {"type": "inquiry", "id": "inq_1",
                      "attributes": {"fields": {"shoe-size": {"type": "integer", "value": 42}}}}}
            """);

    assertThat(Leftovers.in(answer, Set.of())).hasSize(1);
    assertThat(Leftovers.in(answer, Set.of("InquiryFields"))).isEmpty();
    assertThat(Contract.openSchemas()).contains("InquiryFields");
  }

  @Test
  void propertyInTheOtherSpelling_isNoLeftover() {
    AccountResponse answer =
        AccountResponse.fromJson(
            """
            {"data": {"type": "account", "id": "act_1", "attributes": {"fields": {"selfie_photo": {
               "type": "file", "value": {"byte_size": 1, "mime_type": "image/png", "mime_kind": "x"}}}}}}
            """);

    assertThat(Leftovers.in(answer, Set.of()))
        .extracting(Leftover::subject)
        .containsExactly("mime_kind");
  }

  @Test
  void valuesThatDiffer_areNamedByTheirPlace() {
    List<String> differences =
        Json.differences(
            Json.parse("{\"a\": [1, 2.50], \"b\": null, \"c\": \"x\"}"),
            Json.parse("{\"c\": \"y\", \"a\": [1.0, 2.5, 3]}"));

    assertThat(differences)
        .containsExactly(
            "$.a[2]: nothing became 3", "$.b: null became nothing", "$.c: \"x\" became \"y\"");
  }
}
