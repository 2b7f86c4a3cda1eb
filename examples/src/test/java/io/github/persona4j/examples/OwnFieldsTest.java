package io.github.persona4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.persona4j.examples.OwnFields.Loyalty;
import io.github.persona4j.examples.OwnFields.Tier;
import io.github.persona4j.model.Account;
import io.github.persona4j.model.Case;
import io.github.persona4j.model.Inquiry;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class OwnFieldsTest {
  private static final String RESOURCE =
      """
      {"type":"%s","id":"1","attributes":{"fields":{
        "loyalty_level":{"type":"integer","value":3},
        "member-since":{"type":"date","value":"2024-02-29"},
        "tier-name":{"type":"choices","value":"gold"},
        "sources":{"type":"multi_choices","value":["web","app"]}}}}
      """;
  private static final Loyalty LOYALTY =
      new Loyalty(3, LocalDate.of(2024, 2, 29), Tier.GOLD, List.of("web", "app"));

  @Test
  void fieldsOfResponses_areReadWithTheirTypes() {
    assertThat(OwnFields.level(Inquiry.fromJson(RESOURCE.formatted("inquiry")))).isEqualTo(3);
    assertThat(OwnFields.level(Inquiry.fromJson("{}"))).isNull();
    assertThat(OwnFields.sources(Account.fromJson(RESOURCE.formatted("account"))))
        .containsExactly("web", "app");
    assertThat(OwnFields.loyalty(Case.fromJson(RESOURCE.formatted("case")))).isEqualTo(LOYALTY);
    assertThat(OwnFields.loyalty(Case.fromJson("{}")))
        .isEqualTo(new Loyalty(null, null, null, List.of()));
  }

  @Test
  void fieldsOfRequests_areWrittenWithTheirTypes() {
    assertThat(OwnFields.values().toJson())
        .isEqualTo(
            "{\"name-first\":\"Ada\",\"birthdate\":\"1985-12-10\",\"loyalty-level\":3,"
                + "\"sources\":[\"web\",\"app\"],\"nickname\":null}");
    assertThat(OwnFields.values(LOYALTY).toJson())
        .isEqualTo(
            "{\"loyalty-level\":3,\"member-since\":\"2024-02-29\",\"tier-name\":\"gold\","
                + "\"sources\":[\"web\",\"app\"]}");
    assertThat(OwnFields.values(LOYALTY).as(Loyalty.class)).isEqualTo(LOYALTY);
  }
}
