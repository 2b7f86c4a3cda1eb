package io.github.persona4j.examples.springboot;

import io.github.persona4j.model.Inquiry;
import io.github.persona4j.spring.PersonaWebhook;
import io.github.persona4j.webhook.WebhookEvent;
import org.springframework.stereotype.Component;

/** Handles the events of inquiries. */
@Component
class InquiryEvents {
  private final Customers customers;

  InquiryEvents(Customers customers) {
    this.customers = customers;
  }

  // region webhooks
  @PersonaWebhook("inquiry.approved")
  void approved(Inquiry inquiry) {
    set(inquiry, "active");
  }

  @PersonaWebhook({"inquiry.declined", "inquiry.failed"})
  void refused(WebhookEvent event, Inquiry inquiry) {
    set(inquiry, "refused by " + event.name());
  }

  // endregion

  private void set(Inquiry inquiry, String state) {
    // An inquiry without a customer was created elsewhere.
    customers.ofInquiry(inquiry.id()).ifPresent(customer -> customers.add(customer, state));
  }
}
