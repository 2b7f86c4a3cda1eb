package io.github.persona4j.packaging;

import static io.github.persona4j.request.ResourceQuery.include;
import static io.github.persona4j.search.Search.where;

import com.google.gson.Gson;
import io.github.persona4j.PersonaClient;
import io.github.persona4j.RetryPolicy;
import io.github.persona4j.api.InquiryInclude;
import io.github.persona4j.api.InquirySearch;
import io.github.persona4j.error.AuthenticationException;
import io.github.persona4j.error.NotFoundException;
import io.github.persona4j.error.PersonaApiException;
import io.github.persona4j.model.Account;
import io.github.persona4j.model.Event;
import io.github.persona4j.model.Inquiry;
import io.github.persona4j.model.InquiryFieldValues;
import io.github.persona4j.model.InquiryResponse;
import io.github.persona4j.model.InquiryStatus;
import io.github.persona4j.model.Report;
import io.github.persona4j.model.Verification;
import io.github.persona4j.request.RequestOptions;
import io.github.persona4j.webhook.WebhookEvent;
import io.github.persona4j.webhook.WebhookSignatureException;
import io.github.persona4j.webhook.WebhookVerifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Does what applications do, and prints what comes of it: the same for the same data, without IDs
 * and times.
 */
public final class TaskList {
  private static final List<String> REPORTS = Collections.synchronizedList(new ArrayList<>());

  private TaskList() {}

  /**
   * Runs all tasks.
   *
   * @param args the base URL and the key of the API, the secret and the signature of a webhook, and
   *     the file with its body
   */
  public static void main(String[] args) throws IOException {
    try (PersonaClient client =
        PersonaClient.builder()
            .baseUrl(args[0])
            .apiKey(args[1])
            .retryPolicy(
                RetryPolicy.builder()
                    .maxRetries(1)
                    .postAfterServerError(RetryPolicy.AfterServerError.SAME_KEY)
                    .build())
            .callListener(
                call -> REPORTS.add(call.operation().name() + ", failure: " + call.failure()))
            .build()) {
      inquiries(client);
      listsAndUnions(client);
      errors(client);
      print("async", client.async().events().list().join().items().size());
    }
    webhook(args[2], args[3], Files.readAllBytes(Path.of(args[4])));
    Map<String, Integer> calls = new TreeMap<>();
    REPORTS.forEach(report -> calls.merge(report, 1, Integer::sum));
    calls.forEach((call, count) -> print(call, count));
  }

  private static void inquiries(PersonaClient client) {
    Inquiry inquiry =
        client
            .inquiries()
            .create(
                a ->
                    a.inquiryTemplateId("itmpl_identity")
                        .fields(
                            InquiryFieldValues.builder()
                                .nameFirst("Ada")
                                .set("loyalty-level", 3)
                                .set("tier-name", "gold")
                                .build()))
            .data();
    print("created", inquiry.attributes().status());
    print("is created", InquiryStatus.CREATED.equals(inquiry.attributes().status()));
    print("own fields", inquiry.attributes().fields().as(Loyalty.class));
    print("one-time link", client.inquiries().generateOneTimeLink(inquiry.id()).meta() != null);
    print("approved", client.inquiries().approve(inquiry.id()).data().attributes().status());

    Gson gson = new Gson();
    Inquiry copy = gson.fromJson(gson.toJson(inquiry), Inquiry.class);
    print("the same with Gson", copy.equals(inquiry));
    print("field with Gson", gson.toJson(inquiry.attributes().fields().field("tier-name")));
    print("status with Gson", gson.toJson(Map.of("status", InquiryStatus.APPROVED)));

    print(
        "found",
        client
            .inquiries()
            .search(where(InquirySearch.STATUS.eq(InquiryStatus.PENDING)))
            .items()
            .size());
  }

  private static void listsAndUnions(PersonaClient client) {
    Map<String, Integer> names = new TreeMap<>();
    for (Event event : client.events().listAll()) {
      names.merge(String.valueOf(event.attributes().name()), 1, Integer::sum);
    }
    print("events", names);

    for (Inquiry listed : client.inquiries().list().items()) {
      InquiryResponse response =
          client
              .inquiries()
              .retrieve(listed.id(), include(InquiryInclude.ACCOUNT, InquiryInclude.VERIFICATIONS));
      Inquiry inquiry = response.data();
      Map<String, Integer> kinds = new TreeMap<>();
      for (Verification verification : response.related(inquiry.verifications())) {
        kinds.merge(verification.type(), 1, Integer::sum);
      }
      print(
          "inquiry",
          inquiry.attributes().status()
              + ", account: "
              + response.related(inquiry.account()).map(Account::type).orElse("none")
              + ", verifications: "
              + kinds);
    }
    Report report =
        client
            .reports()
            .createWatchlist(a -> a.query(q -> q.nameFirst("Ada").nameLast("L")))
            .data();
    print("report", client.reports().retrieve(report.id()).data().type());
    print("unknown report", Report.TYPE.fromJson("{\"type\":\"report/new\",\"id\":\"r\"}", false));
  }

  private static void errors(PersonaClient client) {
    try {
      client.inquiries().retrieve("inq_doesNotExist");
    } catch (NotFoundException e) {
      print("not found", e.status() + " " + e.errors().get(0).title());
    }
    try {
      client.inquiries().create(a -> {});
    } catch (PersonaApiException e) {
      print("refused", e.status());
    }
    try {
      client.withOptions(RequestOptions.builder().apiKey("wrong").build()).events().list();
    } catch (AuthenticationException e) {
      print("wrong key", e.status());
    }
  }

  private static void webhook(String secret, String signature, byte[] body) {
    WebhookVerifier.of(secret).verify(body, signature);
    WebhookEvent event = WebhookEvent.read(body);
    print("webhook", event.name() + " " + event.subject(Inquiry.class).isPresent());
    try {
      WebhookVerifier.of("another-secret").verify(body, signature);
    } catch (WebhookSignatureException e) {
      print("webhook refused", e.reason());
    }
  }

  private static void print(String label, @Nullable Object value) {
    System.out.println(label + ": " + value);
  }
}
