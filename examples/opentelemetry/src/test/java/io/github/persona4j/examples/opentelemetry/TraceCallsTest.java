package io.github.persona4j.examples.opentelemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.persona4j.PersonaClient;
import io.github.persona4j.PersonaClientBuilder;
import io.github.persona4j.testing.FakePersona;
import io.github.persona4j.testing.Fault;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Starts the application and calls it over HTTP. */
class TraceCallsTest {
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String CALLER = "00f067aa0ba902b7";

  private final FakePersona fake = FakePersona.start();
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private TraceCalls application;

  @BeforeEach
  void start() throws Exception {
    PersonaClientBuilder settings =
        PersonaClient.builder().apiKey(fake.apiKey()).baseUrl(fake.baseUrl());
    PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
    application = TraceCalls.start(settings, TraceCalls.telemetry(new SpanPrinter(out)), 0);
  }

  @AfterEach
  void stop() {
    application.close();
    fake.close();
  }

  private HttpResponse<String> getEvents() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(application.url() + "/events"))
            .timeout(Duration.ofSeconds(20))
            .header("traceparent", "00-" + TRACE + "-" + CALLER + "-01")
            .build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
  }

  /** The printed lines: each span, its attributes, and its events. */
  private List<String> lines() {
    String text = printed.toString(StandardCharsets.UTF_8);
    System.out.print(text);
    return text.lines().toList();
  }

  private static String after(String label, String line) {
    return line.replaceFirst(".*, " + label + " (\\w+).*", "$1");
  }

  @Test
  void retriedCall_isASpanBelowTheRequest_withTheFailedAttemptAsEvent() throws Exception {
    fake.failNext(Fault.status(503));

    HttpResponse<String> response = getEvents();

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).endsWith(" events in trace " + TRACE + "\n");
    List<String> lines = lines();
    assertThat(lines).hasSize(5);
    assertThat(lines.get(0)).startsWith("CLIENT GET /api/v1/events, trace " + TRACE);
    assertThat(lines.get(0)).endsWith("status UNSET");
    assertThat(lines.get(1))
        .contains(
            "http.request.method=GET",
            "url.template=/api/v1/events",
            "http.response.status_code=200",
            "http.request.resend_count=1",
            "http.response.header.request-id=[");
    assertThat(lines.get(2))
        .startsWith("  event persona.attempt.failed {")
        .contains("error.type=503", "persona.attempt.number=1", "persona.attempt.wait=");
    assertThat(lines.get(3)).startsWith("SERVER GET /events, trace " + TRACE);
    assertThat(after("parent", lines.get(3))).isEqualTo(CALLER);
    assertThat(after("parent", lines.get(0))).isEqualTo(after("span", lines.get(3)));

    String sent = "00-" + TRACE + "-" + after("span", lines.get(0)) + "-";
    assertThat(fake.requests())
        .hasSize(2)
        .allSatisfy(request -> assertThat(request.header("traceparent")).startsWith(sent));
  }

  @Test
  void failedCall_isAnError() throws Exception {
    fake.failNext(Fault.status(403));

    assertThat(getEvents().statusCode()).isEqualTo(502);

    List<String> lines = lines();
    assertThat(lines.get(0)).startsWith("CLIENT GET /api/v1/events").endsWith("status ERROR");
    assertThat(lines.get(1)).contains("error.type=403", "http.response.status_code=403");
  }
}
