package io.github.persona4j.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.github.persona4j.model.Account;
import io.github.persona4j.model.Event;
import io.github.persona4j.model.EventName;
import io.github.persona4j.model.GovernmentIdVerification;
import io.github.persona4j.model.Inquiry;
import io.github.persona4j.model.InquiryStatus;
import io.github.persona4j.model.Resource;
import io.github.persona4j.model.Verification;
import org.junit.jupiter.api.Test;

/** The resource that an event is about. */
class EventTest {
  private static Event event(String attributes) {
    return Event.fromJson(
        "{\"type\":\"event\",\"id\":\"evt_1\",\"attributes\":" + attributes + "}");
  }

  private static Event about(String resource) {
    return event("{\"payload\":{\"data\":" + resource + "}}");
  }

  private static final Event APPROVED =
      event(
          """
          {"name": "inquiry.approved", "payload": {
             "data": {"type": "inquiry", "id": "inq_1", "attributes": {"status": "approved"},
                      "relationships": {"account": {"data": {"type": "account", "id": "act_1"}}}},
             "included": [{"type": "account", "id": "act_1", "attributes": {}}]}}
          """);

  @Test
  void name_isOfAnOpenSet() {
    assertThat(APPROVED.attributes().name()).isEqualTo(EventName.INQUIRY_APPROVED);

    EventName unknown = event("{\"name\":\"hologram.shown\"}").attributes().name();
    assertThat(unknown)
        .isEqualTo(EventName.of("hologram.shown"))
        .returns(false, EventName::isKnown);
    assertThat(event("{}").attributes().name()).isNull();
    assertThat(APPROVED.attributes().toString()).contains("name=inquiry.approved");
  }

  @Test
  void subject_ofItsClass_isReturned() {
    assertThat(APPROVED.subject(Inquiry.class))
        .hasValueSatisfying(
            inquiry -> assertThat(inquiry.attributes().status()).isEqualTo(InquiryStatus.APPROVED));
    assertThat(APPROVED.subject(Resource.class)).isPresent();
    assertThat(
            about("{\"type\":\"verification/government-id\",\"id\":\"v\"}")
                .subject(Verification.class))
        .containsInstanceOf(GovernmentIdVerification.class);
  }

  @Test
  void subject_ofAnotherClass_isEmpty() {
    assertThat(APPROVED.subject(Account.class)).isEmpty();
  }

  @Test
  void subject_ofAnUnknownType_isKeptInThePayload() {
    Event event = about("{\"type\":\"hologram\",\"id\":\"holo_1\",\"attributes\":{\"depth\":3}}");

    assertThat(event.subject(Inquiry.class)).isEmpty();
    assertThat(event.payload().data()).isInstanceOf(Resource.Unknown.class);
    assertThat(event.subject(Resource.class))
        .hasValueSatisfying(resource -> assertThat(resource.toJson()).contains("\"depth\":3"));
  }

  @Test
  void payload_leftOutOrNull_isEmpty() {
    for (Event event :
        new Event[] {
          event("{}"), event("{\"payload\":null}"), event("{\"payload\":{}}"), about("null")
        }) {
      assertThat(event.payload().data()).isNull();
      assertThat(event.payload().included()).isNull();
      assertThat(event.subject(Inquiry.class)).isEmpty();
    }
  }

  @Test
  void payload_isACompoundDocument() {
    Inquiry inquiry = APPROVED.subject(Inquiry.class).orElseThrow();

    assertThat(APPROVED.payload().related(inquiry.account())).map(Account::id).hasValue("act_1");
  }

  @Test
  void nullClass_isRefusedByName() {
    assertThatNullPointerException()
        .isThrownBy(() -> APPROVED.subject(Tests.<Class<Inquiry>>none()))
        .withMessage("type");
  }
}
