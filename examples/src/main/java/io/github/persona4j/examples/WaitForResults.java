package io.github.persona4j.examples;

import io.github.persona4j.PersonaClient;
import io.github.persona4j.error.ReportFailedException;
import io.github.persona4j.error.WaitTimeoutException;
import io.github.persona4j.model.Account;
import io.github.persona4j.model.Inquiry;
import io.github.persona4j.model.InquiryStatus;
import io.github.persona4j.model.Report;
import io.github.persona4j.waiter.WaitSummary;
import io.github.persona4j.webhook.WebhookEvent;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Waits for a report, for decisions and for a condition. */
final class WaitForResults {
  private WaitForResults() {}

  static String screen(PersonaClient persona, String first, String last) {
    String id =
        persona
            .reports()
            .createWatchlist(a -> a.query(q -> q.nameFirst(first).nameLast(last)))
            .data()
            .id();
    try {
      // region until-ready
      Report report = persona.waiter().untilReady(id);
      return Boolean.TRUE.equals(report.attributes().hasMatch()) ? "match" : "clear";
      // endregion
    } catch (ReportFailedException e) {
      return "failed";
    } catch (WaitTimeoutException e) {
      return "later"; // it may still become ready
    }
  }

  static boolean isApproved(PersonaClient persona, String inquiryId, Consumer<String> log) {
    // region until-decided
    Inquiry inquiry =
        persona
            .waiter()
            .timeout(Duration.ofMinutes(30))
            .onProgress(progress -> log.accept(String.valueOf(progress.state())))
            .untilDecided(inquiryId);
    // endregion
    return InquiryStatus.APPROVED.equals(inquiry.attributes().status());
  }

  static CompletableFuture<Report> withoutAThread(PersonaClient persona, String reportId) {
    // region async
    return persona.waiter().async().untilReady(reportId);
    // endregion
  }

  static int decided(PersonaClient persona, Collection<String> inquiryIds) {
    // region many
    WaitSummary<Inquiry> summary = persona.waiter().untilAllDecided(inquiryIds);
    summary.failed().forEach((id, inquiry) -> persona.inquiries().addTag(id, "not-decided"));
    return summary.reached().size();
    // endregion
  }

  static Account verified(PersonaClient persona, String accountId) {
    // region condition
    Account account =
        persona
            .waiter()
            .until(
                () -> persona.accounts().retrieve(accountId).data(),
                each -> "Verified".equals(each.attributes().accountStatus()));
    // endregion
    return account;
  }

  static void received(PersonaClient persona, WebhookEvent event) {
    // region notify
    persona.waiter().notify(event);
    // endregion
  }
}
