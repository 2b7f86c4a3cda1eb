package io.github.persona4j.resource;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.persona4j.json.JsonValue;
import io.github.persona4j.model.Account;
import io.github.persona4j.model.Inquiry;
import io.github.persona4j.model.Verification;
import org.junit.jupiter.api.Test;

/** Relationships to one and to many resources. */
class ToOneTest {
  private static Inquiry inquiry(String relationships) {
    return Inquiry.fromJson("{\"relationships\":" + relationships + "}");
  }

  private static ToOne<Account> account(String relationship) {
    return inquiry("{\"account\":" + relationship + "}").account();
  }

  private static ToMany<Verification> verifications(String relationship) {
    return inquiry("{\"verifications\":" + relationship + "}").verifications();
  }

  @Test
  void toOne_equalsOneWithTheSameTarget() {
    String act1 = "{\"data\":{\"type\":\"account\",\"id\":\"act_1\"}}";

    assertThat(account(act1)).isEqualTo(account(act1)).hasSameHashCodeAs(account(act1));
    assertThat(account(act1))
        .isNotEqualTo(account("{\"data\":{\"type\":\"account\",\"id\":\"act_2\"}}"))
        .isNotEqualTo(account("{\"data\":{\"type\":\"hologram\",\"id\":\"act_1\"}}"))
        .isNotEqualTo(account("{\"data\":null}"))
        .isNotEqualTo("act_1");
    assertThat(account("{\"data\":null}"))
        .isEqualTo(account("null"))
        .isNotEqualTo(account("{}"))
        .isNotEqualTo(inquiry("{\"transaction\":null}").transaction());
  }

  @Test
  void toMany_equalsOneWithTheSameTargets() {
    String ver1 = "{\"data\":[{\"type\":\"verification/selfie\",\"id\":\"ver_1\"}]}";

    assertThat(verifications(ver1))
        .isEqualTo(verifications(ver1))
        .hasSameHashCodeAs(verifications(ver1))
        .isNotEqualTo(verifications("{\"data\":[]}"))
        .isNotEqualTo(verifications("{\"data\":[{\"type\":\"x\",\"id\":\"ver_1\"}]}"));
    assertThat(verifications("{\"data\":[]}"))
        .isEqualTo(verifications("{\"data\":{}}"))
        .isNotEqualTo(verifications("{}"))
        .isNotEqualTo(inquiry("{\"reports\":{\"data\":[]}}").reports());
  }

  @Test
  void toString_showsTypeAndIdInOneLine() {
    assertThat(account("{\"data\":{\"type\":\"account\",\"id\":\"act_1\"}}"))
        .hasToString("ToOne{type=account, id=act_1}");
    assertThat(account("{\"data\":{\"type\":\"a\\nb\",\"id\":\"\\u202ec\"}}"))
        .hasToString("ToOne{type=a b, id=c}");
    assertThat(account("{\"data\":null}")).hasToString("ToOne{empty}");
    assertThat(account("{}")).hasToString("ToOne{omitted}");
    assertThat(verifications("{\"data\":[]}").toString()).isEqualTo("ToMany{0 targets}");
    assertThat(verifications("{}").toString()).isEqualTo("ToMany{omitted}");
  }

  @Test
  void links_areRawJson() {
    String links = "{\"related\":\"/api/v1/accounts/act_1\"}";

    assertThat(account("{\"links\":" + links + "}").links()).isEqualTo(JsonValue.ofJson(links));
    assertThat(account("{\"data\":null}").links()).isNull();
    assertThat(verifications("{\"data\":[],\"links\":" + links + "}").links())
        .isEqualTo(JsonValue.ofJson(links));
    assertThat(verifications("null").links()).isNull();
  }

  @Test
  void toMany_iteratesOverItsTargets() {
    ToMany<Verification> two =
        verifications(
            """
            {"data": [{"type": "verification/selfie", "id": "ver_2"}, null,
                      {"type": "verification/aamva", "id": "ver_1"}]}
            """);

    assertThat(two).containsExactlyElementsOf(two.targets()).hasSize(2);
    assertThat(two.ids()).containsExactly("ver_2", "ver_1");
    assertThat(two.targets().get(1).type()).isEqualTo("verification/aamva");
    assertThat(two.targets()).isUnmodifiable();
  }

  @Test
  void otherSpellingOfARelationship_isRead() {
    Inquiry snake =
        inquiry("{\"inquiry_template\":{\"data\":{\"type\":\"inquiry-template\",\"id\":\"x\"}}}");

    assertThat(snake.inquiryTemplate().id()).isEqualTo("x");
    assertThat(inquiry("{\"inquiry_template\":null}").inquiryTemplate().isOmitted()).isFalse();
  }
}
