package io.github.persona4j.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

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
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookHandlerTest {
  private static final String SECRET = "wbhsec_one";
  private static final String REPORT = "{\"type\":\"report/watchlist\",\"id\":\"rep_1\"}";

  private final List<String> handled = new CopyOnWriteArrayList<>();
  private final List<String> log = new CopyOnWriteArrayList<>();

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
  void errorOfAHandler_is500AndTheEventComesAgain() {
    List<Throwable> failures = new ArrayList<>();
    WebhookHandler handler =
        builder()
            .otherwise(
                event -> {
                  if (handled.isEmpty()) {
                    handled.add("once");
                    throw new StackOverflowError();
                  }
                })
            .onFailure((event, failure) -> failures.add(failure))
            .build();

    WebhookResult result = send(handler, Bodies.inquiry("evt_1"));
    assertThat(result.status()).isEqualTo(500);
    assertThat(failures).containsExactly(result.failure());
    assertThat(result.failure()).isInstanceOf(StackOverflowError.class);
    assertThat(log)
        .containsExactly(
            "WebhookEvent{id=evt_1, name=inquiry.approved} was not handled:"
                + " java.lang.StackOverflowError");
    assertThat(send(handler, Bodies.inquiry("evt_1")).outcome()).isEqualTo(Outcome.HANDLED);
  }

  @Test
  void interruptedHandler_staysInterrupted_afterItsClaimIsGivenBack() {
    List<Boolean> interrupted = new ArrayList<>();
    ProcessedEvents processed =
        new BrokenStorage(1) {
          @Override
          public void giveBack(Claim claim) {
            interrupted.add(Thread.currentThread().isInterrupted());
          }
        };
    WebhookHandler handler =
        builder()
            .processedEvents(processed)
            .otherwise(
                event -> {
                  throw new InterruptedException();
                })
            .build();

    assertThat(send(handler, Bodies.inquiry("evt_1")).status()).isEqualTo(500);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(interrupted).containsExactly(false);
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
  private static class BrokenStorage implements ProcessedEvents {
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
    public boolean renew(Claim claim) {
      call();
      return true;
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
        builder()
            .slowAfter(Duration.ofMillis(20))
            .otherwise(
                event -> {
                  while (log.isEmpty()) { // a handler that hangs is logged, too
                    Thread.sleep(5);
                  }
                })
            .build();
    WebhookHandler fast = builder().otherwise(event -> Thread.sleep(20)).build();

    assertThat(send(slow, Bodies.inquiry("evt_1")).status()).isEqualTo(200);
    assertThat(log.get(0))
        .isEqualTo(
            "WebhookEvent{id=evt_1, name=inquiry.approved} is being handled for more than 20 ms");
    assertThat(log.get(1)).matches("WebhookEvent\\{id=evt_1, name=inquiry.approved} took \\d+ ms");
    assertThat(send(fast, Bodies.inquiry("evt_1")).status()).isEqualTo(200);
    assertThat(log).hasSize(2);
  }

  @Test
  void logThatFails_isIgnored() {
    WebhookHandler handler =
        builder()
            .log(
                line -> {
                  throw new NoClassDefFoundError(line);
                })
            .onFailure(
                (event, failure) -> {
                  throw new IllegalStateException(failure);
                })
            .otherwise(
                event -> {
                  if (handled.isEmpty()) {
                    handled.add("once");
                    throw new IOException();
                  }
                })
            .build();

    assertThat(handler.handle(new byte[0], name -> null).status()).isEqualTo(401);
    assertThat(send(handler, Bodies.inquiry("evt_1")).status()).isEqualTo(500);
    assertThat(send(handler, Bodies.inquiry("evt_1")).status()).isEqualTo(200);
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
  void eventThatWaitedLongerThanItsLease_isNotHandledTwice() {
    AdjustableClock clock = new AdjustableClock();
    InMemoryProcessedEvents processed =
        InMemoryProcessedEvents.of(10, Duration.ofMinutes(1), clock);
    Deque<Runnable> tasks = new ArrayDeque<>();
    WebhookHandler handler =
        builder()
            .processedEvents(processed)
            .executor(tasks::add)
            .otherwise(
                event -> {
                  handled.add(event.id());
                  clock.forward(Duration.ofSeconds(50));
                })
            .build();

    assertThat(send(handler, Bodies.inquiry("evt_1")).outcome()).isEqualTo(Outcome.ACCEPTED);
    clock.forward(Duration.ofSeconds(61));
    assertThat(send(handler, Bodies.inquiry("evt_1")).outcome()).isEqualTo(Outcome.ACCEPTED);
    tasks.remove().run();
    assertThat(handled).isEmpty();
    assertThat(log)
        .containsExactly(
            "WebhookEvent{id=evt_1, name=inquiry.approved} waited longer than its lease and was"
                + " claimed elsewhere");
    clock.forward(Duration.ofSeconds(30)); // the lease begins when the handler does
    tasks.remove().run();
    assertThat(handled).containsExactly("evt_1");
    assertThat(send(handler, Bodies.inquiry("evt_1")).outcome()).isEqualTo(Outcome.DUPLICATE);
  }

  @Test
  void failureAfterTheResponse_isReported() {
    List<String> failures = new ArrayList<>();
    WebhookHandler handler =
        builder()
            .executor(Runnable::run)
            .otherwise(
                event -> {
                  throw new NoClassDefFoundError("Ada");
                })
            .onFailure((event, failure) -> failures.add(event.id() + " " + failure.getMessage()))
            .build();
    WebhookHandler unrenewable =
        builder()
            .executor(Runnable::run)
            .processedEvents(new BrokenStorage(1))
            .otherwise(event -> handled.add("x"))
            .onFailure((event, failure) -> failures.add(event.id() + " " + failure.getMessage()))
            .build();

    assertThat(send(handler, Bodies.inquiry("evt_1")).outcome()).isEqualTo(Outcome.ACCEPTED);
    assertThat(send(unrenewable, Bodies.inquiry("evt_2")).outcome()).isEqualTo(Outcome.ACCEPTED);

    assertThat(failures).containsExactly("evt_1 Ada", "evt_2 broken");
    assertThat(handled).isEmpty();
    assertThat(log).hasSize(2).noneMatch(line -> line.contains("Ada"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void executorThatFails_is503AndTheEventComesAgain(boolean error) {
    WebhookHandler handler =
        builder()
            .executor(
                task -> {
                  if (handled.isEmpty()) {
                    handled.add("once");
                    if (error) {
                      throw new OutOfMemoryError("unable to create native thread");
                    }
                    throw new IllegalStateException();
                  }
                  task.run();
                })
            .otherwise(event -> handled.add(event.id()))
            .build();

    WebhookResult refused = send(handler, Bodies.inquiry("evt_1"));
    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.failure()).isNotNull();
    assertThat(send(handler, Bodies.inquiry("evt_1")).status()).isEqualTo(200);
    assertThat(handled).containsExactly("once", "evt_1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "1", "{\"type\":[]}"})
  void subjectThatCannotBeRead_isForOtherwise(String subject) {
    byte[] body = event("evt_1", "inquiry.approved", subject);

    assertThat(send(typical(), body).status()).isEqualTo(200);
    assertThat(handled).containsExactly("other inquiry.approved");
  }

  @ParameterizedTest
  @ValueSource(strings = {"report/screening", "report/integration/x", "report/"})
  void newTypeOfAUnion_isForTheHandlerOfTheUnion(String type) {
    List<Report> reports = new ArrayList<>();
    WebhookHandler handler =
        builder().onAny("report/*", Report.class, (event, report) -> reports.add(report)).build();
    byte[] body =
        event(
            "evt_1",
            "report/new.ready",
            "{\"type\":\""
                + type
                + "\",\"id\":\"rep_1\",\"attributes\":{\"has-match\":true,"
                + "\"completed-at\":\"2026-01-28T10:15:30.000Z\"}}");

    for (String casing : List.of("kebab", "camel", "snake")) {
      byte[] recased =
          new String(Bodies.recased(body, casing), StandardCharsets.UTF_8)
              .replace("evt_1", "evt_" + casing)
              .getBytes(StandardCharsets.UTF_8);
      assertThat(send(handler, recased).outcome()).isEqualTo(Outcome.HANDLED);
    }
    assertThat(reports)
        .hasSize(3)
        .allSatisfy(
            report -> {
              assertThat(report).isInstanceOf(Report.Unknown.class);
              assertThat(report.id()).isEqualTo("rep_1");
              assertThat(report.attributes().hasMatch()).isTrue();
              assertThat(report.attributes().completedAt()).isNotNull();
            });
  }

  @Test
  void eventThatWasStoredOrListed_isReplayedOnce() {
    WebhookHandler handler = typical();
    WebhookEvent received = WebhookEvent.read(Bodies.recased(Bodies.inquiry("evt_1"), "camel"));
    WebhookEvent stored = WebhookEvent.read(received.toJson().getBytes(StandardCharsets.UTF_8));
    WebhookEvent listed = WebhookEvent.of(received.event());

    assertThat(stored.event()).isEqualTo(received.event());
    assertThat(handler.replay(stored).outcome()).isEqualTo(Outcome.HANDLED);
    assertThat(handler.replay(listed).outcome()).isEqualTo(Outcome.DUPLICATE);
    assertThat(send(handler, Bodies.inquiry("evt_1")).outcome()).isEqualTo(Outcome.DUPLICATE);
    assertThat(handled).containsExactly("approved inq_1");
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
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder().on(EventName.ALL, Inquiry.class, (event, inquiry) -> {}))
        .withMessage("name: * is a pattern, use onAny");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                builder()
                    .onAny("a.*", Inquiry.class, (event, inquiry) -> {})
                    .onAny("a.*", Inquiry.class, (event, inquiry) -> {}))
        .withMessage("pattern: a.* has a handler already");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder().otherwise(event -> {}).otherwise(event -> {}))
        .withMessage("handler: there is one for all other events already");
    for (int size : new int[] {0, -1, (64 << 20) + 1, Integer.MAX_VALUE}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> builder().maxBodyBytes(size))
          .withMessage("maxBodyBytes: must be from 1 to 64 MiB");
    }
    for (Duration slow : List.of(Duration.ofNanos(-1), Duration.ofDays(365 * 300))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> builder().slowAfter(slow))
          .withMessage("slow: must be from zero to one day");
    }
  }
}
