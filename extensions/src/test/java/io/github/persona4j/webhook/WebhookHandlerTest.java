package io.github.persona4j.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.persona4j.model.EventName;
import io.github.persona4j.model.Inquiry;
import io.github.persona4j.model.Report;
import io.github.persona4j.model.Resource;
import io.github.persona4j.webhook.WebhookResult.Outcome;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebhookHandlerTest {
  private static final String SECRET = "wbhsec_one";
  private static final String REPORT = "{\"type\":\"report/watchlist\",\"id\":\"rep_1\"}";

  private final List<String> handled = new ArrayList<>();
  private final List<String> log = new ArrayList<>();

  private WebhookHandler.Builder builder() {
    return WebhookHandler.builder().verifier(WebhookVerifier.of(SECRET)).log(log::add);
  }

  private WebhookHandler typical() {
    return builder()
        .on(
            EventName.INQUIRY_APPROVED,
            Inquiry.class,
            (event, inquiry) -> handled.add("approved " + inquiry.id()))
        .onAny("report/*.ready", Report.class, (event, report) -> handled.add("report"))
        .onAny("inquiry.*", Resource.class, (event, subject) -> handled.add("inquiry"))
        .otherwise(event -> handled.add("other " + event.name()))
        .build();
  }

  private static WebhookResult send(WebhookHandler handler, byte[] body) {
    return handler.handle(body, Map.of("persona-signature", List.of(signed(body))));
  }

  private static String signed(byte[] body) {
    return Signing.header(SECRET, Instant.now().getEpochSecond(), body);
  }

  private static byte[] event(String id, String name, String data) {
    return Bodies.event(id, name, "2026-01-28T10:15:30Z", data);
  }

  @Test
  void event_goesToTheHandlerOfItsName() {
    WebhookResult result = send(typical(), Bodies.inquiry("evt_1"));

    assertThat(result.status()).isEqualTo(200);
    assertThat(result.outcome()).isEqualTo(Outcome.HANDLED);
    assertThat(result.failure()).isNull();
    assertThat(result)
        .hasToString("WebhookResult{200 HANDLED, WebhookEvent{id=evt_1, name=inquiry.approved}}");
    assertThat(handled).containsExactly("approved inq_1");
    assertThat(log).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "report/watchlist.ready, report",
    "report/integration/any.ready, report",
    "report/watchlist.matched, other report/watchlist.matched",
    "report/watchlist.ready-again, other report/watchlist.ready-again",
    "a.report/watchlist.ready, other a.report/watchlist.ready",
    "inquiry.declined, inquiry",
    "inquiry., inquiry",
    "inquiryx, other inquiryx",
    "hologram.shown, other hologram.shown"
  })
  void pattern_selectsNames(String name, String expected) {
    send(typical(), event("evt_1", name, REPORT));

    assertThat(handled).containsExactly(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "*, true",
    "i*y.*ed, true",
    "*.approved, true",
    "inquiry.approved, true",
    "inquiry, false",
    "*x*, false",
    "inquiry?approved, false",
    "inquiry.approve., false"
  })
  void starInAPattern_standsForAnyCharacters(String pattern, boolean matches) {
    WebhookHandler handler =
        builder().onAny(pattern, Resource.class, (event, subject) -> handled.add("x")).build();

    WebhookResult result = send(handler, Bodies.inquiry("evt_1"));

    assertThat(result.outcome()).isEqualTo(matches ? Outcome.HANDLED : Outcome.IGNORED);
    assertThat(result.status()).isEqualTo(200);
    assertThat(handled).hasSize(matches ? 1 : 0);
  }

  @Test
  void firstPatternThatMatches_counts() {
    WebhookHandler handler =
        builder()
            .onAny("*", Resource.class, (event, subject) -> handled.add("first"))
            .onAny("inquiry.*", Resource.class, (event, subject) -> handled.add("second"))
            .build();

    send(handler, Bodies.inquiry("evt_1"));

    assertThat(handled).containsExactly("first");
  }

  @Test
  void subjectOfAnotherClass_isForOtherwiseOrFails() {
    byte[] body = event("evt_1", "inquiry.approved", REPORT);

    assertThat(send(typical(), body).outcome()).isEqualTo(Outcome.HANDLED);
    assertThat(handled).containsExactly("other inquiry.approved");
    WebhookHandler strict =
        builder().on(EventName.INQUIRY_APPROVED, Inquiry.class, (event, inquiry) -> {}).build();
    WebhookResult result = send(strict, body);
    assertThat(result.status()).isEqualTo(500);
    assertThat(result.failure())
        .hasMessage(
            "the event is not about a Inquiry, as the handler for inquiry.approved expects, and"
                + " there is no other handler");
  }

  @Test
  void eventWithoutAName_isForOtherwise() {
    byte[] body =
        "{\"data\":{\"type\":\"event\",\"id\":\"evt_1\"}}".getBytes(StandardCharsets.UTF_8);

    assertThat(send(typical(), body).status()).isEqualTo(200);
    assertThat(handled).containsExactly("other null");
    assertThat(send(builder().build(), body).outcome()).isEqualTo(Outcome.IGNORED);
  }

  @Test
  void badSignature_is401AndIsNotRead() {
    byte[] body = "no JSON".getBytes(StandardCharsets.UTF_8);
    WebhookHandler handler = typical();

    WebhookResult result = handler.handle(body, name -> null);

    assertThat(result.status()).isEqualTo(401);
    assertThat(result.outcome()).isEqualTo(Outcome.BAD_SIGNATURE);
    assertThat(result.event()).isNull();
    assertThat(result.failure()).isInstanceOf(WebhookSignatureException.class);
    assertThat(result).hasToString("WebhookResult{401 BAD_SIGNATURE}");
    assertThat(handler.handle(body, Map.of()).status()).isEqualTo(401);
    assertThat(handled).isEmpty();
    assertThat(log).contains("invalid webhook signature: the Persona-Signature header is missing");
  }

  @Test
  void unreadableBody_is400() {
    WebhookResult result = send(typical(), "{\"Ada\":".getBytes(StandardCharsets.UTF_8));

    assertThat(result.status()).isEqualTo(400);
    assertThat(result.outcome()).isEqualTo(Outcome.UNREADABLE);
    assertThat(result.failure()).isInstanceOf(WebhookBodyException.class);
    assertThat(log).singleElement().asString().doesNotContain("Ada");
  }

  @Test
  void longBody_is400AndIsNotReadToItsEnd() throws IOException {
    WebhookHandler handler = builder().maxBodyBytes(1000).otherwise(event -> {}).build();
    byte[] longest = padded(1000);
    byte[] tooLong = padded(1001);

    assertThat(send(handler, longest).status()).isEqualTo(200);
    assertThat(send(handler, tooLong).status()).isEqualTo(400);
    ByteArrayInputStream endless = new ByteArrayInputStream(new byte[100_000]);
    assertThat(handler.handle(endless, name -> null).status()).isEqualTo(400);
    assertThat(endless.available()).isEqualTo(100_000 - 1001);
    assertThat(send(typical(), padded(1 << 20)).status()).isEqualTo(200);
    assertThat(send(typical(), padded((1 << 20) + 1)).status()).isEqualTo(400);
  }

  private static byte[] padded(int length) {
    byte[] body = new byte[length];
    byte[] event = Bodies.event("evt_" + length, "x.y", "2026-01-28T10:15:30Z", "null");
    Arrays.fill(body, (byte) ' ');
    System.arraycopy(event, 0, body, 0, event.length);
    return body;
  }

  @Test
  void stream_isHandledLikeBytes() throws IOException {
    byte[] body = Bodies.inquiry("evt_1");
    String signature = signed(body);

    WebhookHandler handler = typical();
    assertThat(
            handler
                .handle(
                    new ByteArrayInputStream(body),
                    name -> name.equals("persona-signature") ? signature : null)
                .outcome())
        .isEqualTo(Outcome.HANDLED);
    assertThat(
            handler
                .handle(
                    new ByteArrayInputStream(body), Map.of("PERSONA-SIGNATURE", List.of(signature)))
                .outcome())
        .isEqualTo(Outcome.DUPLICATE);
    InputStream closed = InputStream.nullInputStream();
    closed.close();
    assertThatIOException().isThrownBy(() -> handler.handle(closed, name -> signature));
  }

  @Test
  void duplicate_isNotHandledAgain() {
    WebhookHandler handler = typical();

    assertThat(send(handler, Bodies.inquiry("evt_1")).outcome()).isEqualTo(Outcome.HANDLED);
    WebhookResult again = send(handler, Bodies.inquiry("evt_1"));

    assertThat(again.outcome()).isEqualTo(Outcome.DUPLICATE);
    assertThat(again.status()).isEqualTo(200);
    assertThat(handled).hasSize(1);
  }

  @Test
  void failedHandler_is500AndIsInvokedAgain() {
    List<Exception> failures = new ArrayList<>(List.of(new IOException("Ada"), new Exception()));
    WebhookHandler handler =
        builder()
            .otherwise(
                event -> {
                  if (!failures.isEmpty()) {
                    throw failures.remove(0);
                  }
                  handled.add(event.id());
                })
            .build();
    byte[] body = Bodies.inquiry("evt_1");

    WebhookResult result = send(handler, body);
    assertThat(result.status()).isEqualTo(500);
    assertThat(result.failure()).hasMessage("Ada");
    assertThat(result.toString()).doesNotContain("Ada");
    assertThat(log)
        .containsExactly(
            "WebhookEvent{id=evt_1, name=inquiry.approved} was not handled: java.io.IOException");
    assertThat(send(handler, body).status()).isEqualTo(500);
    assertThat(send(handler, body).status()).isEqualTo(200);
    assertThat(handled).containsExactly("evt_1");
  }

  @Test
  void errorOfAHandler_isThrownAndTheEventComesAgain() {
    WebhookHandler handler =
        builder()
            .otherwise(
                event -> {
                  if (handled.isEmpty()) {
                    handled.add("once");
                    throw new StackOverflowError();
                  }
                })
            .build();

    assertThatThrownBy(() -> send(handler, Bodies.inquiry("evt_1")))
        .isInstanceOf(StackOverflowError.class);
    assertThat(send(handler, Bodies.inquiry("evt_1")).outcome()).isEqualTo(Outcome.HANDLED);
  }

  @Test
  void interruptedHandler_staysInterrupted() {
    WebhookHandler handler =
        builder()
            .otherwise(
                event -> {
                  throw new InterruptedException();
                })
            .build();

    assertThat(send(handler, Bodies.inquiry("evt_1")).status()).isEqualTo(500);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void eventThatIsClaimedElsewhere_is503() {
    InMemoryProcessedEvents processed = InMemoryProcessedEvents.of(10, Duration.ofMinutes(1));
    WebhookHandler handler =
        builder().processedEvents(processed).otherwise(event -> handled.add(event.id())).build();
    ProcessedEvents.Claim claim = processed.claim(WebhookEvent.read(Bodies.inquiry("evt_1")));

    WebhookResult result = send(handler, Bodies.inquiry("evt_1"));

    assertThat(result.status()).isEqualTo(503);
    assertThat(result.outcome()).isEqualTo(Outcome.BUSY);
    assertThat(handled).isEmpty();
    processed.giveBack(claim);
    assertThat(send(handler, Bodies.inquiry("evt_1")).status()).isEqualTo(200);
  }

  @Test
  void handlerThatOutlastsItsLease_is503() {
    AdjustableClock clock = new AdjustableClock();
    InMemoryProcessedEvents processed =
        InMemoryProcessedEvents.of(10, Duration.ofMinutes(1), clock);
    WebhookHandler handler =
        builder()
            .processedEvents(processed)
            .otherwise(
                event -> {
                  clock.forward(Duration.ofMinutes(2));
                  processed.claim(event);
                })
            .build();

    assertThat(send(handler, Bodies.inquiry("evt_1")).status()).isEqualTo(503);
    assertThat(log).singleElement().asString().contains("longer than its lease");
  }

  @Test
  void failedStorage_is500() {
    WebhookHandler unclaimable =
        builder().processedEvents(new BrokenStorage(0)).otherwise(e -> handled.add("x")).build();
    WebhookHandler unconfirmable =
        builder().processedEvents(new BrokenStorage(1)).otherwise(e -> handled.add("y")).build();
    WebhookHandler kept =
        builder()
            .processedEvents(new BrokenStorage(1))
            .otherwise(
                event -> {
                  throw new IOException("no handler");
                })
            .build();

    assertThat(send(unclaimable, Bodies.inquiry("evt_1")).status()).isEqualTo(500);
    assertThat(handled).isEmpty();
    assertThat(send(unconfirmable, Bodies.inquiry("evt_1")).status()).isEqualTo(500);
    assertThat(handled).containsExactly("y");
    assertThat(send(kept, Bodies.inquiry("evt_1")).failure()).hasMessage("no handler");
    assertThat(log).anyMatch(line -> line.contains("cannot be given back"));
  }

  /** A storage that fails after some calls. */
  private static final class BrokenStorage implements ProcessedEvents {
    private int calls;

    BrokenStorage(int calls) {
      this.calls = calls;
    }

    private void call() {
      if (calls-- <= 0) {
        throw new IllegalStateException("broken");
      }
    }

    @Override
    public Claim claim(WebhookEvent event) {
      call();
      return new Claim(event.id(), State.CLAIMED, "t");
    }

    @Override
    public boolean confirm(Claim claim) {
      call();
      return true;
    }

    @Override
    public void giveBack(Claim claim) {
      call();
    }

    @Override
    public boolean isOutdated(WebhookEvent event) {
      return false;
    }
  }

  @Test
  void slowHandler_isLogged() {
    WebhookHandler slow =
        builder().slowAfter(Duration.ZERO).otherwise(event -> Thread.sleep(20)).build();
    WebhookHandler fast = builder().otherwise(event -> Thread.sleep(20)).build();

    assertThat(send(slow, Bodies.inquiry("evt_1")).status()).isEqualTo(200);
    assertThat(log)
        .singleElement()
        .asString()
        .matches("WebhookEvent\\{id=evt_1, name=inquiry.approved} took \\d+ ms");
    assertThat(send(fast, Bodies.inquiry("evt_1")).status()).isEqualTo(200);
    assertThat(log).hasSize(1);
  }

  @Test
  void logThatFails_isIgnored() {
    WebhookHandler handler =
        builder()
            .log(
                line -> {
                  throw new IllegalStateException(line);
                })
            .build();

    assertThat(handler.handle(new byte[0], name -> null).status()).isEqualTo(401);
  }

  @Test
  void executor_handlesAfterTheResponse() {
    Deque<Runnable> tasks = new ArrayDeque<>();
    WebhookHandler handler =
        builder().executor(tasks::add).otherwise(event -> handled.add(event.id())).build();

    WebhookResult result = send(handler, Bodies.inquiry("evt_1"));

    assertThat(result.status()).isEqualTo(200);
    assertThat(result.outcome()).isEqualTo(Outcome.ACCEPTED);
    assertThat(handled).isEmpty();
    assertThat(send(handler, Bodies.inquiry("evt_1")).status()).isEqualTo(503);
    tasks.remove().run();
    assertThat(handled).containsExactly("evt_1");
    assertThat(send(handler, Bodies.inquiry("evt_1")).outcome()).isEqualTo(Outcome.DUPLICATE);
  }

  @Test
  void executorThatIsFull_is503AndTheEventComesAgain() {
    List<Runnable> tasks = new ArrayList<>();
    WebhookHandler handler =
        builder()
            .executor(
                task -> {
                  tasks.add(task);
                  if (tasks.size() == 1) {
                    throw new RejectedExecutionException();
                  }
                })
            .otherwise(event -> {})
            .build();

    assertThat(send(handler, Bodies.inquiry("evt_1")).status()).isEqualTo(503);
    assertThat(send(handler, Bodies.inquiry("evt_1")).status()).isEqualTo(200);
  }

  @Test
  void invalidSettings_areRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WebhookHandler.builder().build())
        .withMessage("verifier: is required");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                builder()
                    .on(EventName.INQUIRY_APPROVED, Inquiry.class, (event, inquiry) -> {})
                    .on(EventName.INQUIRY_APPROVED, Inquiry.class, (event, inquiry) -> {}))
        .withMessage("name: inquiry.approved has a handler already");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder().onAny(" ", Inquiry.class, (event, inquiry) -> {}))
        .withMessage("pattern: must not be blank");
    for (int size : new int[] {0, -1, Integer.MAX_VALUE}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> builder().maxBodyBytes(size))
          .withMessage("maxBodyBytes: must be positive and below 2^31 - 1");
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder().slowAfter(Duration.ofNanos(-1)))
        .withMessage("slow: must not be negative");
  }
}
