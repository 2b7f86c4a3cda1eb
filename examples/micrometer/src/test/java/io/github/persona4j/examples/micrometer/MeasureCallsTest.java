package io.github.persona4j.examples.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.persona4j.PersonaClient;
import io.github.persona4j.PersonaClientBuilder;
import io.github.persona4j.testing.FakePersona;
import io.github.persona4j.testing.Fault;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Starts the application and calls it over HTTP. */
class MeasureCallsTest {
  private final FakePersona fake = FakePersona.builder().rateLimit(300).start();
  private MeasureCalls application;

  @BeforeEach
  void start() throws Exception {
    PersonaClientBuilder settings =
        PersonaClient.builder().apiKey(fake.apiKey()).baseUrl(fake.baseUrl());
    application = MeasureCalls.start(settings, 0);
  }

  @AfterEach
  void stop() {
    application.close();
    fake.close();
  }

  private HttpResponse<String> get(String path) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(application.url() + path))
            .timeout(Duration.ofSeconds(20))
            .build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
  }

  /** The samples that Prometheus reads, without comments and times. */
  private List<String> samples() throws Exception {
    HttpResponse<String> metrics = get("/metrics");
    assertThat(metrics.statusCode()).isEqualTo(200);
    List<String> samples =
        metrics.body().lines().filter(line -> line.startsWith("persona_")).toList();
    samples.forEach(System.out::println);
    return samples;
  }

  @Test
  void retriedCall_isCountedOnceWithItsRetry() throws Exception {
    fake.failNext(Fault.status(503));

    assertThat(get("/events").statusCode()).isEqualTo(200);
    assertThat(get("/events").body()).endsWith(" events\n");

    assertThat(samples())
        .contains(
            "persona_calls_seconds_count{client=\"example\",operation=\"events.list\","
                + "outcome=\"success\",status=\"200\"} 2",
            "persona_requests_total{client=\"example\",operation=\"events.list\"} 3.0",
            "persona_retries_total{client=\"example\",operation=\"events.list\","
                + "reason=\"refused\",status=\"503\"} 1.0",
            "persona_rate_limit_requests{client=\"example\"} 300.0",
            "persona_rate_limit_remaining_requests{client=\"example\"} 297.0",
            "persona_rate_limit_waits_seconds_count{client=\"example\"} 0");
  }

  @Test
  void failedCall_isCountedWithItsStatus() throws Exception {
    fake.failNext(Fault.status(403));

    assertThat(get("/events").statusCode()).isEqualTo(502);

    assertThat(samples())
        .contains(
            "persona_calls_seconds_count{client=\"example\",operation=\"events.list\","
                + "outcome=\"refused\",status=\"403\"} 1")
        .noneMatch(sample -> sample.startsWith("persona_retries"));
  }
}
