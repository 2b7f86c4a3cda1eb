package io.github.persona4j.examples;

import static io.github.persona4j.request.ResourceQuery.include;
import static io.github.persona4j.search.Condition.not;
import static io.github.persona4j.search.Condition.or;
import static io.github.persona4j.search.Search.where;
import static io.github.persona4j.testing.VerificationStep.governmentId;
import static io.github.persona4j.testing.VerificationStep.selfie;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.annotations.SerializedName;
import io.github.persona4j.CallListener;
import io.github.persona4j.Environment;
import io.github.persona4j.PersonaClient;
import io.github.persona4j.RequestLog;
import io.github.persona4j.api.AccountInclude;
import io.github.persona4j.api.AccountSearch;
import io.github.persona4j.api.InquiryInclude;
import io.github.persona4j.api.InquirySearch;
import io.github.persona4j.json.JsonCodec;
import io.github.persona4j.json.JsonValue;
import io.github.persona4j.model.Account;
import io.github.persona4j.model.CustomFieldValues;
import io.github.persona4j.model.Event;
import io.github.persona4j.model.Inquiry;
import io.github.persona4j.model.InquiryResponse;
import io.github.persona4j.model.InquiryStatus;
import io.github.persona4j.model.ModelTypes;
import io.github.persona4j.model.Report;
import io.github.persona4j.model.Resource;
import io.github.persona4j.model.Verification;
import io.github.persona4j.paging.Page;
import io.github.persona4j.resource.Included;
import io.github.persona4j.resource.ToMany;
import io.github.persona4j.resource.ToOne;
import io.github.persona4j.search.Condition;
import io.github.persona4j.search.Search;
import io.github.persona4j.testing.FakePersona;
import io.github.persona4j.testing.InquiryFlow;
import io.github.persona4j.testing.KeyCasing;
import io.github.persona4j.testing.RecordedRequest;
import io.github.persona4j.testing.ReportOutcome;
import io.github.persona4j.testing.WebhookRequest;
import io.github.persona4j.testing.junit.FakePersonaExtension;
import io.github.persona4j.webhook.InMemoryProcessedEvents;
import io.github.persona4j.webhook.SenderAddresses;
import io.github.persona4j.webhook.WebhookEvent;
import io.github.persona4j.webhook.WebhookHandler;
import io.github.persona4j.webhook.WebhookResult;
import io.github.persona4j.webhook.WebhookVerifier;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The examples of the Javadoc, which docs/snippets.mjs writes there. */
class JavadocExamplesTest {
  private final FakePersona fake = FakePersona.start();
  private final String key = fake.apiKey();
  private final PersonaClient persona =
      PersonaClient.builder().apiKey(key).baseUrl(fake.baseUrl()).build();
  private final String inquiryId = fake.ids("inquiry").get(0);
  private final List<Object> shown = Collections.synchronizedList(new ArrayList<>());

  @AfterEach
  void stop() {
    persona.close();
    fake.close();
  }

  private void show(@Nullable Object value) {
    shown.add(String.valueOf(value));
  }

  private Inquiry inquiry() {
    return persona.inquiries().retrieve(inquiryId).data();
  }

  // ---- the client ----

  @Test
  void builder_setsTimeoutAndEnvironment() {
    // region client-builder
    PersonaClient persona =
        PersonaClient.builder()
            .apiKey(key)
            .callTimeout(Duration.ofSeconds(20)) // of a call with all its retries
            .expectEnvironment(Environment.SANDBOX, warning -> show(warning))
            .build();
    // endregion
    persona.close();
    assertThat(shown).isEmpty();
  }

  @Test
  void listenerAndLog_getEachCall() {
    // region call-listener
    CallListener listener =
        call -> show(call.operation() + " " + call.status() + " in " + call.duration().toMillis());
    // endregion
    // region request-log
    RequestLog log = RequestLog.to(line -> show(line));
    // endregion
    try (PersonaClient watched =
        PersonaClient.builder()
            .apiKey(key)
            .baseUrl(fake.baseUrl())
            .callListener(listener)
            .addInterceptor(log)
            .build()) {
      watched.events().list();
    }
    assertThat(shown).hasSize(3);
  }

