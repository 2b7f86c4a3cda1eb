package io.github.persona4j.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.persona4j.OAuthCredentials;
import io.github.persona4j.PersonaClient;
import io.github.persona4j.error.AuthenticationException;
import io.github.persona4j.error.UnprocessableEntityException;
import io.github.persona4j.model.Event;
import io.github.persona4j.model.EventName;
import io.github.persona4j.model.Inquiry;
import io.github.persona4j.model.InquiryResponse;
import io.github.persona4j.paging.Page;
import io.github.persona4j.request.RequestOptions;
import io.github.persona4j.response.ApiResponse;
import io.github.persona4j.testing.FakePersona;
import io.github.persona4j.testing.Fault;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everyday tasks, as they are meant to be written, and the requests that they send. */
class EverydayTasksTest {
  private static final String INQUIRY = "{\"data\":{\"type\":\"inquiry\",\"id\":\"inq_1\"}}";

  private final String id = "inq_1";
  private FakePersona fake;
  private PersonaClient persona;

  @BeforeEach
  void start() {
    // region fake
    fake = FakePersona.start();
    persona = PersonaClient.builder().apiKey(fake.apiKey()).baseUrl(fake.baseUrl()).build();
    // endregion
  }

  @AfterEach
  void stop() {
    persona.close();
    fake.close();
  }

  private void respond(String body) {
    fake.failNext(Fault.body(body));
  }

  /** The method, the path and the body of the last request. */
  private String sent() {
    var last = fake.requests().get(fake.requests().size() - 1);
    return last.method() + " " + last.path().replace("/api/v1", "") + " " + last.bodyText();
  }

  // ---- client ----

  @Test
  void credentials_areAskedForEachAttempt() {
    AtomicReference<String> vault = new AtomicReference<>("persona_sandbox_old");
    try (PersonaClient rotating =
        PersonaClient.builder()
            .credentials(() -> Objects.requireNonNull(vault.get()))
            .baseUrl(fake.baseUrl())
            .build()) {
      assertThatExceptionOfType(AuthenticationException.class)
          .isThrownBy(() -> rotating.events().list());
      vault.set(fake.apiKey());
      assertThat(rotating.events().list().items()).isNotEmpty();
    }
  }

  @Test
  void oauthCredentials_fetchTheTokenWhenItIsNeeded() throws Exception {
    KeyPairGenerator keys = KeyPairGenerator.getInstance("EC");
    keys.initialize(256);
    PrivateKey privateKey = keys.generateKeyPair().getPrivate();
    fake.failNext(Fault.body("{\"access-token\":\"" + fake.apiKey() + "\",\"expires-in\":900}"));
    try (PersonaClient app =
        PersonaClient.builder()
            .credentials(
                OAuthCredentials.clientCredentials("client_1", privateKey).scopes("inquiry.read"))
            .baseUrl(fake.baseUrl())
            .build()) {
      app.inquiries().list();
      app.inquiries().list();
    }
    assertThat(fake.requests())
        .extracting(request -> request.path().replace("/api/v1", ""))
        .containsExactly("/oauth/token", "/inquiries", "/inquiries");
  }

  // ---- files ----

  @Test
  void printsAndLinks_areSavedAlike(@TempDir Path folder) throws Exception {
    fake.failNext(Fault.body("%PDF-1.7").header("Content-Type", "application/pdf"));
    persona.inquiries().print(id).saveAs(folder.resolve("inquiry.pdf"));
    assertThat(folder.resolve("inquiry.pdf")).hasContent("%PDF-1.7");

    String origin = fake.baseUrl().replaceFirst("/api/.*", "");
    try (PersonaClient files =
        PersonaClient.builder().baseUrl(fake.baseUrl()).allowFilesFrom(origin).build()) {
      fake.failNext(
          Fault.body("photo").header("Content-Disposition", "attachment; filename=a.jpg"));
      Path photo = files.files().saveTo(origin + "/photos/1", folder);
      assertThat(photo).isEqualTo(folder.resolve("a.jpg")).hasContent("photo");
    }
  }

  // ---- errors ----

  @Test
  void errors_sayWhatToDo() {
    assertThatExceptionOfType(UnprocessableEntityException.class)
        .isThrownBy(
            () ->
                persona.inquiries().create(a -> a.inquiryTemplateId("itmpl_1").redirectUri("done")))
        .withMessageMatching(
            "POST /api/v1/inquiries failed with 422 \\[invalid_value at"
                + " /data/attributes/redirect-uri], request \\S+, not retried");

    fake.failNext(Fault.status(401));
    assertThatExceptionOfType(AuthenticationException.class)
        .isThrownBy(() -> persona.events().list())
        .withMessageStartingWith(
            "GET /api/v1/events failed with 401; check the API key (a sandbox key is in use),"
                + " request ");
  }

  // ---- list ----

  @Test
  void listAll_iteratesItemsOfAllPages() {
    int approved = 0;
    for (Event event :
        persona.events().listAll(q -> q.filterName(EventName.INQUIRY_APPROVED).pageSize(10))) {
      assertThat(event.attributes().name()).isEqualTo(EventName.INQUIRY_APPROVED);
      approved++;
    }
    assertThat(approved).isPositive();

    List<String> first = persona.inquiries().listAll().stream().map(Inquiry::id).limit(5).toList();
    assertThat(first).hasSize(5).doesNotHaveDuplicates();
  }

  @Test
  void pages_haveTheirCursor() {
    List<String> cursors = new ArrayList<>();
    for (Page<Inquiry> page : persona.inquiries().listAll(q -> q.pageSize(10)).pages()) {
      cursors.add(page.nextCursor());
    }
    assertThat(cursors).hasSize(3).doesNotHaveDuplicates().endsWith((String) null);
  }

