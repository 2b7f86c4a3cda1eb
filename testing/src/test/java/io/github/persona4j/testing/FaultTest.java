package io.github.persona4j.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.persona4j.testing.TestClient.TestResponse;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FaultTest {
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
  void invalidArguments_areRejectedByTheFactories() {
    assertThatIllegalArgumentException().isThrownBy(() -> Fault.status(200));
    assertThatIllegalArgumentException().isThrownBy(() -> Fault.html(204));
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