  @Test
  void files_areStored(@TempDir Path folder) throws IOException {
    String id = inquiryId;
    // region download
    Path stored = persona.inquiries().print(id).saveAs(folder.resolve("inquiry.pdf"));
    // endregion
    assertThat(stored).isNotEmptyFile();
  }

  static Path photo(PersonaClient persona, String url, Path folder) throws IOException {
    // region files
    Path stored = persona.files().saveTo(url, folder); // named as the server says
    // endregion
    return stored;
  }

  // ---- pages ----

  @Test
  void page_hasItsNeighbours() {
    // region page
    Page<Inquiry> page = persona.inquiries().list(q -> q.pageSize(20)); // one request
    if (page.hasNext()) {
      Page<Inquiry> older = page.next(); // another one
      show(older.items());
    }
    // endregion
    assertThat(shown).hasSize(1);
  }

  @Test
  void pages_areItemsPagesAndStreams() {
    // region pages
    for (Event event : persona.events().listAll()) {
      show(event.id());
    }
    for (Page<Event> page : persona.events().listAll().pages()) {
      show(page.items().size());
      show(page.nextCursor()); // for pageAfter(...) in another run
    }
    List<String> ids = persona.events().listAll().limit(500).stream().map(Event::id).toList();
    // endregion
    assertThat(ids).hasSize(200);
    assertThat(shown).hasSize(204);
  }

  @Test
  void asyncPages_areFutures() {
    // region async-page
    CompletableFuture<Void> done =
        persona
            .async()
            .inquiries()
            .list()
            .thenCompose(page -> page.next())
            .thenAccept(page -> show(page.items()));
    // endregion
    done.join();
    // region async-pages
    CompletableFuture<Void> all =
        persona.async().events().listAll().forEach(event -> show(event.id()));
    // endregion
    all.join();
    assertThat(shown).hasSize(201);
  }

  // ---- waiting ----

  @Test
  void waiter_returnsTheResult() {
    String reportId =
        persona
            .reports()
            .createWatchlist(a -> a.query(q -> q.nameFirst("Ada").nameLast("Example")))
            .data()
            .id();
    String inquiryId = decided();
    // region waiter
    Report report = persona.waiter().untilReady(reportId);
    Inquiry inquiry = persona.waiter().timeout(Duration.ofMinutes(30)).untilDecided(inquiryId);
    // endregion
    assertThat(report.id()).isEqualTo(reportId);
    assertThat(inquiry.attributes().status()).isEqualTo(InquiryStatus.APPROVED);
    // region async-waiter
    CompletableFuture<Void> done =
        persona.waiter().async().untilReady(reportId).thenAccept(ready -> show(ready.id()));
    // endregion
    done.join();
    assertThat(shown).containsExactly(reportId);
  }

  private String decided() {
    String id = persona.inquiries().create(a -> a.inquiryTemplateId("itmpl_1")).data().id();
    fake.inquiry(id).start();
    fake.reviewer().approve(id);
    return id;
  }

  // ---- webhooks ----

  @Test
  void verifier_checksASignature() {
    WebhookRequest request =
        WebhookRequest.event("inquiry.approved").subject(inquiry().toJson()).sign("wbhsec_test");
    String secret = "wbhsec_test";
    byte[] body = request.body();
    String signature = request.signature();
    // region webhook-verifier
    WebhookVerifier verifier = WebhookVerifier.of(secret);
    verifier.verify(body, signature); // throws a WebhookSignatureException
    // endregion
    // region webhook-event
    WebhookEvent event = WebhookEvent.read(body);
    Optional<Inquiry> inquiry = event.subject(Inquiry.class);
    Optional<Account> account = inquiry.flatMap(each -> event.related(each.account()));
    // endregion
    assertThat(inquiry).isPresent();
    assertThat(account).isEmpty();
  }

