package io.github.persona4j.testing.assertj;

import static io.github.persona4j.testing.assertj.PersonaAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.persona4j.testing.FakePersona;
import io.github.persona4j.testing.Fault;
import io.github.persona4j.testing.RecordedRequest;
import io.github.persona4j.testing.Webhooks;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FakePersonaAssertTest {
  private static final String BODY =
      "{\"data\":{\"attributes\":{\"inquiry-template-id\":\"itmpl_x\",\"tags\":[\"a\",\"b\"]}}}";

  private final FakePersona persona = FakePersona.start();

  @BeforeEach
  void sendRequests() throws IOException, InterruptedException {
    HttpClient client = HttpClient.newHttpClient();
    for (String key : new String[] {"k1", "k2"}) {
      HttpRequest create =
          request("/inquiries?include=account")
              .header("Idempotency-Key", key)
              .POST(BodyPublishers.ofString(BODY))
              .build();
      client.send(create, BodyHandlers.discarding());
    }
    client.send(request("/inquiries/inq_none").build(), BodyHandlers.discarding());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(persona.baseUrl() + path))
        .header("Authorization", "Bearer " + persona.apiKey());
  }

  @AfterEach
  void close() {
    persona.close();
  }

  private static void assertFails(ThrowingCallable assertion, String... parts) {
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(assertion)
        .satisfies(e -> org.assertj.core.api.Assertions.assertThat(e.getMessage()).contains(parts));
  }

  @Test
  void receivedRequests_pass() {
    assertThat(persona)
        .received("POST /inquiries")
        .times(2)
        .withHeader("idempotency-key")
        .withHeader("Authorization", "Bearer ***")
        .withoutHeader("Key-Inflection")
        .withQuery("include", "account")
        .withBodyValue("/data/attributes/tags/1", "\"b\"")
        .withBodyValue(
            "/data",
            "{\"attributes\":{\"tags\":[\"a\",\"b\"],\"inquiry-template-id\":\"itmpl_x\"}}");
    assertThat(persona).received("* /inquiries/{id}").once();
    assertThat(persona).receivedNo("DELETE /inquiries/{id}").deliveredNo("inquiry.created");
  }

  @Test
  void missingRequest_failsWithTheStateOfTheFake() {
    assertFails(
        () -> assertThat(persona).received("DELETE /inquiries/{id}"),
        "DELETE /inquiries/{id}",
        "requests (3)",
        "GET /api/v1/inquiries/inq_none");
    assertFails(() -> assertThat(persona).receivedNo("POST /inquiries"), "but there were 2");
    assertFails(() -> assertThat(persona).delivered("inquiry.created"), "inquiry.created");
    assertFails(() -> assertThat(null).received("POST /inquiries"), "not to be null");
  }

  @Test
  void otherRequests_fail() {
    ReceivedRequestsAssert received = assertThat(persona).received("POST /inquiries");
    assertFails(received::once, "Expecting 1 requests", "but there were 2");
    assertFails(() -> received.withHeader("X"), "a header X");
    assertFails(() -> received.withHeader("Idempotency-Key", "k1"), "Idempotency-Key: k1");
    assertFails(() -> received.withoutHeader("Idempotency-Key"), "no header");
    assertFails(() -> received.withQuery("include", "x"), "include=x");
    assertFails(() -> received.withBodyValue("/data/id", "1"), "at /data/id");
    assertFails(() -> received.withBodyValue("/data/attributes/tags/2", "1"), "tags/2");
    assertFails(
        () -> assertThat(persona).received("GET /inquiries/{id}").withBodyValue("", "{}"), "{}");
  }

  @Test
  void invalidArguments_areRejected() {
    ReceivedRequestsAssert received = assertThat(persona).received("POST /inquiries");
    assertThatIllegalArgumentException().isThrownBy(() -> assertThat(persona).received("x"));
    assertThatIllegalArgumentException().isThrownBy(() -> received.withBodyValue("data", "1"));
    assertThatIllegalArgumentException().isThrownBy(() -> received.withBodyValue("/data", "{"));
  }

  @Test
  void unknownOperationsAndEvents_areRejected() {
    for (ThrowingCallable typo :
        new ThrowingCallable[] {
          () -> assertThat(persona).received("POST /inquirys"),
          () -> assertThat(persona).receivedNo("DELETE /inquirys/{id}"),
          () -> persona.requests().get(0).isFor("POST /inquirys"),
          () -> persona.faults().on("POST /api/v1/inquiries"),
          () -> FakePersona.builder().creationQuota("POST /inquirys", 1),
          () -> FakePersona.builder().creationQuota("GET /inquiries", 1)
        }) {
      assertThatIllegalArgumentException().isThrownBy(typo).withMessageStartingWith("operation");
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> assertThat(persona).delivered("inquiry.aproved"))
        .withMessageStartingWith("event");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> assertThat(persona).deliveredNo("inquiry.aproved"))
        .withMessageStartingWith("event");
    Webhooks.Registration registration = persona.webhooks().to("http://localhost:1/");
    for (String name : new String[] {"inquiry.aproved", "inquiry.*", ""}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> registration.events(name))
          .withMessageStartingWith("names");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> registration.include(name, "account"))
          .withMessageStartingWith("event");
    }
    registration.events("*").events("workflow-run.completed", "inquiry.approved").register();
    assertThat(persona).deliveredNo("workflow-run.completed");
  }

  @Test
  void droppedRequests_makeTheResultUncertain() throws Exception {
    assertThat(persona).receivedNo("DELETE /inquiries/{id}");
    HttpClient client = HttpClient.newHttpClient();
    byte[] large = new byte[8 << 20];
    for (int i = 0; i < 9; i++) {
      HttpRequest request = request("/accounts").POST(BodyPublishers.ofByteArray(large)).build();
      org.assertj.core.api.Assertions.assertThat(
              client.send(request, BodyHandlers.discarding()).statusCode())
          .isEqualTo(400);
    }

    org.assertj.core.api.Assertions.assertThat(persona.requestCount()).isEqualTo(12);
    org.assertj.core.api.Assertions.assertThat(persona.requests()).hasSizeBetween(5, 9);
    assertThat(persona).received("POST /accounts").withoutHeader("X");
    assertFails(() -> assertThat(persona).received("POST /inquiries"), "not certain", "of 12");
    assertFails(() -> assertThat(persona).receivedNo("DELETE /inquiries/{id}"), "not certain");
    assertFails(
        () -> assertThat(persona).received("POST /accounts").times(persona.requests().size()),
        "not certain");
  }

  @Test
  void otherValue_isInTheMessage() {
    ReceivedRequestsAssert received = assertThat(persona).received("POST /inquiries");
    assertFails(
        () -> received.withBodyValue("/data/attributes/inquiry-template-id", "\"itmpl_y\""),
        "but this one had \"itmpl_x\"",
        "POST /api/v1/inquiries");
    assertFails(() -> received.withBodyValue("/data/none", "1"), "but this one had nothing");
    assertFails(() -> received.withQuery("include", "x"), "but this one had account");
    assertFails(() -> received.withHeader("Idempotency-Key", "k2"), "but this one had k1");
    assertFails(() -> received.withHeader("Authorization", "x"), "but this one had Bearer ***");
  }

  @Test
  void statusOfAResponse_isKnownOnceItIsSent() throws Exception {
    persona.failNext(Fault.dropConnection(), Fault.status(503));
    HttpClient client = HttpClient.newHttpClient();
    HttpRequest post = request("/accounts").POST(BodyPublishers.ofString("{}")).build();
    org.assertj.core.api.Assertions.assertThatThrownBy(
            () -> client.send(post, BodyHandlers.discarding()))
        .isInstanceOf(IOException.class);
    client.send(request("/events").build(), BodyHandlers.discarding());

    org.assertj.core.api.Assertions.assertThat(persona.requests())
        .extracting(RecordedRequest::responseStatus)
        .containsExactly(201, 201, 404, null, 503);
  }
}
