package io.github.persona4j.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.persona4j.model.Inquiry;
import io.github.persona4j.testing.WebhookRequest;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Requests over HTTP to applications with Spring MVC and with Spring WebFlux. */
class WebhookEndpointTest {
  private static final List<String> HANDLED = Collections.synchronizedList(new ArrayList<>());
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Application {
    @Bean
    PersonaWebhookCustomizer limit(@Value("${test.max-body-bytes:0}") int bytes) {
      return builder -> {
        if (bytes > 0) {
          builder.maxBodyBytes(bytes);
        }
      };
    }

    @Bean
    Listener listener() {
      return new Listener();
    }
  }

  static class Listener {
    @PersonaWebhook("inquiry.approved")
    void approved(Inquiry inquiry) throws InterruptedException {
      Thread.sleep(1); // reactor refuses it on threads that must not block
      HANDLED.add(inquiry.id());
    }

    @PersonaWebhook("inquiry.expired")
    void slow(Inquiry inquiry) {
      try {
        Thread.sleep(700);
        HANDLED.add(inquiry.id());
      } catch (InterruptedException e) {
        HANDLED.add("interrupted");
      }
    }

    @PersonaWebhook("inquiry.failed")
    void interrupted() throws InterruptedException {
      throw new InterruptedException();
    }

    @PersonaWebhook("inquiry.declined")
    void declined(Inquiry inquiry) {
      throw new IllegalStateException("not now");
    }
  }