  // ---- create, update, act ----

  @Test
  void create_takesAttributesAndMeta() {
    // region create
    Inquiry inquiry =
        persona
            .inquiries()
            .create(
                a ->
                    a.inquiryTemplateId("itmpl_1")
                        .fields(
                            f ->
                                f.nameFirst("Ada")
                                    .birthdate(LocalDate.of(1985, 12, 10))
                                    .set("loyalty-level", 3)),
                m -> m.autoCreateAccountReferenceId("user-42"))
            .data();
    // endregion
    assertThat(inquiry.id()).startsWith("inq_");
    assertThat(sent())
        .isEqualTo(
            "POST /inquiries {\"data\":{\"attributes\":{\"inquiry-template-id\":\"itmpl_1\","
                + "\"fields\":{\"name-first\":\"Ada\","
                + "\"birthdate\":\"1985-12-10\",\"loyalty-level\":3}}},"
                + "\"meta\":{\"auto-create-account-reference-id\":\"user-42\"}}");

    persona
        .inquiries()
        .create(a -> a.inquiryTemplateId("itmpl_1"), m -> m.autoCreateOneTimeLink(true));
    assertThat(sent())
        .isEqualTo(
            "POST /inquiries {\"data\":{\"attributes\":{\"inquiry-template-id\":\"itmpl_1\"}},"
                + "\"meta\":{\"auto-create-one-time-link\":true}}");
  }

  @Test
  void lambda_mayHaveConditions() {
    boolean isKnown = true;
    String account = persona.accounts().create(a -> a.referenceId("user-42")).data().id();

    persona
        .inquiries()
        .create(
            a -> {
              a.inquiryTemplateId("itmpl_1");
              if (isKnown) {
                a.accountId(account);
              }
            });

    assertThat(sent())
        .endsWith("{\"inquiry-template-id\":\"itmpl_1\",\"account-id\":\"" + account + "\"}}}");
  }

  @Test
  void update_clearsOnlyWhatIsCleared() {
    respond(INQUIRY);

    // region update
    persona.inquiries().update(id, a -> a.note("called back").clearRedirectUri());
    // endregion

    assertThat(sent())
        .isEqualTo(
            "PATCH /inquiries/inq_1 {\"data\":{\"attributes\":{\"note\":\"called back\","
                + "\"redirect-uri\":null}}}");
  }

  @Test
  @SuppressWarnings("NullAway") // meta is there
  void actions_takeTheirValue() {
    respond(INQUIRY);
    persona.inquiries().approve(id);
    assertThat(sent()).isEqualTo("POST /inquiries/inq_1/approve {\"meta\":{}}");

    respond(INQUIRY);
    // region approve
    persona.inquiries().approve(id, "checked by phone");
    // endregion
    assertThat(sent())
        .isEqualTo("POST /inquiries/inq_1/approve {\"meta\":{\"comment\":\"checked by phone\"}}");

    respond(INQUIRY);
    persona.inquiries().addTag(id, "vip");
    assertThat(sent()).isEqualTo("POST /inquiries/inq_1/add-tag {\"meta\":{\"tag-name\":\"vip\"}}");

    respond("{\"data\":{\"type\":\"case\",\"id\":\"case_1\"}}");
    persona.cases().setTags("case_1", List.of("vip", "new"));
    assertThat(sent()).endsWith("{\"meta\":{\"tag-name\":[\"vip\",\"new\"]}}");

    respond(
        "{\"data\":{\"type\":\"inquiry\",\"id\":\"inq_1\"},\"meta\":{\"one-time-link\":\"https://l\"}}");
    String link = persona.inquiries().generateOneTimeLink(id).meta().oneTimeLink();
    assertThat(link).isEqualTo("https://l");
  }

  @Test
  void report_hasAMethodForEachKind() {
    respond("{\"data\":{\"type\":\"report/watchlist\",\"id\":\"rep_1\"}}");

    persona.reports().createWatchlist(a -> a.query(q -> q.nameFirst("Ada").nameLast("Example")));

    assertThat(sent())
        .isEqualTo(
            "POST /reports {\"data\":{\"type\":\"report/watchlist\",\"attributes\":{\"query\":"
                + "{\"name-first\":\"Ada\",\"name-last\":\"Example\"}}}}");
  }

  @Test
  void options_needNoQuery() {
    respond(INQUIRY);
    RequestOptions options = RequestOptions.builder().callTimeout(Duration.ofSeconds(5)).build();

    assertThat(persona.inquiries().retrieve(id, options).data().id()).isEqualTo(id);
  }

  @Test
  void list_takesItsQueryFromALambda() {
    Page<Inquiry> page = persona.inquiries().list(q -> q.filterReferenceId("user-42").pageSize(1));

    assertThat(page.items()).isEmpty();
    assertThat(fake.requests().get(0).queryParameter("filter[reference-id]")).isEqualTo("user-42");
  }

  // ---- asynchronous and raw ----

  @Test
  void asyncAndRaw_haveTheSameMethods() {
    respond(INQUIRY);
    CompletableFuture<InquiryResponse> later = persona.async().inquiries().retrieve(id);
    assertThat(later.join().data().id()).isEqualTo(id);

    respond(INQUIRY);
    ApiResponse<InquiryResponse> raw = persona.raw().inquiries().retrieve(id);
    assertThat(raw.status()).isEqualTo(200);
    assertThat(raw.body().data().id()).isEqualTo(id);
  }
}