  @Test
  void processedEvents_dropADuplicate() {
    String secret = "wbhsec_test";
    // region processed-events
    WebhookHandler webhook =
        WebhookHandler.builder()
            .verifier(WebhookVerifier.of(secret))
            .processedEvents(InMemoryProcessedEvents.of(10_000, Duration.ofMinutes(5)))
            .otherwise(event -> show(event.name()))
            .build();
    // endregion
    // region webhook-request
    WebhookRequest request =
        WebhookRequest.event("inquiry.approved")
            .subject("{\"type\":\"inquiry\",\"id\":\"inq_1\"}")
            .casing(KeyCasing.CAMEL)
            .sign(secret);
    WebhookResult result = webhook.handle(request.body(), request.headers());
    // endregion
    assertThat(result.outcome()).isEqualTo(WebhookResult.Outcome.HANDLED);
    assertThat(webhook.handle(request.body(), request.headers()).outcome())
        .isEqualTo(WebhookResult.Outcome.DUPLICATE);
    assertThat(shown).hasSize(1);
  }

  @Test
  void senders_areRanges() {
    // region sender-addresses
    SenderAddresses senders = SenderAddresses.of("192.0.2.0/24", "2001:db8::/32");
    boolean known = senders.contains("192.0.2.17");
    // endregion
    assertThat(known).isTrue();
  }

  // ---- models ----

  @Test
  void relationships_knowTheirTargets() {
    String id = inquiryId;
    // region resource-query
    InquiryResponse response =
        persona
            .inquiries()
            .retrieve(id, include(InquiryInclude.ACCOUNT, InquiryInclude.VERIFICATIONS));
    // endregion
    Inquiry inquiry = response.data();
    // region to-one
    ToOne<Account> account = inquiry.account();
    String accountId = account.id(); // null if the inquiry has no account
    Optional<Account> included = response.related(account);
    // endregion
    assertThat(included.map(Account::id)).hasValue(accountId);
    // region to-many
    ToMany<Verification> verifications = inquiry.verifications();
    List<String> ids = verifications.ids();
    List<Verification> all = response.related(verifications);
    // endregion
    assertThat(all).extracting(Verification::id).isEqualTo(ids);
    // region included
    Included<Resource> resources = Included.of(response.included());
    Optional<Account> found = resources.related(inquiry.account());
    // endregion
    assertThat(found).isEqualTo(included);
  }

  @Test
  void includes_mayBeNested() {
    String id = inquiryId;
    // region include
    InquiryResponse response =
        persona
            .inquiries()
            .retrieve(id, include(InquiryInclude.ACCOUNT.then(AccountInclude.ACCOUNT_TYPE)));
    // endregion
    assertThat(response.data().id()).isEqualTo(id);
  }

  @Test
  void search_combinesConditions() {
    // region search
    Search<Inquiry> search =
        where(
                InquirySearch.REFERENCE_ID.eq("user-42"),
                not(InquirySearch.STATUS.eq(InquiryStatus.EXPIRED)))
            .orderBy(InquirySearch.CREATED_AT.descending());
    // endregion
    assertThat(persona.inquiries().search(search).items()).isEmpty();
    Instant since = Instant.EPOCH;
    // region condition
    Condition<Inquiry> condition =
        or(
            InquirySearch.STATUS.eq(InquiryStatus.APPROVED),
            InquirySearch.CREATED_AT.gte(since.atOffset(java.time.ZoneOffset.UTC)));
    // endregion
    // region field-attributes
    Search<Account> loyal = where(AccountSearch.FIELDS.number("loyalty-level").gte(3));
    // endregion
    assertThat(persona.inquiries().search(where(condition)).items()).isNotEmpty();
    assertThat(loyal).isNotNull();
  }