  private static ConfigurableApplicationContext start(String type, String... properties) {
    HANDLED.clear();
    SpringApplication spring = new SpringApplication(Application.class);
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--spring.main.web-application-type=" + type,
                "--spring.main.banner-mode=off",
                "--server.address=127.0.0.1",
                "--server.port=0",
                "--persona.client.enabled=false",
                "--persona.webhook.path=/webhooks/persona",
                "--persona.webhook.secrets=wbhsec_old,wbhsec_new"));
    for (String property : properties) {
      arguments.add("--" + property);
    }
    return spring.run(arguments.toArray(String[]::new));
  }

  private static String port(ConfigurableApplicationContext application) {
    return application.getEnvironment().getRequiredProperty("local.server.port");
  }

  private static int send(ConfigurableApplicationContext application, WebhookRequest request)
      throws Exception {
    return send(application, request, "application/json");
  }

  private static int send(
      ConfigurableApplicationContext application, WebhookRequest request, String contentType)
      throws Exception {
    return send(application, request, contentType, "192.0.2.1");
  }

  private static int send(
      ConfigurableApplicationContext application,
      WebhookRequest request,
      String contentType,
      String sender)
      throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + port(application) + "/webhooks/persona");
    HttpRequest http =
        HttpRequest.newBuilder(uri)
            .header("Content-Type", contentType)
            .header("X-Forwarded-For", sender)
            .header("persona-signature", request.signature())
            .POST(BodyPublishers.ofByteArray(request.body()))
            .build();
    return HTTP.send(http, BodyHandlers.discarding()).statusCode();
  }

  private static WebhookRequest.Builder event(String name, String id) {
    String subject = "{\"type\":\"inquiry\",\"id\":\"%s\",\"attributes\":{}}";
    return WebhookRequest.event(name).subject(subject.formatted(id));
  }

  @ParameterizedTest
  @ValueSource(strings = {"servlet", "reactive"})
  void signedEvents_areHandledOnceAndOthersRefused(String type) throws Exception {
    try (ConfigurableApplicationContext application =
        start(
            type,
            "persona.webhook.senders=127.0.0.0/8",
            "persona.webhook.max-body-size=1100000B")) {
      WebhookRequest approved = event("inquiry.approved", "inq_\u00e4").sign("wbhsec_old");
      assertThat(send(application, approved)).isEqualTo(200);
      assertThat(send(application, approved)).isEqualTo(200);
      assertThat(send(application, event("inquiry.approved", "inq_2").sign("wbhsec_new")))
          .isEqualTo(200);
      assertThat(
              send(
                  application,
                  event("inquiry.approved", "inq_3").sign("wbhsec_new"),
                  "application/x-www-form-urlencoded"))
          .isEqualTo(200);
      assertThat(send(application, event("inquiry.approved", "inq_4").sign("wbhsec_other")))
          .isEqualTo(401);
      assertThat(send(application, event("inquiry.declined", "inq_5").sign("wbhsec_new")))
          .isEqualTo(500);
      assertThat(send(application, event("hologram.shown", "inq_6").sign("wbhsec_new")))
          .isEqualTo(200);
      assertThat(send(application, WebhookRequest.body("{}").sign("wbhsec_new"))).isEqualTo(400);
      assertThat(send(application, WebhookRequest.body("").sign("wbhsec_new"))).isEqualTo(400);
      assertThat(HANDLED).containsExactly("inq_\u00e4", "inq_2", "inq_3");

      String large = "x".repeat(1_000_000);
      WebhookRequest.Builder allowed =
          WebhookRequest.event("inquiry.approved")
              .subject(
                  "{\"type\":\"inquiry\",\"id\":\"inq_7\",\"attributes\":{\"note\":\"%s\"}}"
                      .formatted(large));
      assertThat(send(application, allowed.sign("wbhsec_new"))).isEqualTo(200);
      assertThat(send(application, WebhookRequest.body(new byte[1_100_001]).sign("wbhsec_new")))
          .isEqualTo(400);
      assertThat(HANDLED).hasSize(4);
      assertThat(endlessBody(port(application))).startsWith("HTTP/1.1 400");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"servlet", "reactive"})
  void limitOfACustomizerAndAddressOfAProxy_areUsed(String type) throws Exception {
    try (ConfigurableApplicationContext application =
        start(
            type,
            "test.max-body-bytes=1600000",
            "server.forward-headers-strategy=framework",
            "persona.webhook.senders=198.51.100.7")) {
      String note = "x".repeat(1_500_000);
      WebhookRequest large =
          WebhookRequest.event("inquiry.approved")
              .subject(
                  "{\"type\":\"inquiry\",\"id\":\"inq_1\",\"attributes\":{\"note\":\"%s\"}}"
                      .formatted(note))
              .sign("wbhsec_old");
      assertThat(send(application, large, "application/json", "198.51.100.7")).isEqualTo(200);
      assertThat(send(application, large, "application/json", "198.51.100.8")).isEqualTo(403);
      WebhookRequest larger = WebhookRequest.body(new byte[1_600_001]).sign("wbhsec_old");
      assertThat(send(application, larger, "application/json", "198.51.100.7")).isEqualTo(400);
      assertThat(HANDLED).containsExactly("inq_1");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"servlet", "reactive"})
  void interruptedMethod_is500_andALostConnectionInterruptsNone(String type) throws Exception {
    try (ConfigurableApplicationContext application = start(type)) {
      assertThat(send(application, event("inquiry.failed", "inq_1").sign("wbhsec_old")))
          .isEqualTo(500);
      try (Socket socket =
          new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(port(application)))) {
        WebhookRequest slow = event("inquiry.expired", "inq_2").sign("wbhsec_old");
        String head =
            """
            POST /webhooks/persona HTTP/1.1
            Host: localhost
            Persona-Signature: %s
            Content-Length: %d

            """
                .formatted(slow.signature(), slow.body().length);
        OutputStream out = socket.getOutputStream();
        out.write(head.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.write(slow.body());
        out.flush();
        Thread.sleep(200);
      }
      for (int i = 0; i < 100 && HANDLED.isEmpty(); i++) {
        Thread.sleep(50);
      }
      assertThat(HANDLED).containsExactly("inq_2");
    }
  }

  /** Sends a body without an end, and returns the beginning of the response. */
  private static String endlessBody(String port) throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(port))) {
      socket.setSoTimeout(10_000);
      OutputStream out = socket.getOutputStream();
      String head =
          """
          POST /webhooks/persona HTTP/1.1
          Host: localhost
          Persona-Signature: t=1,v1=0
          Transfer-Encoding: chunked

          """;
      out.write(head.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII));
      byte[] chunk = new byte[0x10000];
      for (int i = 0; i < 18; i++) {
        out.write("10000\r\n".getBytes(StandardCharsets.US_ASCII));
        out.write(chunk);
        out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
      }
      out.flush();
      InputStream in = socket.getInputStream();
      return new String(in.readNBytes(12), StandardCharsets.US_ASCII);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"servlet", "reactive"})
  void otherSendersAndMethods_areRefused(String type) throws Exception {
    try (ConfigurableApplicationContext application =
        start(type, "persona.webhook.senders=192.0.2.0/24,198.51.100.1")) {
      WebhookRequest approved = event("inquiry.approved", "inq_1").sign("wbhsec_old");
      assertThat(send(application, approved)).isEqualTo(403);
      assertThat(HANDLED).isEmpty();
      URI uri = URI.create("http://127.0.0.1:" + port(application) + "/webhooks/persona");
      assertThat(
              HTTP.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding())
                  .statusCode())
          .isEqualTo(404);
    }
  }
}
