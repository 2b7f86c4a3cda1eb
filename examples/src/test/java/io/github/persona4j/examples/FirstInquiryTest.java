package io.github.persona4j.examples;

import static io.github.persona4j.testing.VerificationStep.governmentId;
import static io.github.persona4j.testing.VerificationStep.selfie;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.persona4j.PersonaClient;
import io.github.persona4j.model.InquiryStatus;
import io.github.persona4j.testing.FakePersona;
import org.junit.jupiter.api.Test;

class FirstInquiryTest {
  @Test
  void approvedInquiry_hasItsStatus() {
    try (FakePersona fake = FakePersona.start();
        PersonaClient persona =
            PersonaClient.builder().apiKey(fake.apiKey()).baseUrl(fake.baseUrl()).build()) {
      String id = persona.inquiries().create(a -> a.inquiryTemplateId("itmpl_1")).data().id();

      fake.inquiry(id).start().submit(governmentId(), selfie()).complete(); // the person
      fake.reviewer().approve(id); // your organization

      InquiryStatus status = persona.inquiries().retrieve(id).data().attributes().status();
      assertEquals(InquiryStatus.APPROVED, status);
    }
  }
}
