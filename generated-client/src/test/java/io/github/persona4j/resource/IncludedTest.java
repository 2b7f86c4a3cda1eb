package io.github.persona4j.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.github.persona4j.model.Account;
import io.github.persona4j.model.GovernmentIdVerification;
import io.github.persona4j.model.Inquiry;
import io.github.persona4j.model.InquiryPage;
import io.github.persona4j.model.InquiryResponse;
import io.github.persona4j.model.InquiryTemplate;
import io.github.persona4j.model.Resource;
import io.github.persona4j.model.SelfieVerification;
import io.github.persona4j.model.UserAuditLogPage;
import io.github.persona4j.model.Verification;
import io.github.persona4j.model.Workflow;
import io.github.persona4j.model.WorkflowDeployment;
import io.github.persona4j.model.WorkflowRunResponse;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class IncludedTest {
  private static final InquiryResponse RESPONSE =
      InquiryResponse.fromJson(
          """
          {"data": {"type": "inquiry", "id": "inq_1", "attributes": {},
                    "relationships": {
                      "account": {"data": {"type": "account", "id": "act_2"}},
                      "transaction": {"data": {"type": "account", "id": "act_1"}},
                      "template": {"data": {"type": "hologram", "id": "act_2"}},
                      "inquiry-template": {"data": {"type": "inquiry-template", "id": "itmpl_1"}},
                      "reviewer": {"data": {"type": "hologram", "id": "act_2"}},
                      "reports": {"data": []},
                      "verifications": {"data": [
                        {"type": "verification/selfie", "id": "ver_2"},
                        {"type": "verification/government-id", "id": "ver_9"},
                        {"type": "verification/hologram", "id": "ver_3"},
                        {"type": "account", "id": "act_1"},
                        {"type": "verification/government-id", "id": "ver_1"}]}}},
           "included": [
             {"type": "account", "id": "act_1", "attributes": {}},
             {"type": "account", "id": "act_2", "attributes": {"reference-id": "me"}},
             {"type": "account", "id": "act_2", "attributes": {"reference-id": "again"}},
             null,
             {"type": "verification/government-id", "id": "ver_1", "attributes": {}},
             {"type": "verification/selfie", "id": "ver_2", "attributes": {}},
             {"type": "verification/hologram", "id": "ver_3", "attributes": {"depth": 3}},
             {"type": "hologram", "id": "act_2", "attributes": {"depth": 3}}
           ]}
          """);
  private static final Inquiry INQUIRY = RESPONSE.data();

  private final Included<Resource> included = Included.of(RESPONSE.included());

  // ---- of a response ----

  @Test
  void toOne_included_isReturned() {
    assertThat(RESPONSE.related(INQUIRY.account()))
        .hasValueSatisfying(a -> assertThat(a.attributes().referenceId()).isEqualTo("me"));
  }

  @Test
  void toOne_notIncluded_isEmpty() {
    assertThat(RESPONSE.related(INQUIRY.inquiryTemplate())).isEmpty();
    assertThat(included.find(INQUIRY.inquiryTemplate())).isEmpty();
  }

  @Test
  void toOne_emptyRelationship_isEmpty() {
    Inquiry none = Inquiry.fromJson("{\"relationships\":{\"account\":{\"data\":null}}}");

    assertThat(RESPONSE.related(none.account())).isEmpty();
    assertThat(included.find(none.account())).isEmpty();
  }

  @Test
  void toOne_otherClass_isEmptyAndFound() {
    assertThat(RESPONSE.related(INQUIRY.transaction())).isEmpty();
    assertThat(included.find(INQUIRY.transaction())).containsInstanceOf(Account.class);
  }

  @Test
  void toOne_unknownTypeWhereOneClassIsExpected_isEmptyAndFound() {
    assertThat(RESPONSE.related(INQUIRY.template())).isEmpty();
    assertThat(included.find(INQUIRY.template())).containsInstanceOf(Resource.Unknown.class);
  }

  @Test
  void toOne_unknownTypeWhereAnyIsExpected_isUnknown() {
    Optional<Resource> reviewer = RESPONSE.related(INQUIRY.reviewer());

    assertThat(reviewer).containsInstanceOf(Resource.Unknown.class);
    assertThat(reviewer.orElseThrow().toJson()).contains("\"depth\":3");
  }

  @Test
  void toMany_keepsTheOrderOfTheRelationshipAndLeavesOutWhatIsNotIncluded() {
    List<Verification> verifications = RESPONSE.related(INQUIRY.verifications());

    assertThat(verifications)
        .extracting(Verification::id)
        .containsExactly("ver_2", "ver_3", "ver_1");
    assertThat(verifications).isUnmodifiable();
    assertThat(RESPONSE.missing(INQUIRY.verifications()))
        .extracting(ToOne::id)
        .containsExactly("ver_9", "act_1");
    assertThat(RESPONSE.related(INQUIRY.reports())).isEmpty();
    assertThat(RESPONSE.missing(INQUIRY.reports())).isEmpty();
  }

  @Test
  void toMany_unknownMemberOfTheUnion_isItsUnknownWithTheWholeJson() {
    Verification unknown = RESPONSE.related(INQUIRY.verifications()).get(1);

    assertThat(unknown).isInstanceOf(Verification.Unknown.class);
    assertThat(unknown.type()).isEqualTo("verification/hologram");
    assertThat(unknown.toJson()).contains("\"depth\":3");
    assertThat(unknown.inquiry().isOmitted()).isTrue();
  }

  @Test
  void union_hasTheRelationshipsThatAllMembersShare() {
    String json =
        "{\"type\":\"verification/%s\",\"id\":\"v\",\"relationships\":{\"inquiry\":{\"data\":"
            + "{\"type\":\"inquiry\",\"id\":\"inq_1\"}}}}";
    for (String type : List.of("selfie", "hologram")) {
      Verification verification = Verification.TYPE.fromJson(json.formatted(type), true);

      assertThat(verification.inquiry().id()).isEqualTo("inq_1");
      assertThat(verification.accounts().isOmitted()).isTrue();
    }
  }

  @Test
  void toMany_ofAClass_areThoseOfIt() {
    assertThat(RESPONSE.related(INQUIRY.verifications(), GovernmentIdVerification.class))
        .extracting(GovernmentIdVerification::id)
        .containsExactly("ver_1");
    assertThat(RESPONSE.related(INQUIRY.verifications(), SelfieVerification.class)).hasSize(1);
    assertThat(RESPONSE.related(INQUIRY.verifications(), Verification.class)).hasSize(3);
  }

  @Test
  void targetWithinTheRelationship_isReturnedWithoutBeingIncluded() {
    Workflow workflow =
        Workflow.fromJson(
            """
            {"type": "workflow", "id": "wf_1", "relationships": {"active-deployment": {"data":
              {"type": "workflow-deployment", "id": "wfd_1", "attributes": {}}}}}
            """);

    Optional<WorkflowDeployment> deployment =
        WorkflowRunResponse.fromJson("{\"data\":{}}").related(workflow.activeDeployment());

    assertThat(deployment).map(WorkflowDeployment::id).hasValue("wfd_1");
  }

  @Test
  void responseWithoutIncluded_hasNoRelatedResources() {
    InquiryResponse bare = RESPONSE.toBuilder().unset("included").build();

    assertThat(bare.related(INQUIRY.account())).isEmpty();
    assertThat(bare.related(INQUIRY.verifications())).isEmpty();
    assertThat(bare.missing(INQUIRY.verifications())).hasSize(5);
  }

  @Test
  void pageWithIncluded_isACompoundDocument() {
    UserAuditLogPage page =
        UserAuditLogPage.fromJson(
            """
            {"data": [{"type": "user-audit-log", "id": "ual_1",
                       "relationships": {"user": {"data": {"type": "user", "id": "user_1"}}}}],
             "included": [{"type": "user", "id": "user_1", "attributes": {}}]}
            """);

    assertThat(page.related(page.data().get(0).user())).isPresent();
    assertThat(InquiryPage.class).isNotInstanceOf(CompoundDocument.class);
  }

  // ---- of a list ----

  @Test
  void find_typeAndId_returnsTheFirst() {
    assertThat(included.find("hologram", "act_2")).containsInstanceOf(Resource.Unknown.class);
    assertThat(included.find("account", "act_2"))
        .containsInstanceOf(Account.class)
        .map(Resource::toJson)
        .hasValueSatisfying(json -> assertThat(json).contains("me"));
    assertThat(included.find("account", "act_3")).isEmpty();
  }

  @Test
  void all_ofClass_returnsResourcesInOrder() {
    assertThat(included.all(Account.class))
        .extracting(Account::id)
        .containsExactly("act_1", "act_2");
    assertThat(included.all(InquiryTemplate.class)).isEmpty();
    assertThat(included.all(Resource.class)).hasSize(6);
  }

  @Test
  void nullRelationship_isRefusedByName() {
    assertThatNullPointerException()
        .isThrownBy(() -> included.related(Tests.<ToOne<Account>>none()))
        .withMessage("relationship");
    assertThatNullPointerException()
        .isThrownBy(() -> included.related(Tests.<ToMany<Account>>none()))
        .withMessage("relationship");
    assertThatNullPointerException()
        .isThrownBy(() -> included.missing(Tests.<ToMany<Account>>none()))
        .withMessage("relationship");
  }

  @Test
  void responseWithoutIncluded_isEmpty() {
    assertThat(Included.<Resource>of(null).all(Resource.class)).isEmpty();
    assertThat(included).hasToString("Included{6 resources}");
  }

  @Test
  void valueThatIsNoResource_doesNotAffectTheOthers() {
    for (String odd :
        List.of("5", "[]", "{\"type\":\"account\",\"id\":7}", "{\"type\":\"account\"}", "{}")) {
      InquiryResponse response =
          InquiryResponse.fromJson(
              "{\"data\":"
                  + INQUIRY.toJson()
                  + ",\"included\":["
                  + odd
                  + ",{\"type\":\"account\",\"id\":\"act_2\"}]}");

      assertThat(response.related(INQUIRY.account())).as(odd).isPresent();
      assertThat(response.missing(INQUIRY.verifications())).hasSize(5);
      assertThat(Included.of(response.included()).all(Account.class)).hasSize(1);
    }
  }
}
