package io.github.persona4j.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.google.gson.JsonObject;
import io.github.persona4j.testing.internal.webhook.Receiver;
import io.github.persona4j.testing.internal.webhook.WebhookSignature;
import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WebhooksTest {
  private static final String ACCOUNT = "{\"data\":{\"attributes\":{\"reference-id\":\"r1\"}}}";

  private final SettableClock clock = new SettableClock();
  private final FakePersona persona = FakePersona.builder().clock(clock).start();
  private final TestClient client = new TestClient(persona);
  private final Receiver receiver = new Receiver();

  WebhooksTest() throws IOException {}

  @AfterEach
  void close() {
    receiver.close();
    persona.close();
  }

  private String create(String url) {
    return "{\"data\":{\"attributes\":{\"name\":\"n\",\"custom-http-headers\":{\"X-API-Key\":\"k\"},\"enabled-events\":[\"account.created\"],"
        + "\"api-key-inflection\":\"camel\",\"url\":\""
        + url
        + "\"}}}";
  }

  private String signature(String... secrets) {
    Receiver.Received last = receiver.received().get(receiver.received().size() - 1);
    return WebhookSignature.of(List.of(secrets), clock.instant(), last.body());
  }

  @Test
  void givenSecret_signsTheDeliveries() throws IOException {
    RegisteredWebhook webhook =
        persona.webhooks().to(receiver.url()).secret("wbhsec_given").register();
    createAccount();

    assertThat(webhook.secret()).isEqualTo("wbhsec_given");
    assertThat(receiver.received().get(0).signature()).isEqualTo(signature("wbhsec_given"));
    for (String wrong : List.of("", "a b", "wbhsec_\u00e4", "wbhsec_1\n")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> persona.webhooks().to(receiver.url()).secret(wrong))
          .withMessage("secret must be visible ASCII and not be empty");
    }
  }

  private void createAccount() throws IOException {
    assertThat(client.post("/accounts", ACCOUNT).status()).isEqualTo(201);
    persona.webhooks().await();
  }

  @Test
  void registeredWebhook_getsEventsOfRequests() throws IOException {
    RegisteredWebhook webhook =
        persona
            .webhooks()
            .to(receiver.url())
            .events("account.created")
            .casing(KeyCasing.SNAKE)
            .version("2023-01-05")
            .blocklist("reference-id")
            .include("account.created", "account-type")
            .register();
    createAccount();

    assertThat(receiver.received()).hasSize(1);
    assertThat(receiver.received().get(0).signature()).isEqualTo(signature(webhook.secret()));
    assertThat(receiver.received().get(0).text())
        .contains("created_at")
        .contains("\"included\":[{\"type\":\"account-type\"")
        .doesNotContain("reference_id");
    WebhookDelivery delivery = persona.deliveries().get(0);
    assertThat(delivery.webhookId()).isEqualTo(webhook.id());
    assertThat(delivery.url()).isEqualTo(receiver.url());
    assertThat(delivery.eventName()).isEqualTo("account.created");
    assertThat(client.get("/events").ids()).contains(delivery.eventId());
    assertThat(delivery.attempt()).isEqualTo(1);
    assertThat(delivery.at()).isEqualTo(clock.instant());
    assertThat(delivery.result()).isEqualTo(WebhookDelivery.Result.DELIVERED);
    assertThat(delivery.responseStatus()).isEqualTo(200);
    assertThat(delivery.failure()).isNull();
    assertThat(delivery.request().body()).isEqualTo(receiver.received().get(0).body());
    assertThat(delivery.request().signature()).isEqualTo(signature(webhook.secret()));
    assertThat(delivery)
        .hasToString(
            "account.created "
                + delivery.eventId()
                + " to "
                + webhook.id()
                + ", attempt 1: DELIVERED 200");
    assertThat(webhook).hasToString("RegisteredWebhook[" + webhook.id() + "]");
    assertThat(persona.describe()).contains(delivery.toString());
  }

  @Test
  void webhookOfTheApi_getsEventsWhenItIsEnabled() throws IOException {
    JsonObject created = client.post("/webhooks", create(receiver.url())).data();
    String path = "/webhooks/" + created.get("id").getAsString();
    assertThat(created.getAsJsonObject("attributes").get("status").getAsString())
        .isEqualTo("disabled");
    createAccount();
    assertThat(receiver.received()).isEmpty();

    assertThat(client.post(path + "/enable", "").status()).isEqualTo(200);
    createAccount();
    String secret = created.getAsJsonObject("attributes").get("secret").getAsString();
    assertThat(secret).startsWith("wbhsec_");
    assertThat(receiver.received().get(0).signature()).isEqualTo(signature(secret));
    assertThat(receiver.received().get(0).text()).contains("createdAt").contains("\"included\":[]");

    JsonObject rotated =
        client.post(path + "/rotate-secret", "{\"meta\":{\"expires-in-seconds\":60}}").attributes();
    String next = rotated.get("secret").getAsString();
    createAccount();
    assertThat(receiver.received().get(1).signature()).isEqualTo(signature(next, secret));
    clock.advance(Duration.ofSeconds(60));
    createAccount();
    assertThat(receiver.received().get(2).signature()).isEqualTo(signature(next));
  }

  @Test
  void cloneOfAWebhook_hasItsOwnSecretAndIsDisabled() throws IOException {
    JsonObject created = client.post("/webhooks", create(receiver.url())).data();
    String id = created.get("id").getAsString();
    JsonObject copy = client.post("/webhooks/" + id + "/clone", "").data();

    assertThat(copy.get("id").getAsString()).isNotEqualTo(id);
    JsonObject attributes = copy.getAsJsonObject("attributes");
    assertThat(attributes.get("url").getAsString()).isEqualTo(receiver.url());
    assertThat(attributes.get("status").getAsString()).isEqualTo("disabled");
    assertThat(attributes.get("secret"))
        .isNotEqualTo(created.getAsJsonObject("attributes").get("secret"));
  }

  @Test
  void urlThatIsNone_isRejected() throws IOException {
    for (String url : new String[] {"x", "ftp://localhost/", "http://a b/"}) {
      TestClient.TestResponse response = client.post("/webhooks", create(url));
      assertThat(response.status()).isEqualTo(422);
      assertThat(response.error().getAsJsonObject("source").get("pointer").getAsString())
          .isEqualTo("/data/attributes/url");
    }
  }

  @Test
  void secretRotatedByTheTest_isSignedWithBothForATime() throws IOException {
    RegisteredWebhook webhook = persona.webhooks().to(receiver.url()).register();
    String former = webhook.secret();
    String next = webhook.rotateSecret(Duration.ofMinutes(1));
    assertThat(webhook.secret()).isEqualTo(next).isNotEqualTo(former);
    createAccount();
    assertThat(receiver.received().get(0).signature()).isEqualTo(signature(next, former));
  }

  @Test
  void hostElsewhere_getsNothingUnlessAllowed() throws IOException {
    persona.webhooks().to("http://0.0.0.0:1/").register();
    createAccount();

    assertThat(persona.deliveries())
        .singleElement()
        .satisfies(
            delivery -> {
              assertThat(delivery.result()).isEqualTo(WebhookDelivery.Result.FAILED);
              assertThat(delivery.failure()).isEqualTo("not a loopback address");
              assertThat(delivery.toString()).endsWith("FAILED (not a loopback address)");
            });
    try (FakePersona open = FakePersona.builder().deliverToAnyHost().start()) {
      open.webhooks().to("http://0.0.0.0:1/").register();
      new TestClient(open).post("/accounts", ACCOUNT);
      open.webhooks().await();
      assertThat(open.deliveries().get(0).failure()).isNotEqualTo("not a loopback address");
    }
  }

  @Test
  void faults_areThoseOfTheNextDeliveries() throws IOException {
    RegisteredWebhook webhook = persona.webhooks().to(receiver.url()).register();
    persona.webhooks().duplicateNext(1);
    persona.webhooks().loseNextResponses(1);
    persona.webhooks().missignNext(1);
    createAccount();
    assertThat(receiver.received()).hasSize(2);
    assertThat(receiver.received().get(0).signature()).isNotEqualTo(signature(webhook.secret()));
    assertThat(persona.deliveries().get(0).failure()).isEqualTo("response lost");

    persona.webhooks().reverseNext(2);
    createAccount();
    createAccount();
    assertThat(receiver.received()).hasSize(4);
    List<WebhookDelivery> deliveries = persona.deliveries();
    List<String> events = client.get("/events").ids(); // newest first
    assertThat(deliveries.get(2).eventId()).isEqualTo(events.get(0));
    assertThat(deliveries.get(3).eventId()).isEqualTo(events.get(1));
  }

  @Test
  void invalidCounts_areRejected() {
    Webhooks webhooks = persona.webhooks();
    assertThatIllegalArgumentException().isThrownBy(() -> webhooks.duplicateNext(0));
    assertThatIllegalArgumentException().isThrownBy(() -> webhooks.reverseNext(0));
    assertThatIllegalArgumentException().isThrownBy(() -> webhooks.loseNextResponses(-1));
    assertThatIllegalArgumentException().isThrownBy(() -> webhooks.missignNext(0));
    assertThat(persona.deliveries()).isEmpty();
  }

  /** The status arrives at once, but the body never ends. */
  @Test
  void responseWithoutEnd_isAFailedAttemptAfterFiveSeconds() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread trickle = new Thread(() -> trickle(server));
      trickle.setDaemon(true);
      trickle.start();
      persona.webhooks().to("http://127.0.0.1:" + server.getLocalPort() + "/").register();

      assertTimeoutPreemptively(Duration.ofSeconds(20), this::createAccount);

      WebhookDelivery delivery = persona.deliveries().get(0);
      assertThat(delivery.result()).isEqualTo(WebhookDelivery.Result.FAILED);
      assertThat(delivery.failure()).isEqualTo("no response within 5 seconds");
    }
  }

  private static void trickle(ServerSocket server) {
    try (Socket socket = server.accept();
        OutputStream out = socket.getOutputStream()) {
      out.write("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n".getBytes(UTF_8));
      while (true) {
        out.write('x');
        out.flush();
        Thread.sleep(100);
      }
    } catch (IOException | InterruptedException e) {
      // The fake has closed the connection, or the test has ended.
    }
  }

  @Test
  void closedFakes_leaveNoClientThreadsBehind() throws IOException {
    createAccount();
    Set<Thread> before = selectors();
    for (int i = 0; i < 5; i++) {
      try (FakePersona other = FakePersona.start()) {
        other.webhooks().to(receiver.url()).register();
        new TestClientOfOther(other).createAccount();
        assertThat(other.deliveries()).hasSize(1);
      }
    }
    assertThat(selectors()).hasSizeLessThanOrEqualTo(before.size() + 1);
  }

  private static Set<Thread> selectors() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().contains("SelectorManager"))
        .collect(Collectors.toSet());
  }

  /** Creates accounts by HttpURLConnection, which has no thread of its own. */
  private record TestClientOfOther(FakePersona other) {
    void createAccount() throws IOException {
      var connection =
          (HttpURLConnection) URI.create(other.baseUrl() + "/accounts").toURL().openConnection();
      connection.setRequestProperty("Authorization", "Bearer " + other.apiKey());
      connection.setDoOutput(true);
      connection.getOutputStream().write(ACCOUNT.getBytes(UTF_8));
      assertThat(connection.getResponseCode()).isEqualTo(201);
      other.webhooks().await();
    }
  }
}
