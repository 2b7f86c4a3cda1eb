package io.github.persona4j.jsonapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.persona4j.model.Account;
import io.github.persona4j.model.AccountIdentifier;
import io.github.persona4j.model.Inquiry;
import io.github.persona4j.model.InquiryResponse;
import io.github.persona4j.model.InquiryTemplate;
import io.github.persona4j.model.Resource;
import org.junit.jupiter.api.Test;

class IncludedTest {
  private static final InquiryResponse RESPONSE =
      InquiryResponse.fromJson(
          """
          {"data": {"type": "inquiry", "id": "inq_1", "attributes": {},
                    "relationships": {"account": {"data": {"type": "account", "id": "act_2"}}}},
           "included": [
             {"type": "account", "id": "act_1", "attributes": {}},
             {"type": "account", "id": "act_2", "attributes": {"reference-id": "me"}},
             {"type": "hologram", "id": "act_2", "attributes": {"depth": 3}}
           ]}
          """);

  private final Included included = Included.of(RESPONSE.included());

  @Test
  void find_relationship_returnsResource() {
    AccountIdentifier identifier = AccountIdentifier.builder().id("act_2").build();

    assertThat(included.find(identifier, Account.class))
        .hasValueSatisfying(a -> assertThat(a.attributes().referenceId()).isEqualTo("me"));
  }

  @Test
  void find_otherClassOrNull_returnsEmpty() {
    AccountIdentifier identifier = AccountIdentifier.builder().id("act_2").build();

    assertThat(included.find(identifier, Inquiry.class)).isEmpty();
    assertThat(included.find(AccountIdentifier.builder().id("act_9").build(), Account.class))
        .isEmpty();
    assertThat(included.find(null, Account.class)).isEmpty();
  }

  @Test
  void find_unknownType_returnsUnknownResource() {
    assertThat(included.find("hologram", "act_2")).containsInstanceOf(Resource.Unknown.class);
    assertThat(included.find("account", "act_2")).containsInstanceOf(Account.class);
    assertThat(included.find("account", "act_3")).isEmpty();
  }

  @Test
  void all_ofClass_returnsResourcesInOrder() {
    assertThat(included.all(Account.class))
        .extracting(Account::id)
        .containsExactly("act_1", "act_2");
    assertThat(included.all(InquiryTemplate.class)).isEmpty();
    assertThat(included.all(Resource.class)).hasSize(3);
  }

  @Test
  void responseWithoutIncluded_isEmpty() {
    assertThat(Included.of(null).all(Resource.class)).isEmpty();
    assertThat(included).hasToString("Included{3 resources}");
  }
}
