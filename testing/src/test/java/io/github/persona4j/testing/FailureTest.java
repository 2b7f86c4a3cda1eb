package io.github.persona4j.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.persona4j.testing.TestClient.TestResponse;
import io.github.persona4j.testing.internal.http.FakeResponse;
import io.github.persona4j.testing.internal.http.FakeServer;
import io.github.persona4j.testing.internal.http.FaultRules;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A fake that fails itself, here because its clock throws. */
class FailureTest {
  private static final String BODY =
      "{\"data\":{\"attributes\":{\"inquiry-template-id\":\"itmpl_x\"}}}";

  /** A clock that throws what the test sets, which may be a checked exception. */
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
  private final TestClient client = new TestClient(persona);

  static Stream<Throwable> throwables() {
    return Stream.of(
        new NoClassDefFoundError("com/google/gson/Strictness"),
        new StackOverflowError(),
        new AssertionError("no \"quotes\" in the response"),
        new ExceptionInInitializerError(),
        new IllegalStateException("of the fake"),
        new ReflectiveOperationException());
  }

  @ParameterizedTest
  @MethodSource("throwables")
  void anyThrowable_becomesAnErrorWithItsNameAndCloseThrows(Throwable thrown) throws IOException {
    clock.thrown = thrown;

    TestResponse response = client.get("/events");

    assertThat(response.status()).isEqualTo(500);
    assertThat(response.header("Content-Type")).isEqualTo("application/json; charset=utf-8");
    assertThat(response.error().get("title").getAsString()).isEqualTo("The fake failed");
    assertThat(response.error().get("details").getAsString())
        .isEqualTo(thrown.getClass().getName());
    assertThat(persona.describe())
        .startsWith("java.lang.AssertionError: FakePersona failed to handle GET /api/v1/events")
        .contains("Caused by: " + thrown.getClass().getName())
        .contains("at ");
    assertThatThrownBy(persona::close)
        .isInstanceOf(AssertionError.class)
        .hasMessage("FakePersona failed to handle GET /api/v1/events")
        .hasCause(thrown);
  }

  @Test
  void failureUnderAnIdempotencyKey_isNotStored() throws IOException {
    clock.thrown = new StackOverflowError();
    assertThat(client.post("/inquiries", BODY, "Idempotency-Key", "k").status()).isEqualTo(500);
    clock.thrown = null;

    assertThat(client.post("/inquiries", BODY, "Idempotency-Key", "k").status()).isEqualTo(201);
    assertThatThrownBy(persona::close).hasCauseInstanceOf(StackOverflowError.class);
  }

  @Test
  void failureDuringAFault_isReported() throws IOException {
    clock.thrown = new NoClassDefFoundError("x");
    persona.failNext(Fault.dropConnection().afterExecution());

    assertThat(client.get("/events").error().get("details").getAsString())
        .isEqualTo("java.lang.NoClassDefFoundError");
    assertThatThrownBy(persona::close).isInstanceOf(AssertionError.class);
  }

  @Test
  void close_afterSeveralFailures_reportsTheFirstOnceAndReleasesThePort() throws IOException {
    clock.thrown = new IllegalStateException("first");
    assertThat(client.get("/events").status()).isEqualTo(500);
    clock.thrown = new IllegalStateException("second");
    assertThat(client.get("/inquiries").status()).isEqualTo(500);
    int port = URI.create(persona.baseUrl()).getPort();

    assertThatThrownBy(persona::close).cause().hasMessage("first");
    persona.close();
    try (FakePersona next = FakePersona.builder().port(port).start()) {
      assertThat(new TestClient(next).get("/events").status()).isEqualTo(200);
    }
  }

  @Test
  void responsesWithErrorStatus_areNotFailuresOfTheFake() throws IOException {
    persona.failNext(Fault.status(500), Fault.html(502), Fault.truncatedBody());
    assertThat(client.get("/events").status()).isEqualTo(500);
    assertThat(client.get("/events").status()).isEqualTo(502);
    assertThatThrownBy(() -> client.get("/events")).isInstanceOf(IOException.class);
    assertThat(client.post("/inquiries", "{").status()).isEqualTo(400);

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
  void errorInTheThreadThatStartsTheServer_isThrownAndReleasesThePort() {
    persona.close();
    FakeServer server =
        new FakeServer(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            (request, fault) -> FakeResponse.empty(204),
            request -> status -> {},
            new FaultRules());
    server.start();

    // The JDK's server cannot be started twice.
    assertThatThrownBy(server::start)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("The fake does not start")
        .hasCauseInstanceOf(IllegalStateException.class);
    int port = server.port();
    FakePersona.builder().port(port).start().close();
  }

  @Test
  void fakeWithALog_printsStackTraces() throws IOException {
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(log, true, StandardCharsets.UTF_8);
    FakePersona logging = FakePersona.builder().clock(clock).failureLog(out).start();
    clock.thrown = new IllegalStateException("of the fake");

    assertThat(new TestClient(logging).get("/events").status()).isEqualTo(500);

    assertThat(log.toString(StandardCharsets.UTF_8))
        .contains("Caused by: java.lang.IllegalStateException: of the fake")
        .contains("FailureTest.java");
    assertThatThrownBy(logging::close).isInstanceOf(AssertionError.class);
    persona.close();
  }
}
