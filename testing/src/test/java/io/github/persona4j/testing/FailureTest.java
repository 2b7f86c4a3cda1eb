package io.github.persona4j.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.persona4j.testing.Caller.Reply;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What comes of a fake that fails itself, here because of the clock that it asks. */
class FailureTest {
  private static final String BODY =
      "{\"data\":{\"attributes\":{\"inquiry-template-id\":\"itmpl_x\"}}}";

  /** A clock that can be told to throw anything, a checked exception too. */
  private static final class FailingClock implements InstantSource {
    private volatile @Nullable Throwable thrown;

    @Override
    public Instant instant() {
      Throwable now = thrown;
      if (now != null) {
        FailingClock.<RuntimeException>sneak(now);
      }
      return Instant.parse("2026-02-01T12:00:00Z");
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <T extends Throwable> void sneak(Throwable thrown) throws T {
      throw (T) thrown;
    }
  }

  private final FailingClock clock = new FailingClock();
  private final FakePersona persona = FakePersona.builder().clock(clock).start();
  private final Caller caller = new Caller(persona);

  static Stream<Throwable> throwables() {
    return Stream.of(
        new NoClassDefFoundError("com/google/gson/Strictness"),
        new StackOverflowError(),
        new AssertionError("no \"quotes\" get out"),
        new ExceptionInInitializerError(),
        new IllegalStateException("of the fake"),
        new ReflectiveOperationException());
  }

  @ParameterizedTest
  @MethodSource("throwables")
  void anyThrowable_isAnErrorThatNamesItAndCloseThrows(Throwable thrown) throws IOException {
    clock.thrown = thrown;

    Reply reply = caller.get("/events");

    assertThat(reply.status()).isEqualTo(500);
    assertThat(reply.header("Content-Type")).isEqualTo("application/json; charset=utf-8");
    assertThat(reply.error().get("title").getAsString()).isEqualTo("The fake failed");
    assertThat(reply.error().get("details").getAsString()).isEqualTo(thrown.getClass().getName());
    assertThatThrownBy(persona::close)
        .isInstanceOf(AssertionError.class)
        .hasMessage("FakePersona failed to handle GET /api/v1/events")
        .hasCause(thrown);
  }

  @Test
  void failureUnderAnIdempotencyKey_isNotStored() throws IOException {
    clock.thrown = new StackOverflowError();
    assertThat(caller.post("/inquiries", BODY, "Idempotency-Key", "k").status()).isEqualTo(500);
    clock.thrown = null;

    assertThat(caller.post("/inquiries", BODY, "Idempotency-Key", "k").status()).isEqualTo(201);
    assertThatThrownBy(persona::close).hasCauseInstanceOf(StackOverflowError.class);
  }

  @Test
  void failureInPlaceOfAFault_isTold() throws IOException {
    clock.thrown = new NoClassDefFoundError("x");
    persona.failNext(Fault.dropConnection().afterExecution());

    assertThat(caller.get("/events").error().get("details").getAsString())
        .isEqualTo("java.lang.NoClassDefFoundError");
    assertThatThrownBy(persona::close).isInstanceOf(AssertionError.class);
  }

  @Test
  void close_afterSeveralFailures_tellsTheFirstOnceAndFreesThePort() throws IOException {
    clock.thrown = new IllegalStateException("first");
    assertThat(caller.get("/events").status()).isEqualTo(500);
    clock.thrown = new IllegalStateException("second");
    assertThat(caller.get("/inquiries").status()).isEqualTo(500);
    int port = URI.create(persona.baseUrl()).getPort();

    assertThatThrownBy(persona::close).cause().hasMessage("first");
    persona.close();
    try (FakePersona next = FakePersona.builder().port(port).start()) {
      assertThat(new Caller(next).get("/events").status()).isEqualTo(200);
    }
  }

  @Test
  void responsesWithErrorStatus_areNoFailuresOfTheFake() throws IOException {
    persona.failNext(Fault.status(500), Fault.html(502), Fault.truncatedBody());
    assertThat(caller.get("/events").status()).isEqualTo(500);
    assertThat(caller.get("/events").status()).isEqualTo(502);
    assertThatThrownBy(() -> caller.get("/events")).isInstanceOf(IOException.class);
    assertThat(caller.post("/inquiries", "{").status()).isEqualTo(400);

    persona.close();
  }

  @Test
  void errorInTheBuilder_isThrownByStart() {
    clock.thrown = new NoClassDefFoundError("x");
    FakePersona.Builder builder = FakePersona.builder().clock(clock);

    assertThatThrownBy(builder::start).isSameAs(clock.thrown);
    clock.thrown = null;
    persona.close();
  }

  @Test
  void errorInTheThreadThatStartsTheServer_isThrownAndFreesThePort() {
    persona.close();
    PageHooks hooks = new PageHooks();
    Store store = new Store(clock);
    FakeApi api = new FakeApi("key", new RateWindow(0, clock), clock, store, hooks);
    FakeServer server = new FakeServer(api, 0);
    server.start();

    // The JDK's server refuses to start twice.
    assertThatThrownBy(server::start)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("The fake does not start")
        .hasCauseInstanceOf(IllegalStateException.class);
    int port = URI.create(server.origin()).getPort();
    FakePersona.builder().port(port).start().close();
  }
}