  @Test
  void fields_areReadAsARecord() {
    CustomFieldValues fields =
        CustomFieldValues.builder()
            .set("loyalty-level", 3)
            .set("joined", LocalDate.of(2026, 1, 2))
            .build();
    // region field-values
    Integer level = fields.getInteger("loyalty-level");
    LocalDate joined = fields.getDate("joined"); // null if there is no such field
    // endregion
    // region field-values-as
    record Loyalty(Integer loyaltyLevel, @SerializedName("joined") LocalDate since) {}

    Loyalty loyalty = fields.as(Loyalty.class);
    // endregion
    assertThat(loyalty.loyaltyLevel()).isEqualTo(level).isEqualTo(3);
    assertThat(loyalty.since()).isEqualTo(joined);
  }

  @Test
  void codec_copiesAModel() throws Exception {
    Inquiry inquiry = inquiry();
    // region json-codec
    JsonCodec<Inquiry> codec = // null for a class that is no model
        Objects.requireNonNull(JsonCodec.of(Inquiry.class, ModelTypes.ALL));
    JsonCodec.Reading<Inquiry> reading = codec.reading();
    JsonCodec.write(inquiry, reading);
    Inquiry copy = reading.value();
    // endregion
    assertThat(copy).isEqualTo(inquiry);
  }

  @Test
  void unknownAttribute_isJson() {
    Inquiry inquiry =
        Inquiry.fromJson("{\"type\":\"inquiry\",\"id\":\"inq_1\",\"attributes\":{\"level\":3}}");
    // region json-value
    JsonValue level = inquiry.attributes().property("level"); // null if there is none
    if (level != null && !level.isNull()) {
      show(level.asLong());
    }
    // endregion
    assertThat(shown).containsExactly("3");
  }

  // ---- the fake ----

  @Test
  void fake_isAServer() {
    // region fake-persona
    try (FakePersona fake = FakePersona.builder().events(1_000).start();
        PersonaClient persona =
            PersonaClient.builder().apiKey(fake.apiKey()).baseUrl(fake.baseUrl()).build()) {
      show(persona.events().list().items());
    }
    // endregion
    assertThat(shown).hasSize(1);
  }

  @Test
  void flow_isThePerson() {
    String id = persona.inquiries().create(a -> a.inquiryTemplateId("itmpl_1")).data().id();
    // region inquiry-flow
    fake.inquiry(id).start().submit(governmentId(), selfie()).complete();
    // endregion
    InquiryFlow flow = fake.inquiry(id);
    // region reviewer
    fake.reviewer().approve(id);
    // endregion
    assertThat(flow.status()).isEqualTo("approved");
    // region report-outcome
    fake.reports("report/watchlist", ReportOutcome.match().after(Duration.ofSeconds(2)));
    // endregion
    // region fake-clock
    fake.clock().advance(Duration.ofDays(2)); // inquiries that are open expire
    // endregion
    // region recorded-request
    RecordedRequest request = fake.requests().get(0);
    show(request.method() + " " + request.bodyValue("/data/attributes/inquiry-template-id"));
    // endregion
    assertThat(shown).containsExactly("POST \"itmpl_1\"");
  }

  @Test
  void step_hasAResult() {
    String id = persona.inquiries().create(a -> a.inquiryTemplateId("itmpl_1")).data().id();
    InquiryFlow flow = fake.inquiry(id).start();
    // region verification-step
    flow.submit(governmentId().failed("id_expired_detection"));
    flow.submit(governmentId().attribute("name-first", "Ada"), selfie());
    // endregion
    assertThat(fake.ids("verification/government-id")).hasSizeGreaterThan(1);
  }

  // region fake-persona-extension
  @ExtendWith(FakePersonaExtension.class)
  static class InquiriesTest {
    @Test
    void newInquiry_isListed(FakePersona fake) {
      assertThat(fake.ids("inquiry")).isNotEmpty();
    }
  }
  // endregion
}
