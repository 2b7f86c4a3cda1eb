package io.github.persona4j.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.persona4j.testing.TestClient.TestResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FaultTest {
  private static final Duration DELAY = Duration.ofMillis(100);
  private static final String BODY = "{\"data\":{\"attributes\":{\"template-id\":\"t\"}}}";

  private final FakePersona persona = FakePersona.start();
  private final TestClient client = new TestClient(persona);

  @AfterEach
  void close() {
    persona.close();
  }

  @Test
  void queuedFaults_areAppliedInOrderOnceEach() throws IOException {
    persona.failNext(Fault.status(503), Fault.none());
    persona.failNext(Fault.status(409, "Stale object error"));

    TestResponse first = client.get("/events");
    assertThat(first.status()).isEqualTo(503);
    assertThat(first.error().get("title").getAsString()).isEqualTo("Service unavailable");
    assertThat(first.header("Request-Id")).isNotNull();
    assertThat(client.get("/events").status()).isEqualTo(200);
    assertThat(client.get("/events").error().get("title").getAsString())
        .isEqualTo("Stale object error");
    assertThat(client.get("/events").status()).isEqualTo(200);
  }

  @Test
  void retryAfterAndHeaders_areSent() throws IOException {
    persona.failNext(
        Fault.status(429).retryAfter(Duration.ofMillis(1_200)),
        Fault.none().header("Quota-Remaining", "0"));

    assertThat(client.get("/events").header("Retry-After")).isEqualTo("2");
    TestResponse regular = client.get("/events");
    assertThat(regular.status()).isEqualTo(200);
    assertThat(regular.header("Quota-Remaining")).isEqualTo("0");
  }

  @Test
  void gatewayFaults_haveNoHeadersOfTheApi() throws IOException {
    persona.failNext(Fault.html(502), Fault.body("{\"data\":"));

    TestResponse html = client.get("/events");
    assertThat(html.status()).isEqualTo(502);
    assertThat(html.header("Content-Type")).startsWith("text/html");
    assertThat(html.body()).startsWith("<!DOCTYPE html>");
    assertThat(html.header("Request-Id")).isNull();
    TestResponse broken = client.get("/events");
    assertThat(broken.status()).isEqualTo(200);
    assertThat(broken.body()).isEqualTo("{\"data\":");
  }

  @Test
  void droppedConnection_sendsNoResponseAndExecutesNothing() throws IOException {
    persona.failNext(Fault.dropConnection());

    assertThatThrownBy(() -> client.post("/inquiries", BODY, "Idempotency-Key", "k"))
        .isInstanceOf(IOException.class);
    assertThat(persona.requests()).hasSize(1);
    assertThat(client.get("/inquiries?page%5Bsize%5D=100").ids()).hasSize(25);
  }

  @Test
  void lostResponse_isReplayedUnderTheSameKey() throws IOException {
    persona.failNext(Fault.dropConnection().afterExecution(), Fault.html(504).afterExecution());

    assertThatThrownBy(() -> client.post("/inquiries", BODY, "Idempotency-Key", "k"))
        .isInstanceOf(IOException.class);
    assertThat(client.post("/inquiries", BODY, "Idempotency-Key", "k").status()).isEqualTo(504);
    assertThat(client.post("/inquiries", BODY, "Idempotency-Key", "k").status()).isEqualTo(201);
    assertThat(client.get("/inquiries?page%5Bsize%5D=100").ids()).hasSize(26);
  }

  @Test
  void failureAfterExecution_isStoredThoughTheInquiryExists() throws IOException {
    persona.failNext(Fault.status(500).afterExecution());

    assertThat(client.post("/inquiries", BODY, "Idempotency-Key", "k").status()).isEqualTo(500);
    assertThat(client.post("/inquiries", BODY, "Idempotency-Key", "k").status()).isEqualTo(500);
    assertThat(client.get("/inquiries?page%5Bsize%5D=100").ids()).hasSize(26);
  }

  @Test
  void truncatedBody_endsBeforeItsContentLength() {
    persona.failNext(Fault.truncatedBody());

    assertThatThrownBy(() -> client.get("/events")).isInstanceOf(IOException.class);
  }

  @Test
  void delay_postponesTheRegularResponse() throws IOException {
    persona.failNext(Fault.delay(Duration.ofMillis(150)));
    long begin = System.nanoTime();

    assertThat(client.get("/events").status()).isEqualTo(200);
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(140));
  }

  @Test
  void errorWithCodePointerAndDetails_isInTheFormatOfTheApi() throws IOException {
    persona.failNext(
        Fault.status(422).error("invalid_value", "/data/attributes/birthdate").details("Bad day."));

    TestResponse response = client.post("/inquiries", BODY);

    assertThat(response.status()).isEqualTo(422);
    assertThat(response.header("Request-Id")).isNotNull();
    assertThat(response.error())
        .hasToString(
            "{\"title\":\"Unprocessable entity\",\"code\":\"invalid_value\","
                + "\"source\":{\"pointer\":\"/data/attributes/birthdate\"},"
                + "\"details\":\"Bad day.\"}");
  }

  @Test
  void errorWithABodyOfItsOwn_isStoredUnderTheKey() throws IOException {
    persona.failNext(Fault.status(409).json("{\"error\":\"other\"}"));

    for (int i = 0; i < 2; i++) {
      TestResponse response = client.post("/inquiries", BODY, "Idempotency-Key", "k");
      assertThat(response.status()).isEqualTo(409);
      assertThat(response.body()).isEqualTo("{\"error\":\"other\"}");
    }
  }

  @Test
  void gatewayBodyAndContentType_areAsSet() throws IOException {
    persona.failNext(
        Fault.body(503, "text/plain", "upstream"), Fault.contentType("text/html").after(DELAY));

    TestResponse gateway = client.get("/events");
    assertThat(gateway.status()).isEqualTo(503);
    assertThat(gateway.header("Content-Type")).isEqualTo("text/plain");
    assertThat(gateway.body()).isEqualTo("upstream");
    long begin = System.nanoTime();
    TestResponse regular = client.get("/events");
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(DELAY.minusMillis(10));
    assertThat(regular.status()).isEqualTo(200);
    assertThat(regular.header("Content-Type")).isEqualTo("text/html");
    assertThat(regular.ids()).hasSize(10);
  }

  @Test
  void ruleForAnOperation_leavesOthersAlone() throws IOException {
    persona.faults().on("get /events/{id}").times(2).fail(Fault.status(500));
    String id = client.get("/events").ids().get(0);

    assertThat(client.get("/inquiries").status()).isEqualTo(200);
    assertThat(client.get("/events/" + id).status()).isEqualTo(500);
    assertThat(client.get("/events").status()).isEqualTo(200);
    assertThat(client.get("/events/" + id).status()).isEqualTo(500);
    assertThat(client.get("/events/" + id).status()).isEqualTo(200);
  }

  @Test
  void ruleWithSeveralFaults_usesThemInTurnAfterTheFirstRequests() throws IOException {
    persona.faults().on("* /events").after(1).fail(Fault.status(500), Fault.html(502));
    persona.failNext(Fault.status(408));

    List<Integer> statuses = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      statuses.add(client.get("/events").status());
    }
    persona.faults().clear();

    assertThat(statuses).containsExactly(408, 200, 500, 502, 500);
    assertThat(client.get("/events").status()).isEqualTo(200);
  }

  @Test
  void ruleWithAProbability_failsTheSameRequestsForTheSameSeed() throws IOException {
    List<List<Integer>> runs = new ArrayList<>();
    for (int seed : List.of(1, 1, 2)) {
      try (FakePersona fake = FakePersona.builder().seed(seed).start()) {
        fake.faults().onAny().probability(0.3).fail(Fault.status(503));
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
          statuses.add(new TestClient(fake).get("/events").status());
        }
        runs.add(statuses);
      }
    }

    assertThat(runs.get(0)).isEqualTo(runs.get(1)).isNotEqualTo(runs.get(2));
    assertThat(runs.get(0).stream().filter(status -> status == 503)).hasSizeBetween(8, 30);
  }

  @Test
  void invalidRules_areRejected() {
    Faults faults = persona.faults();
    for (String operation :
        List.of(
            "", "events", "GET events", "/events", "GET /events?x=1", "GET  /e", "G3T /events")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> faults.on(operation))
          .withMessageStartingWith("operation: must be a method and a path");
    }
    assertThatIllegalArgumentException().isThrownBy(() -> faults.onAny().after(-1));
    assertThatIllegalArgumentException().isThrownBy(() -> faults.onAny().times(0));
    assertThatIllegalArgumentException().isThrownBy(() -> faults.onAny().probability(1.1));
    assertThatIllegalArgumentException().isThrownBy(() -> faults.onAny().probability(Double.NaN));
    assertThatIllegalArgumentException().isThrownBy(() -> faults.onAny().fail());
  }

  @Test
  void settingsForErrorsOfTheApi_areRejectedForOtherFaults() {
    assertThatIllegalStateException().isThrownBy(() -> Fault.html(502).error("c", "/"));
    assertThatIllegalStateException().isThrownBy(() -> Fault.none().details("d"));
    assertThatIllegalStateException().isThrownBy(() -> Fault.body("{}").json("{}"));
    assertThatIllegalStateException()
        .isThrownBy(() -> Fault.status(400).json("{\"errors\":[]}").details("d"));
  }

  @Test
  void invalidArguments_areRejectedByTheFactories() {
    assertThatIllegalArgumentException().isThrownBy(() -> Fault.status(200));
    assertThatIllegalArgumentException().isThrownBy(() -> Fault.html(204));
    assertThatIllegalArgumentException().isThrownBy(() -> Fault.body(304, "text/plain", ""));
    assertThatIllegalArgumentException().isThrownBy(() -> Fault.contentType("a\nb"));
    assertThatIllegalArgumentException().isThrownBy(() -> Fault.delay(Duration.ofMillis(-1)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Fault.status(429).retryAfter(Duration.ofMillis(-1)));
    assertThatIllegalArgumentException().isThrownBy(() -> Fault.none().header("", "1"));
    assertThatIllegalArgumentException().isThrownBy(() -> Fault.none().header("X\r\nY", "1"));
    assertThatIllegalArgumentException().isThrownBy(() -> Fault.none().header("X: Y", "1"));
    assertThatIllegalArgumentException().isThrownBy(() -> Fault.none().header("X", "1\r\nY: 2"));
    assertThat(Fault.status(503).afterExecution())
        .hasToString("Fault[api_response 503 after execution]");
  }
}
