package io.github.persona4j.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.SoftAssertions.assertSoftly;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.persona4j.contract.Description.Node;
import io.github.persona4j.contract.FakeRequests.Result;
import io.github.persona4j.testing.FakePersona;
import io.github.persona4j.testing.ReportOutcome;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import okhttp3.Request;
import org.junit.jupiter.api.Test;

/** The fake sends the events that the description lists for an operation, and no others. */
class FakeEventsTest {
  /** Long enough for every job of the fake, and for nothing to expire. */
  private static final Duration JOB = Duration.ofMinutes(1);

  /** A claim needs a signed token, which the example is not. */
  private static final Set<String> WITHOUT_EXAMPLE = Set.of("relay.generateClaim");

  /** Events of the fake that no document of the API states, and that are therefore not listed. */
  private static final Set<String> UNCERTAIN =
      Set.of(
          "batchJobs.create account.updated-fields",
          "cases.addObjects case.updated",
          "cases.removeObjects case.updated",
          "importers.importAccounts account.created",
          "inquiries.performSimulateActions document.created",
          "inquiries.performSimulateActions document.processed",
          "inquiries.performSimulateActions document.submitted",
          "inquiries.performSimulateActions inquiry-session.started",
          "inquiries.performSimulateActions inquiry.transitioned");

  /**
   * Listed events that follow other requests than that of the example, or a job that ends in
   * another way. The tests of the fake cause most of them.
   */
  private static final String OTHERWISE =
      """
      accounts.addTag account.tag-added
      accounts.addTag account.updated-tags
      accounts.create account.status-updated
      accounts.create account.updated-fields
      accounts.removeRelation account.removed-relation
      accounts.runAction workflow-run.errored
      accounts.runAction workflow-run.resumed
      accounts.setTags account.tag-removed
      accounts.update account.status-updated
      batchJobs.create batch-job.errored
      cases.removeTag case.updated-tags
      cases.setStatus case.reopened
      cases.setStatus case.resolved
      cases.update case.queue-updated
      connect.createShareToken connect/share-token.inbound-created
      connect.redeemShareToken connect/share-token.inbound-redeemed
      graph.createQuery graph-query.errored
      graph.createQuery graph-query.timed-out
      inquiries.addTag inquiry.updated-tags
      inquiries.create account.created
      inquiries.expire verification.canceled
      inquiries.performSimulateActions inquiry-session.expired
      inquiries.performSimulateActions inquiry.approved
      inquiries.performSimulateActions inquiry.declined
      inquiries.performSimulateActions inquiry.expired
      inquiries.performSimulateActions inquiry.failed
      inquiries.performSimulateActions inquiry.marked-for-review
      inquiries.performSimulateActions verification.canceled
      inquiries.performSimulateActions verification.failed
      reports.create account.created
      reports.create report/*.submitted
      transactions.removeRelation transaction.removed-relation
      workflows.trigger workflow-run.errored
      workflows.trigger workflow-run.resumed
      """;

  @Test
  void changes_causeTheListedEvents() throws IOException {
    Set<String> listed = new TreeSet<>();
    Set<String> sent = new TreeSet<>();
    try (FakePersona persona = FakePersona.builder().events(0).start()) {
      FakeRequests requests =
          new FakeRequests(persona, Contract.ourDescription(), Contract.plainHttp());
      for (Operation operation : Contract.ours()) {
        if (operation.method().equals("GET") || WITHOUT_EXAMPLE.contains(operation.id())) {
          continue; // the lint allows no events of a GET
        }
        listedEvents(operation).forEach(name -> listed.add(operation + " " + name));
        for (ReportOutcome outcome : outcomes(operation)) {
          sentEvents(persona, requests, operation, outcome)
              .forEach(name -> sent.add(operation + " " + name));
        }
      }
    }

    assertSoftly(
        softly -> {
          softly.assertThat(without(sent, listed)).as("not listed").isEqualTo(UNCERTAIN);
          softly
              .assertThat(without(ofAnyType(listed), ofAnyType(sent)))
              .as("not sent")
              .containsExactlyElementsOf(OTHERWISE.lines().toList());
        });
  }

  /** Replaces the types of reports, of which the example has one. */
  private static Set<String> ofAnyType(Set<String> events) {
    return events.stream()
        .map(event -> event.replaceAll("report/[^.]+", "report/*"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> without(Set<String> all, Set<String> others) {
    Set<String> rest = new TreeSet<>(all);
    rest.removeAll(others);
    return rest;
  }

  private static List<String> listedEvents(Operation operation) {
    Node item = Objects.requireNonNull(root().entries("paths").get(operation.path()));
    Node details = Objects.requireNonNull(item.get(operation.method().toLowerCase(Locale.ROOT)));
    List<String> names = new ArrayList<>();
    details.json().path("x-events").forEach(name -> names.add(name.asText()));
    return names;
  }

  private static Node root() {
    return Contract.ourDescription().root();
  }

  private static List<ReportOutcome> outcomes(Operation operation) {
    return operation.id().equals("reports.create") || operation.id().equals("reports.run")
        ? List.of(ReportOutcome.noMatch(), ReportOutcome.match(), ReportOutcome.error())
        : List.of(ReportOutcome.noMatch());
  }

  /** Returns the names of the events of the example request and of the job that it starts. */
  private static Set<String> sentEvents(
      FakePersona persona, FakeRequests requests, Operation operation, ReportOutcome outcome)
      throws IOException {
    persona.reports(ReportOutcome.noMatch());
    Request request = requests.example(operation);
    persona.clock().advance(JOB); // what was created for the request is done
    Set<String> before = new HashSet<>(persona.ids("event"));
    persona.reports(outcome);
    Result result = requests.send(request);
    assertThat(result.status()).as(result.toString()).isBetween(200, 299);
    persona.clock().advance(JOB);
    Set<String> names = new TreeSet<>();
    for (String id : persona.ids("event")) {
      if (!before.contains(id)) {
        names.add(name(persona, requests, id));
      }
    }
    return names;
  }

  private static String name(FakePersona persona, FakeRequests requests, String id)
      throws IOException {
    JsonNode event =
        requests
            .send(
                new Request.Builder()
                    .url(persona.baseUrl() + "/events/" + id)
                    .header("Authorization", "Bearer " + persona.apiKey())
                    .build())
            .json();
    return event.at("/data/attributes/name").asText();
  }
}
