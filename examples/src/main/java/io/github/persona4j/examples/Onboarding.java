package io.github.persona4j.examples;

import io.github.persona4j.PersonaClient;
import io.github.persona4j.model.CreateInquiryResponse;
import io.github.persona4j.model.EventName;
import io.github.persona4j.model.Inquiry;
import io.github.persona4j.model.InquiryAccessMeta;
import io.github.persona4j.model.Report;
import io.github.persona4j.model.WatchlistReport;
import io.github.persona4j.webhook.InMemoryProcessedEvents;
import io.github.persona4j.webhook.WebhookHandler;
import io.github.persona4j.webhook.WebhookVerifier;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Takes on customers: sends them to the flow, has their names looked up in watchlists, and approves
 * those who completed the flow and are in none.
 */
final class Onboarding {
  private final PersonaClient persona;
  private final String inquiryTemplateId;
  private final Map<String, String> inquiriesByReport = new ConcurrentHashMap<>();
  private final Map<String, String> customersByInquiry = new ConcurrentHashMap<>();
  private final Map<String, String> states = new ConcurrentHashMap<>();

  Onboarding(PersonaClient persona, String inquiryTemplateId) {
    this.persona = persona;
    this.inquiryTemplateId = inquiryTemplateId;
  }

  // region begin
  /** Returns the link to send to a new customer. */
  String begin(String customer) {
    CreateInquiryResponse created =
        persona
            .inquiries()
            .create(
                a -> a.inquiryTemplateId(inquiryTemplateId),
                m -> m.autoCreateAccountReferenceId(customer).autoCreateOneTimeLink(true));
    customersByInquiry.put(created.data().id(), customer); // for the events that follow
    return Optional.ofNullable(created.meta()).map(InquiryAccessMeta::oneTimeLink).orElseThrow();
  }

  // endregion

  /** Returns the handler of the webhook whose signatures are verified by this. */
  WebhookHandler webhook(WebhookVerifier verifier) {
    // region follow
    return WebhookHandler.builder()
        .verifier(verifier)
        .processedEvents(InMemoryProcessedEvents.of(10_000, Duration.ofMinutes(5)))
        .on(EventName.INQUIRY_COMPLETED, Inquiry.class, (event, inquiry) -> lookUp(inquiry))
        .on(EventName.REPORT_WATCHLIST_READY, Report.class, (event, report) -> decide(report))
        .on(EventName.INQUIRY_APPROVED, Inquiry.class, (event, inquiry) -> set(inquiry, "active"))
        .on(EventName.INQUIRY_DECLINED, Inquiry.class, (event, inquiry) -> set(inquiry, "refused"))
        .on(EventName.INQUIRY_EXPIRED, Inquiry.class, (event, inquiry) -> set(inquiry, "lost"))
        .build();
    // endregion
  }

  private void lookUp(Inquiry inquiry) {
    String first = inquiry.attributes().fields().getString("name-first");
    String last = inquiry.attributes().fields().getString("name-last");
    Report report =
        persona
            .reports()
            .createWatchlist(a -> a.query(q -> q.nameFirst(first).nameLast(last)))
            .data();
    inquiriesByReport.put(report.id(), inquiry.id());
  }

  private void decide(Report report) {
    String inquiryId = inquiriesByReport.remove(report.id());
    if (inquiryId == null) {
      return; // another part of the application uses it
    }
    boolean match =
        report instanceof WatchlistReport watchlist
            && Boolean.TRUE.equals(watchlist.attributes().hasMatch());
    if (match) {
      persona.inquiries().decline(inquiryId, "found in a watchlist");
    } else {
      persona.inquiries().approve(inquiryId);
    }
  }

  private void set(Inquiry inquiry, String state) {
    String customer = customersByInquiry.get(inquiry.id());
    if (customer != null) { // otherwise the inquiry was created elsewhere
      states.put(customer, state);
    }
  }

  /** Returns what became of a customer: invited, active, refused or lost. */
  String stateOf(String customer) {
    return states.getOrDefault(
        customer, customersByInquiry.containsValue(customer) ? "invited" : "unknown");
  }
}
