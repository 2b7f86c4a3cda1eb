package io.github.persona4j.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.persona4j.PersonaClient;
import io.github.persona4j.spring.HealthProbe.Result;
import io.github.persona4j.testing.FakePersona;
import io.github.persona4j.testing.Fault;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HealthProbeTest {
  private final FakePersona persona = FakePersona.start();
  private final PersonaClient client =
      PersonaClient.builder().baseUrl(persona.baseUrl()).apiKey(persona.apiKey()).build();

  @AfterEach
  void close() {
    client.close();
    persona.close();
  }

  private HealthProbe probe(Duration interval) {
    return new HealthProbe(client, new PersonaProperties.Health(interval, Duration.ofSeconds(5)));
  }

  @Test
  void result_isKeptForTheInterval() {
    HealthProbe probe = probe(Duration.ofHours(1));
    assertThat(probe.check().isUp()).isTrue();
    assertThat(probe.check().isUp()).isTrue();
    assertThat(persona.requestCount()).isEqualTo(1);
    assertThat(persona.requests().get(0).queryParameter("page[size]")).isEqualTo("1");

    HealthProbe always = probe(Duration.ZERO);
    assertThat(always.check().isUp()).isTrue();
    assertThat(always.check().isUp()).isTrue();
    assertThat(persona.requestCount()).isEqualTo(3);
  }

  @Test
  void failure_isDownWithItsClassAndStatus() {
    HealthProbe probe = probe(Duration.ZERO);
    persona.failNext(Fault.status(503));
    Result result = probe.check();
    assertThat(result.isUp()).isFalse();
    assertThat(result.details())
        .containsEntry("error", "ServerException")
        .containsEntry("status", 503);
    assertThat(persona.requestCount()).isEqualTo(1);
    assertThat(probe.check().isUp()).isTrue();

    persona.failNext(Fault.status(401));
    assertThat(probe.check().details()).containsEntry("error", "AuthenticationException");
  }

  @Test
  void refusedButKnownKey_isUp() {
    HealthProbe probe = probe(Duration.ZERO);
    persona.failNext(Fault.status(403));
    assertThat(probe.check()).isEqualTo(new Result(true, Map.of("status", 403)));
    persona.failNext(Fault.status(429));
    assertThat(probe.check().isUp()).isTrue();
  }

  @Test
  void unreachableApi_isDown() {
    HealthProbe probe = probe(Duration.ZERO);
    persona.close();
    assertThat(probe.check().details()).containsEntry("error", "PersonaConnectionException");
  }

  @Test
  void wrongSettings_areRefused() {
    assertThatThrownBy(() -> probe(Duration.ofSeconds(-1)))
        .hasMessage("persona.health.interval: must be from zero to one day");
    assertThatThrownBy(() -> probe(Duration.ofDays(2)))
        .hasMessageContaining("persona.health.interval");
    assertThatThrownBy(
            () ->
                new HealthProbe(client, new PersonaProperties.Health(Duration.ZERO, Duration.ZERO)))
        .hasMessageStartingWith("persona.health.timeout: callTimeout must be");
  }
}
