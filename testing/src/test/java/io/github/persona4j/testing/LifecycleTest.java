package io.github.persona4j.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class LifecycleTest {
  private static final Executor THREAD_EACH = task -> new Thread(task).start();

  @Test
  void baseUrl_isLoopbackWithThePathOfTheApi() {
    try (FakePersona persona = FakePersona.start()) {
      assertThat(persona.baseUrl()).matches("http://127\\.0\\.0\\.1:\\d+/api/v1");
      assertThat(persona.apiKey()).startsWith("persona_sandbox_");
      assertThat(persona.toString()).doesNotContain(persona.apiKey());
    }
  }

  @Test
  void close_releasesThePortAndIsIdempotent() throws IOException {
    FakePersona persona = FakePersona.start();
    TestClient client = new TestClient(persona);
    assertThat(client.get("/events").status()).isEqualTo(200);
    int port = URI.create(persona.baseUrl()).getPort();
    persona.close();
    persona.close();

    assertThatThrownBy(() -> client.get("/events")).isInstanceOf(IOException.class);
    try (FakePersona next = FakePersona.builder().port(port).start()) {
      assertThat(new TestClient(next).get("/events").status()).isEqualTo(200);
    }
  }

  @Test
  void close_duringADelay_returnsAtOnce() throws Exception {
    FakePersona persona = FakePersona.start();
    persona.failNext(Fault.delay(ChronoUnit.FOREVER.getDuration()));
    TestClient client = new TestClient(persona);
    CompletableFuture<Throwable> outcome =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return new AssertionError("status " + client.get("/events").status());
              } catch (IOException e) {
                return e;
              }
            });
    while (persona.requests().isEmpty()) {
      Thread.sleep(5);
    }
    long begin = System.nanoTime();
    persona.close();

    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(2));
    assertThat(outcome.get(5, TimeUnit.SECONDS)).isInstanceOf(IOException.class);
  }

  /**
   * Some HTTP clients, the JDK's for one, repeat a GET whose connection ends without a response.
   */
  @RepeatedTest(20)
  void requestRepeatedWhileTheFakeCloses_getsNoResponse() throws Exception {
    int clients = 8;
    FakePersona persona = FakePersona.start();
    persona.failNext(
        Collections.nCopies(clients, Fault.delay(Duration.ofMinutes(1))).toArray(Fault[]::new));
    List<CompletableFuture<String>> outcomes =
        Stream.generate(() -> CompletableFuture.supplyAsync(() -> getTwice(persona), THREAD_EACH))
            .limit(clients)
            .toList();
    while (persona.requests().size() < clients) {
      Thread.sleep(1);
    }
    persona.close();

    for (CompletableFuture<String> outcome : outcomes) {
      assertThat(outcome.get(5, TimeUnit.SECONDS)).isEqualTo("no response");
    }
  }

  private static String getTwice(FakePersona persona) {
    for (int i = 0; i < 2; i++) {
      try {
        return "status " + RawResponse.get(persona, "/events").status();
      } catch (IOException | StringIndexOutOfBoundsException e) {
        // The connection ended, or it was refused.
      }
    }
    return "no response";
  }

  @Test
  void threads_areDaemonsAndEndOnClose() throws Exception {
    List<Thread> before = List.copyOf(Thread.getAllStackTraces().keySet());
    FakePersona persona = FakePersona.start();
    // The JDK's client has threads of its own; a plain socket has none.
    assertThat(RawResponse.get(persona, "/events").status()).isEqualTo(200);
    List<Thread> added =
        Thread.getAllStackTraces().keySet().stream().filter(t -> !before.contains(t)).toList();
    assertThat(added).isNotEmpty().allMatch(Thread::isDaemon);
    persona.close();

    for (Thread thread : added) {
      if (thread.getName().startsWith("fake-persona") || thread.getName().startsWith("HTTP-")) {
        thread.join(5_000);
        assertThat(thread.isAlive()).as(thread.getName()).isFalse();
      }
    }
  }

  @Test
  void portInUse_isReported() throws IOException {
    try (ServerSocket occupied =
        new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
      FakePersona.Builder builder = FakePersona.builder().port(occupied.getLocalPort());
      assertThatThrownBy(builder::start)
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining(Integer.toString(occupied.getLocalPort()));
    }
  }

  @Test
  void builder_rejectsInvalidSettings() {
    FakePersona.Builder builder = FakePersona.builder();
    assertThatIllegalArgumentException().isThrownBy(() -> builder.events(-1));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.inquiries(-1));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.apiKey(" "));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.rateLimit(0));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.port(70_000));
  }

  @Test
  void requests_containEverythingExceptTheKey() throws IOException {
    try (FakePersona persona = FakePersona.builder().apiKey("secret-key").start()) {
      TestClient client = new TestClient(persona);
      client.get("/events?page%5Bsize%5D=5", "X-Own", "yes");
      client.post("/inquiries", "{\"a\":\"é\"}");

      List<RecordedRequest> requests = persona.requests();
      RecordedRequest get = requests.get(0);
      assertThat(get.method()).isEqualTo("GET");
      assertThat(get.path()).isEqualTo("/api/v1/events");
      assertThat(get.query()).isEqualTo("page%5Bsize%5D=5");
      assertThat(get.queryParameter("page[size]")).isEqualTo("5");
      assertThat(get.header("x-own")).isEqualTo("yes");
      assertThat(get.headers().get("AUTHORIZATION")).containsExactly("Bearer ***");
      assertThat(get.body()).isEmpty();
      assertThat(requests.get(1).bodyText()).isEqualTo("{\"a\":\"é\"}");
      assertThat(requests.get(1)).hasToString("POST /api/v1/inquiries");
      assertThat(requests.toString() + get.headers()).doesNotContain("secret-key");
    }
  }

  @Test
  void pathWithLineBreaks_isOneShortLine() throws IOException {
    try (FakePersona persona = FakePersona.start()) {
      TestClient client = new TestClient(persona);
      client.get("/inquiries/x%0D%0Aforged%1B%5B2J%E2%80%AEy");
      client.get("/inquiries/" + "n".repeat(5_000));

      assertThat(persona.requests().get(0)).hasToString("GET /api/v1/inquiries/x forged [2J y");
      assertThat(persona.requests().get(0).path()).contains("\r\nforged");
      assertThat(persona.requests().get(1).toString()).hasSize(405).endsWith("n…");
    }
  }
}
