package io.github.persona4j.spring.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.persona4j.Credentials;
import io.github.persona4j.PersonaClient;
import io.github.persona4j.error.RateLimitException;
import io.github.persona4j.request.RequestOptions;
import io.github.persona4j.testing.FakePersona;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * An application without a server and with a fake of its own, whose properties and credentials are
 * for production.
 */
@SpringBootTest(
    webEnvironment = WebEnvironment.NONE,
    properties = {
      "persona.api-key=persona_production_1",
      "persona.environment=production",
      "persona.rate-limiter.threshold=0",
      "persona.base-url=https://api.withpersona.com/api/v1"
    })
@AutoConfigureFakePersona
class FakePersonaAutoConfigurationTest {
  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Application {
    @Bean(destroyMethod = "close")
    FakePersona slow() {
      return FakePersona.builder().rateLimit(1).start();
    }

    @Bean
    Credentials credentialsOfProduction() {
      return () -> "persona_production_2";
    }
  }

  static class OtherClient {
    @Bean
    PersonaClient client() {
      return PersonaClient.builder().apiKey("persona_production_1").build();
    }
  }

  @Test
  void clientThatDoesNotUseTheFake_failsAtTheStart() {
    new ApplicationContextRunner()
        .withConfiguration(AutoConfigurations.of(FakePersonaAutoConfiguration.class))
        .withUserConfiguration(OtherClient.class)
        .run(
            context ->
                assertThat(context.getStartupFailure())
                    .hasMessageContaining("The PersonaClient bean client does not use the fake"));
  }

  @Autowired FakePersona persona;
  @Autowired PersonaClient client;

  @Test
  void client_usesTheFakeOfTheTestInsteadOfTheProperties() {
    assertThat(client.baseUrl()).startsWith(persona.baseUrl());
    assertThat(client.events().list().items()).isNotEmpty();
    assertThat(persona.requestCount()).isEqualTo(1);

    RequestOptions once = RequestOptions.builder().maxRetries(0).build();
    assertThatThrownBy(() -> client.events().list(once)).isInstanceOf(RateLimitException.class);
  }
}
