package io.github.persona4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.persona4j.error.NotFoundException;
import io.github.persona4j.model.Account;
import io.github.persona4j.model.Case;
import io.github.persona4j.model.GovernmentIdVerification;
import io.github.persona4j.model.Inquiry;
import io.github.persona4j.model.ListItem;
import io.github.persona4j.model.Resource;
import io.github.persona4j.model.ShareToken;
import io.github.persona4j.model.Transaction;
import io.github.persona4j.model.Verification;
import io.github.persona4j.operations.AsyncOperations;
import io.github.persona4j.request.RequestOptions;
import io.github.persona4j.resource.Retrievable;
import io.github.persona4j.resource.ToMany;
import io.github.persona4j.resource.ToOne;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Targets of relationships, retrieved with requests of their own. */
class FetchTest {
  private MockApi api;
  private PersonaClient client;

  @BeforeEach
  void start() throws Exception {
    api = new MockApi();
    client = api.client();
  }

  @AfterEach
  void stop() {
    api.close();
  }

  private static String target(String type, String id) {
    return "{\"type\":\"" + type + "\",\"id\":\"" + id + "\"}";
  }

  private static Inquiry inquiry(String name, String data) {
    return Inquiry.fromJson("{\"relationships\":{\"" + name + "\":{\"data\":" + data + "}}}");
  }

  private static ToOne<Resource> anything(String type) {
    return ShareToken.fromJson(
            "{\"relationships\":{\"source\":{\"data\":" + target(type, "x_1") + "}}}")
        .source();
  }

  private void respondWithTheResource(String type) {
    api.respond(200, "{\"data\":{\"type\":\"" + type + "\",\"id\":\"x_1\",\"attributes\":{}}}");
  }

  /** Responds with the resource whose ID is the last segment of the path. */
  private void respondWithVerifications() {
    api.server()
        .setDispatcher(
            new Dispatcher() {
              @Override
              public MockResponse dispatch(RecordedRequest request) {
                String path = request.getUrl().encodedPath();
                String id = path.substring(path.lastIndexOf('/') + 1);
                return new MockResponse.Builder()
                    .body("{\"data\":" + target("verification/government-id", id) + "}")
                    .build();
              }
            });
  }

