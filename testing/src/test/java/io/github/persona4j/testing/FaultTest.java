package io.github.persona4j.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.persona4j.testing.Caller.Reply;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FaultTest {
  private static final String BODY = "{\"data\":{\"attributes\":{\"template-id\":\"t\"}}}";

  private final FakePersona persona = FakePersona.start();
  private final Caller caller = new Caller(persona);

  @AfterEach
  void close() {
    persona.close();
  }

  @Test
  void queuedFaults_happenInOrderOnceEach() throws IOException {
    persona.failNext(Fault.status(503), Fault.none());
    persona.failNext(Fault.status(409, "Stale object error"));

    Reply first = caller.get("/events");
    assertThat(first.status()).isEqualTo(503);
    assertThat(first.error().get("title").getAsString()).isEqualTo("Service unavailable");
    assertThat(first.header("Request-Id")).isNotNull();
    assertThat(caller.get("/events").status()).isEqualTo(200);
    assertThat(caller.get("/events").error().get("title").getAsString())
        .isEqualTo("Stale object error");
    assertThat(caller.get("/events").status()).isEqualTo(200);
  }

  @Test
  void retryAfterAndHeaders_standOnTheAnswer() throws IOException {
    persona.failNext(
        Fault.status(429).retryAfter(Duration.ofMillis(1_200)),
        Fault.none().header("Quota-Remaining", "0"));

    assertThat(caller.get("/events").header("Retry-After")).isEqualTo("2");
    Reply proper = caller.get("/events");
    assertThat(proper.status()).isEqualTo(200);
    assertThat(proper.header("Quota-Remaining")).isEqualTo("0");
  }

  @Test
  void gatewayFaults_haveNoHeaderOfTheApi() throws IOException {
    persona.failNext(Fault.html(502), Fault.body("{\"data\":"));

    Reply html = caller.get("/events");
    assertThat(html.status()).isEqualTo(502);
    assertThat(html.header("Content-Type")).startsWith("text/html");
    assertThat(html.text()).startsWith("<!DOCTYPE html>");
    assertThat(html.header("Request-Id")).isNull();
    Reply broken = caller.get("/events");
    assertThat(broken.status()).isEqualTo(200);
    assertThat(broken.text()).isEqualTo("{\"data\":");
  }

  @Test
  void droppedConnection_givesNoAnswerAndCarriesNothingOut() throws IOException {
    persona.failNext(Fault.dropConnection());

    assertThatThrownBy(() -> caller.post("/inquiries", BODY, "Idempotency-Key", "k"))
        .isInstanceOf(IOException.class);
    assertThat(persona.requests()).hasSize(1);
    assertThat(caller.get("/inquiries?page%5Bsize%5D=100").ids()).hasSize(25);
  }

  @Test
  void lostAnswer_isReplayedUnderTheSameKey() throws IOException {
    persona.failNext(Fault.dropConnection().afterExecution(), Fault.html(504).afterExecution());

    assertThatThrownBy(() -> caller.post("/inquiries", BODY, "Idempotency-Key", "k"))
        .isInstanceOf(IOException.class);
    assertThat(caller.post("/inquiries", BODY, "Idempotency-Key", "k").status()).isEqualTo(504);
    assertThat(caller.post("/inquiries", BODY, "Idempotency-Key", "k").status()).isEqualTo(201);
    assertThat(caller.get("/inquiries?page%5Bsize%5D=100").ids()).hasSize(26);
  }

  @Test
  void failureAfterExecution_isStoredThoughTheInquiryExists() throws IOException {
    persona.failNext(Fault.status(500).afterExecution());

    assertThat(caller.post("/inquiries", BODY, "Idempotency-Key", "k").status()).isEqualTo(500);
    assertThat(caller.post("/inquiries", BODY, "Idempotency-Key", "k").status()).isEqualTo(500);
    assertThat(caller.get("/inquiries?page%5Bsize%5D=100").ids()).hasSize(26);
  }

  @Test
  void truncatedBody_endsBeforeItsLength() {
    persona.failNext(Fault.truncatedBody());

    assertThatThrownBy(() -> caller.get("/events")).isInstanceOf(IOException.class);
  }

  @Test
  void delay_putsTheProperAnswerOff() throws IOException {
    persona.failNext(Fault.delay(Duration.ofMillis(150)));
    long begin = System.nanoTime();

    assertThat(caller.get("/events").status()).isEqualTo(200);
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(140));
  }

  @Test
  void nonsense_isRefusedByTheFactories() {
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
        .hasToString("Fault[api_answer 503 after execution]");
  }
}
