package io.github.persona4j.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.within;

import io.github.persona4j.CallListener;
import io.github.persona4j.PersonaClient;
import io.github.persona4j.PersonaClientBuilder;
import io.github.persona4j.RetryPolicy;
import io.github.persona4j.testing.FakePersona;
import io.github.persona4j.testing.Fault;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PersonaMetricsTest {
  private static final String RETRIED_INQUIRY = "inq_doesNotExist";

  private final MeterRegistry registry = new SimpleMeterRegistry();
  private final FakePersona persona =
      FakePersona.builder().rateLimit(300).creationQuota("POST /inquiries", 50).start();

  @AfterEach
  void stop() {
    persona.close();
  }

  private PersonaClientBuilder builder() {
    return PersonaClient.builder()
        .apiKey(persona.apiKey())
        .baseUrl(persona.baseUrl())
        .retryPolicy(
            RetryPolicy.builder().maxRetries(2).initialDelay(Duration.ofMillis(1)).build());
  }

  private PersonaClient client() {
    return builder().callListener(PersonaMetrics.to(registry)).build();
  }

  private Timer calls(String operation, String outcome, String status) {
    return registry
        .get("persona.calls")
        .tags("operation", operation, "outcome", outcome, "status", status)
        .timer();
  }

  private Counter requests(String operation) {
    return registry.get("persona.requests").tag("operation", operation).counter();
  }

  private Counter retries(String operation, String reason, String status) {
    return registry
        .get("persona.retries")
        .tags("operation", operation, "reason", reason, "status", status)
        .counter();
  }

  @Test
  void retriedCall_isOneCallWithItsRequestsAndRetries() {
    persona.failNext(Fault.status(503).after(Duration.ofMillis(100)), Fault.dropConnection());

    try (PersonaClient client = client()) {
      client.events().list();
    }

    Timer call = calls("events.list", "success", "200");
    assertThat(call.count()).isEqualTo(1);
    assertThat(call.totalTime(TimeUnit.MILLISECONDS)).isBetween(100.0, 20_000.0);
    assertThat(requests("events.list").count()).isEqualTo(3);
    assertThat(retries("events.list", "refused", "503").count()).isEqualTo(1);
    assertThat(retries("events.list", "connection", "none").count()).isEqualTo(1);
    assertThat(registry.find("persona.retries").counters()).hasSize(2);
  }

  @Test
  void asyncAndRawCalls_areMeasuredLikeBlockingOnes() {
    persona.failNext(Fault.status(503));

    try (PersonaClient client = client()) {
      client.async().events().list().join();
      client.raw().events().list();
    }

    assertThat(calls("events.list", "success", "200").count()).isEqualTo(2);
    assertThat(requests("events.list").count()).isEqualTo(3);
    assertThat(retries("events.list", "refused", "503").count()).isEqualTo(1);
  }

  @Test
  void failedCalls_haveTheirReasonAndStatus() {
    persona.failNext(
        Fault.status(403),
        Fault.dropConnection(),
        Fault.dropConnection(),
        Fault.dropConnection(),
        Fault.body("{\"data\":["));

    try (PersonaClient client = client()) {
      for (int i = 0; i < 3; i++) {
        assertThat(catchThrowable(() -> client.events().list())).isNotNull();
      }
    }

    assertThat(calls("events.list", "refused", "403").count()).isEqualTo(1);
    assertThat(calls("events.list", "connection", "none").count()).isEqualTo(1);
    assertThat(calls("events.list", "malformed", "200").count()).isEqualTo(1);
    assertThat(requests("events.list").count()).isEqualTo(5);
    assertThat(retries("events.list", "connection", "none").count()).isEqualTo(2);
  }

  @Test
  void limits_areThoseOfTheLastResponse() {
    try (PersonaClient client = client()) {
      client.events().list();
      assertThat(gauge("persona.rate.limit")).isEqualTo(300);
      assertThat(gauge("persona.rate.limit.remaining")).isEqualTo(299);
      assertThat(registry.find("persona.quota").gauges()).isEmpty();

      client.inquiries().create(a -> a.inquiryTemplateId("itmpl_1"));
      assertThat(gauge("persona.rate.limit.remaining")).isEqualTo(298);
      Gauge quota = registry.get("persona.quota").tag("operation", "inquiries.create").gauge();
      assertThat(quota.value()).isEqualTo(50);
      assertThat(
              registry
                  .get("persona.quota.remaining")
                  .tag("operation", "inquiries.create")
                  .gauge()
                  .value())
          .isEqualTo(49);
    }
  }

  @Test
  void limitsOfAFailedAttempt_areReportedBeforeTheCallEnds() {
    persona.failNext(
        Fault.status(503).header("RateLimit-Limit", "300").header("RateLimit-Remaining", "117"),
        Fault.dropConnection(),
        Fault.dropConnection());

    try (PersonaClient client = client()) {
      assertThat(catchThrowable(() -> client.events().list())).isNotNull();
    }

    assertThat(gauge("persona.rate.limit.remaining")).isEqualTo(117);
  }

  private double gauge(String name) {
    return registry.get(name).gauge().value();
  }

  @Test
  void waitForTheRateLimiter_isMeasuredForDelayedCallsOnly() {
    persona.failNext(
        Fault.status(404)
            .header("RateLimit-Limit", "300")
            .header("RateLimit-Remaining", "0")
            .header("RateLimit-Reset", "20"));

    try (PersonaClient client =
        builder()
            .maxRateLimiterWait(Duration.ofMillis(50))
            .callListener(PersonaMetrics.to(registry))
            .build()) {
      assertThat(catchThrowable(() -> client.events().list())).isNotNull();
      Timer waits = registry.get("persona.rate.limit.waits").timer();
      assertThat(waits.count()).isZero();

      client.events().list();
      assertThat(waits.count()).isEqualTo(1);
      assertThat(waits.totalTime(TimeUnit.MILLISECONDS)).isBetween(45.0, 10_000.0);
    }
  }

  @Test
  void twoClientsWithTheirOwnTags_areMeasuredApart() {
    try (PersonaClient eu =
            builder().callListener(PersonaMetrics.to(registry, Tags.of("client", "eu"))).build();
        PersonaClient us =
            builder()
                .callListener(PersonaMetrics.to(registry, List.of(Tag.of("client", "us"))))
                .build()) {
      eu.events().list();
      us.events().list();
      us.events().list();
    }

    assertThat(registry.get("persona.calls").tag("client", "eu").timer().count()).isEqualTo(1);
    assertThat(registry.get("persona.calls").tag("client", "us").timer().count()).isEqualTo(2);
    assertThat(registry.get("persona.requests").tag("client", "us").counter().count()).isEqualTo(2);
    assertThat(registry.get("persona.rate.limit.remaining").tag("client", "eu").gauge().value())
        .isEqualTo(299);
    assertThat(registry.get("persona.rate.limit.remaining").tag("client", "us").gauge().value())
        .isEqualTo(297);
    assertThat(registry.getMeters())
        .allSatisfy(meter -> assertThat(meter.getId().getTag("client")).isNotNull());
  }

  @Test
  void gauges_areThoseOfTheLastClient_andComeBackAfterTheRegistryWasCleared() {
    try (PersonaClient first = client()) {
      first.events().list();
    }
    System.gc(); // the registry has weak references only
    try (PersonaClient second = client()) {
      second.events().list();
      assertThat(gauge("persona.rate.limit.remaining")).isEqualTo(298);
      registry.clear();
      second.events().list();
      System.gc();
      assertThat(gauge("persona.rate.limit.remaining")).isEqualTo(297);
    }
  }

  @Test
  void otherListeners_areNotReplaced() {
    int[] ended = new int[1];

    try (PersonaClient client =
        builder()
            .callListener(call -> ended[0]++)
            .callListener(PersonaMetrics.to(registry))
            .callListener(call -> ended[0]++)
            .build()) {
      client.events().list();
    }

    assertThat(ended[0]).isEqualTo(2);
    assertThat(calls("events.list", "success", "200").count()).isEqualTo(1);
  }

  @Test
  void meters_haveDescriptionsAndNoIdsOrKeys() {
    persona.failNext(Fault.status(503));

    try (PersonaClient client = client()) {
      assertThat(catchThrowable(() -> client.inquiries().retrieve(RETRIED_INQUIRY))).isNotNull();
      client.inquiries().create(a -> a.inquiryTemplateId("itmpl_1").referenceId("user-42"));
    }

    Map<String, Set<String>> keys =
        registry.getMeters().stream()
            .collect(
                Collectors.groupingBy(
                    meter -> meter.getId().getName(),
                    Collectors.flatMapping(
                        meter -> meter.getId().getTags().stream().map(Tag::getKey),
                        Collectors.toSet())));
    assertThat(keys)
        .containsOnly(
            Map.entry("persona.calls", Set.of("operation", "outcome", "status")),
            Map.entry("persona.requests", Set.of("operation")),
            Map.entry("persona.retries", Set.of("operation", "reason", "status")),
            Map.entry("persona.rate.limit.waits", Set.of()),
            Map.entry("persona.rate.limit", Set.of()),
            Map.entry("persona.rate.limit.remaining", Set.of()),
            Map.entry("persona.quota", Set.of("operation")),
            Map.entry("persona.quota.remaining", Set.of("operation")));
    for (Meter meter : registry.getMeters()) {
      assertThat(meter.getId().getDescription()).isNotBlank();
      assertThat(meter.getId().toString())
          .doesNotContain(RETRIED_INQUIRY, "itmpl_1", "user-42", persona.apiKey());
    }
  }

  @Test
  void timers_haveNoHistogram() {
    try (PersonaClient client = client()) {
      client.events().list();
    }

    Timer call = calls("events.list", "success", "200");
    assertThat(call.takeSnapshot().histogramCounts()).isEmpty();
    assertThat(call.takeSnapshot().percentileValues()).isEmpty();
    assertThat(call.max(TimeUnit.SECONDS)).isCloseTo(call.totalTime(TimeUnit.SECONDS), within(1.0));
  }

  @Test
  void invalidArguments_areRefusedWithTheirName() {
    assertThatNullPointerException()
        .isThrownBy(() -> PersonaMetrics.to(missing()))
        .withMessage("registry");
    assertThatNullPointerException()
        .isThrownBy(() -> PersonaMetrics.to(registry, missing()))
        .withMessage("tags");
    for (String key : List.of("operation", "outcome", "reason", "status")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> PersonaMetrics.to(registry, Tags.of(key, "value")))
          .withMessage("tags must not have the key " + key + ", which the meters have themselves");
    }
    CallListener unused = PersonaMetrics.to(registry, Tags.empty());
  }

  // NullAway: the null is the test.
  @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
  private static <T> T missing() {
    return null;
  }
}