  @ParameterizedTest
  @CsvSource({
    "account, accounts",
    "account-type, account-types",
    "api-key, api-keys",
    "api-log, api-logs",
    "case, cases",
    "case-template, case-templates",
    "connect/connection, connect/connections",
    "connect/share-token, connect/share-tokens",
    "device, devices",
    "document/generic, documents",
    "document/government-id, documents",
    "document/government-id-nfc, documents",
    "document/of-the-future, documents",
    "event, events",
    "graph-query, graph-queries",
    "importer/account, importers",
    "importer/list-item/name, importers",
    "inquiry, inquiries",
    "inquiry-session, inquiry-sessions",
    "inquiry-template, inquiry-templates",
    "list-item/browser-fingerprint, list-item/browser-fingerprints",
    "list-item/country, list-item/countries",
    "list-item/device-fingerprint, list-item/device-fingerprints",
    "list-item/email-address, list-item/email-addresses",
    "list-item/field, list-item/fields",
    "list-item/geolocation, list-item/geolocations",
    "list-item/government-id-number, list-item/government-id-numbers",
    "list-item/ip-address, list-item/ip-addresses",
    "list-item/name, list-item/names",
    "list-item/phone-number, list-item/phone-numbers",
    "list-item/string, list-item/strings",
    "list/name, lists",
    "report/watchlist, reports",
    "report/integration/sentilink-scores, reports",
    "theme-set, theme-sets",
    "transaction, transactions",
    "transaction-type, transaction-types",
    "user-audit-log, user-audit-logs",
    "verification/government-id, verifications",
    "verification/selfie, verifications",
    "verification/of-the-future, verifications",
    "webhook, webhooks",
    "workflow-run, workflow-runs",
  })
  void retrievableTarget_isFetchedWithOneGet(String type, String path) throws Exception {
    respondWithTheResource(type);

    Resource resource = client.fetchAny(anything(type)).orElseThrow();

    RecordedRequest request = api.request();
    assertThat(request.getMethod()).isEqualTo("GET");
    assertThat(request.getUrl().encodedPath()).isEqualTo("/api/v1/" + path + "/x_1");
    assertThat(request.getUrl().encodedQuery()).isNull();
    assertThat(api.server().getRequestCount()).isEqualTo(1);
    assertThat(resource.type()).isEqualTo(type);
    assertThat(resource.id()).isEqualTo("x_1");
    assertThat(resource).isInstanceOf(Retrievable.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "account-status",
        "case-comment",
        "case-queue",
        "document-file",
        "importer-pipeline",
        "importer-pipeline-run",
        "inquiry-template-translations",
        "inquiry-template-version",
        "list-item/of-the-future",
        "network",
        "report-template/watchlist",
        "selfie/center-only",
        "template",
        "transaction-label",
        "user",
        "user-session",
        "verification-template/selfie",
        "workflow",
        "workflow-deployment",
        "workflow-version",
        "hologram",
        "hologram/x",
        ""
      })
  void targetWithoutAnOperation_isRefusedByName(String type) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> client.fetchAny(anything(type)))
        .withMessage("relationship: no operation retrieves a resource of the type " + type);
    assertThat(api.server().getRequestCount()).isZero();
    Resource target = Resource.TYPE.fromJson(target(type, "x_1"), true);
    // Each type of list items has an operation of its own, so a new one has none here.
    assertThat(target instanceof Retrievable).isEqualTo(target instanceof ListItem.Unknown);
  }

  @Test
  void knownTarget_isReturnedAsItsClass() throws Exception {
    respondWithTheResource("account");
    Inquiry inquiry = inquiry("account", target("account", "act_1"));

    Optional<Account> account = client.fetch(inquiry.account());

    assertThat(account).map(Account::id).hasValue("x_1");
    assertThat(api.request().getUrl().encodedPath()).isEqualTo("/api/v1/accounts/act_1");
  }

  @Test
  void unknownMemberOfAUnion_isReturnedAsItsUnknown() {
    respondWithTheResource("verification/of-the-future");
    Inquiry inquiry =
        inquiry("verifications", "[" + target("verification/of-the-future", "x_1") + "]");

    assertThat(client.fetchAll(inquiry.verifications()))
        .singleElement()
        .isInstanceOf(Verification.Unknown.class);
  }

  @Test
  void emptyRelationship_sendsNothing() {
    Inquiry none = inquiry("account", "null");

    assertThat(client.fetch(none.account())).isEmpty();
    assertThat(client.fetchAny(none.reviewer())).isEmpty();
    assertThat(client.fetchAll(none.verifications())).isEmpty();
    assertThat(client.fetchAny(Transaction.fromJson("{}").relatedObjects())).isEmpty();
    assertThat(api.server().getRequestCount()).isZero();
  }

  @Test
  void toMany_isFetchedWithOneGetForEachTargetInItsOrder() throws Exception {
    respondWithVerifications();
    Inquiry inquiry =
        inquiry(
            "verifications",
            "[%s,%s,%s]"
                .formatted(
                    target("verification/government-id", "ver_3"),
                    target("verification/government-id", "ver_1"),
                    target("verification/government-id", "ver_2")));

    List<Verification> verifications = client.fetchAll(inquiry.verifications());

    assertThat(verifications)
        .hasOnlyElementsOfType(GovernmentIdVerification.class)
        .extracting(Verification::id)
        .containsExactly("ver_3", "ver_1", "ver_2");
    assertThat(verifications).isUnmodifiable();
    assertThat(api.request().getUrl().encodedPath()).isEqualTo("/api/v1/verifications/ver_3");
    assertThat(api.server().getRequestCount()).isEqualTo(3);
  }

  @Test
  void targetOfAnotherResource_isRefusedByNameBeforeAnythingIsSent() {
    Inquiry inquiry = inquiry("account", target("transaction", "txn_1"));
    Case open =
        Case.fromJson(
            "{\"relationships\":{\"accounts\":{\"data\":[%s,%s]}}}"
                .formatted(target("account", "act_1"), target("verification/selfie", "ver_1")));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> client.fetch(inquiry.account()))
        .withMessage(
            "relationship: a target has the type transaction, which is not that of Account");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> client.fetchAll(open.accounts()))
        .withMessageContaining("verification/selfie");
    assertThat(api.server().getRequestCount()).isZero();
  }

  @Test
  void invalidId_isRefusedBeforeAnythingIsSent() {
    for (String id : List.of("", " ", "..")) {
      Inquiry inquiry = inquiry("account", target("account", id));

      assertThatIllegalArgumentException().isThrownBy(() -> client.fetch(inquiry.account()));
    }
    assertThat(api.server().getRequestCount()).isZero();
  }

  @Test
  void options_applyToEachRequest() throws Exception {
    RequestOptions options = RequestOptions.builder().header("X-Trace", "7").build();
    respondWithTheResource("account");
    client.fetch(inquiry("account", target("account", "x_1")).account(), options);
    assertThat(api.request().getHeaders().get("X-Trace")).isEqualTo("7");

    respondWithTheResource("user-audit-log");
    client.fetchAny(anything("user-audit-log"), options);
    assertThat(api.request().getHeaders().get("X-Trace")).isEqualTo("7");

    respondWithVerifications();
    client.fetchAll(
        inquiry("verifications", "[" + target("verification/selfie", "x_1") + "]").verifications(),
        options);
    assertThat(api.request().getHeaders().get("X-Trace")).isEqualTo("7");
  }

  @Test
  void missingTarget_isANotFoundException() {
    api.respond(404, "{\"errors\":[{\"title\":\"Record not found\"}]}");

    assertThatThrownBy(() -> client.fetch(inquiry("account", target("account", "x_1")).account()))
        .isInstanceOf(NotFoundException.class);
  }

  @Test
  @SuppressWarnings("NullAway")
  void nullArgument_isRefusedByName() {
    assertThatNullPointerException()
        .isThrownBy(() -> client.fetch((ToOne<Account>) null))
        .withMessage("relationship");
    assertThatNullPointerException()
        .isThrownBy(() -> client.fetch(Inquiry.fromJson("{}").account(), null))
        .withMessage("options");
  }

  @Test
  void everyForm_withoutWaiting_returnsWhatTheBlockingOneReturns() throws Exception {
    RequestOptions options = RequestOptions.builder().header("X-Trace", "7").build();
    AsyncOperations async = client.async();
    ToOne<Account> one = inquiry("account", target("account", "x_1")).account();
    ToMany<Verification> many =
        inquiry("verifications", verifications("ver_3", "ver_1")).verifications();
    ToMany<Resource> mixed =
        Transaction.fromJson(
                "{\"relationships\":{\"related-objects\":{\"data\":"
                    + verifications("ver_1", "ver_2")
                    + "}}}")
            .relatedObjects();

    respondWithTheResource("account");
    respondWithTheResource("account");
    assertThat(async.fetch(one).join()).map(Account::id).hasValue("x_1");
    assertThat(async.fetch(one, options).join()).map(Account::id).hasValue("x_1");
    assertThat(api.request().getHeaders().get("X-Trace")).isNull();
    assertThat(api.request().getHeaders().get("X-Trace")).isEqualTo("7");
    respondWithTheResource("case");
    respondWithTheResource("case");
    assertThat(async.fetchAny(anything("case")).join()).map(Resource::id).hasValue("x_1");
    assertThat(async.fetchAny(anything("case"), options).join()).isPresent();
    assertThat(api.request().getHeaders().get("X-Trace")).isNull();
    assertThat(api.request().getHeaders().get("X-Trace")).isEqualTo("7");

    respondWithVerifications();
    assertThat(async.fetchAll(many).join())
        .isUnmodifiable()
        .extracting(Verification::id)
        .containsExactly("ver_3", "ver_1");
    assertThat(async.fetchAll(many, options).join()).hasSize(2);
    assertThat(async.fetchAny(mixed).join())
        .extracting(Resource::id)
        .containsExactly("ver_1", "ver_2");
    assertThat(async.fetchAny(mixed, options).join()).hasSize(2);
    for (String expected : new @Nullable String[] {null, null, "7", "7", null, null, "7", "7"}) {
      assertThat(api.request().getHeaders().get("X-Trace")).isEqualTo(expected);
    }
  }

  private static String verifications(String... ids) {
    return Arrays.stream(ids)
        .map(id -> target("verification/government-id", id))
        .collect(Collectors.joining(",", "[", "]"));
  }

  @Test
  void emptyRelationship_withoutWaiting_sendsNothing() {
    Inquiry none = inquiry("account", "null");

    assertThat(client.async().fetch(none.account()).join()).isEmpty();
    assertThat(client.async().fetchAll(none.verifications()).join()).isEmpty();
    assertThat(api.server().getRequestCount()).isZero();
  }

  @Test
  void invalidTarget_withoutWaiting_isRefusedBeforeAnythingIsSent() {
    Inquiry inquiry =
        inquiry(
            "verifications",
            "[" + target("verification/selfie", "ver_1") + "," + target("account", "act_1") + "]");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> client.async().fetchAll(inquiry.verifications()))
        .withMessage(
            "relationship: a target has the type account, which is not that of Verification");
    assertThat(api.server().getRequestCount()).isZero();
  }

  @Test
  void failure_withoutWaiting_endsTheSequence() {
    respondWithTheResource("verification/government-id");
    api.respond(404, "{\"errors\":[{\"title\":\"Record not found\"}]}");
    Inquiry inquiry = inquiry("verifications", verifications("x_1", "ver_2", "ver_3"));

    CompletableFuture<List<Verification>> later = client.async().fetchAll(inquiry.verifications());

    assertThatThrownBy(later::join).hasCauseInstanceOf(NotFoundException.class);
    assertThat(api.server().getRequestCount()).isEqualTo(2);
  }

  @Test
  void cancelledSequence_cancelsItsRequest_andSendsNoOther() throws Exception {
    CompletableFuture<CallReport> ended = new CompletableFuture<>();
    api.respond(new MockResponse.Builder().onResponseStart(SocketEffect.Stall.INSTANCE));
    Inquiry inquiry = inquiry("verifications", verifications("ver_1", "ver_2"));
    try (PersonaClient listened = api.builder().callListener(ended::complete).build()) {
      CompletableFuture<List<Verification>> later =
          listened.async().fetchAll(inquiry.verifications());
      api.request();

      later.cancel(true);

      assertThat(ended.get(10, TimeUnit.SECONDS).failure()).isEqualTo(CallReport.Failure.STOPPED);
      assertThat(api.server().getRequestCount()).isEqualTo(1);
    }
  }

  @Test
  void executorThatRejects_failsTheFuture() {
    respondWithVerifications();
    Inquiry inquiry = inquiry("verifications", verifications("ver_1", "ver_2"));
    Executor rejecting =
        action -> {
          throw new RejectedExecutionException("shut down");
        };
    try (PersonaClient rejected = api.builder().continuationExecutor(rejecting).build()) {
      CompletableFuture<List<Verification>> later =
          rejected.async().fetchAll(inquiry.verifications());

      assertThatThrownBy(() -> later.orTimeout(10, TimeUnit.SECONDS).join())
          .hasCauseInstanceOf(RejectedExecutionException.class);
    }
  }
}
