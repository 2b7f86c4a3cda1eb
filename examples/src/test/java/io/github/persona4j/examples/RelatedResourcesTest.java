package io.github.persona4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.persona4j.PersonaClient;
import io.github.persona4j.model.Account;
import io.github.persona4j.model.Inquiry;
import io.github.persona4j.model.InquiryResponse;
import io.github.persona4j.model.InquiryStatus;
import io.github.persona4j.testing.FakePersona;
import io.github.persona4j.testing.Fault;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RelatedResourcesTest {
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);

  private static Inquiry approvedWithAccount(PersonaClient persona) {
    return persona.inquiries().list().items().stream()
        .filter(each -> InquiryStatus.APPROVED.equals(each.attributes().status()))
        .filter(each -> !each.account().isEmpty())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void approvedInquiry_printsItsAccountAndVerifications() {
    try (FakePersona fake = FakePersona.builder().inquiries(50).start();
        PersonaClient persona =
            PersonaClient.builder().apiKey(fake.apiKey()).baseUrl(fake.baseUrl()).build()) {
      Inquiry inquiry = approvedWithAccount(persona);

      RelatedResources.print(persona, inquiry.id(), out);

      assertThat(printed.toString(StandardCharsets.UTF_8).lines())
          .containsExactly(
              "account: " + inquiry.account().id(), "verifications: 2, of government IDs: 1");
    }
  }

  @Test
  void accountThatIsNotIncluded_isFetchedWithOneRequest() {
    try (FakePersona fake = FakePersona.builder().inquiries(50).start();
        PersonaClient persona =
            PersonaClient.builder().apiKey(fake.apiKey()).baseUrl(fake.baseUrl()).build()) {
      Inquiry inquiry = approvedWithAccount(persona);
      InquiryResponse response = persona.inquiries().retrieve(inquiry.id());
      int before = fake.requests().size();
      assertThat(response.related(inquiry.account())).isEmpty();

      String id = inquiry.account().id();
      fake.failNext(Fault.body("{\"data\":{\"type\":\"account\",\"id\":\"" + id + "\"}}"));
      assertThat(RelatedResources.account(persona, response)).map(Account::id).hasValue(id);
      assertThat(fake.requests()).hasSize(before + 1);
    }
  }

  @Test
  void withoutKey_usesTheFake() {
    assertThat(RelatedResources.run(List.of(), Map.of(), out, out)).isZero();
    assertThat(printed.toString(StandardCharsets.UTF_8)).contains("verifications: ");
  }
}
