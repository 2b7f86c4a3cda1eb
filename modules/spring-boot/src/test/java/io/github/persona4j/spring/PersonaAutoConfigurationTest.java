package io.github.persona4j.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.persona4j.Credentials;
import io.github.persona4j.PersonaClient;
import io.github.persona4j.PersonaClientBuilder;
import io.github.persona4j.request.RequestOptions;
import io.github.persona4j.testing.FakePersona;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.ArgumentResolver;
import org.springframework.core.io.support.SpringFactoriesLoader.FailureHandler;

class PersonaAutoConfigurationTest {
  private static final String KEY = "persona_sandbox_11111111-2222-3333-4444-555555555555";

  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(AutoConfigurations.of(PersonaAutoConfiguration.class));

  /** Returns what the application writes when it does not start. */
  private static String analysis(AssertableApplicationContext context) {
    Throwable failure = context.getStartupFailure();
    assertThat(failure).isNotNull();
    List<FailureAnalyzer> analyzers =
        SpringFactoriesLoader.forDefaultResourceLocation()
            .load(
                FailureAnalyzer.class,
                ArgumentResolver.of(BeanFactory.class, new DefaultListableBeanFactory())
                    .and(Environment.class, new StandardEnvironment()),
                FailureHandler.handleMessage((message, absent) -> {})); // those of absent libraries
    for (FailureAnalyzer analyzer : analyzers) {
      FailureAnalysis analysis = analyzer.analyze(failure);
      if (analysis != null) {
        return analysis.getDescription() + "\n" + analysis.getAction();
      }
    }
    throw new AssertionError("no analysis", failure);
  }

  /** Returns the messages of an exception and its causes. */
  private static String messages(AssertableApplicationContext context) {
    StringBuilder messages = new StringBuilder();
    Throwable failure = context.getStartupFailure();
    for (Throwable each = failure; each != null; each = each.getCause()) {
      messages.append(each).append('\n');
    }
    return messages.toString();
  }

  @Test
  void key_isSentToTheBaseUrl() {
    try (FakePersona persona = FakePersona.builder().apiKey(KEY).start()) {
      runner
          .withPropertyValues("persona.api-key=" + KEY, "persona.base-url=" + persona.baseUrl())
          .run(
              context -> {
                PersonaClient client = context.getBean(PersonaClient.class);
                assertThat(client.events().list(q -> q.pageSize(1)).items()).hasSize(1);
              });
    }
  }

  @Test
  void environmentVariables_setKeyAndUrl() {
    try (FakePersona persona = FakePersona.builder().apiKey(KEY).start()) {
      runner
          .withInitializer(
              context ->
                  context
                      .getEnvironment()
                      .getPropertySources()
                      .replace(
                          "systemEnvironment",
                          new SystemEnvironmentPropertySource(
                              "systemEnvironment",
                              Map.of(
                                  "PERSONA_API_KEY", KEY, "PERSONA_BASE_URL", persona.baseUrl()))))
          .run(
              context ->
                  assertThat(context.getBean(PersonaClient.class).events().list().items())
                      .isNotEmpty());
    }
  }

  @Test
  void clientOfTheContext_isClosedWithIt() {
    List<PersonaClient> clients = new ArrayList<>();
    runner
        .withPropertyValues("persona.api-key=" + KEY)
        .run(context -> clients.add(context.getBean(PersonaClient.class)));

    assertThatThrownBy(() -> clients.get(0).events().list()).hasMessageContaining("closed");
  }

  @Test
  void missingOrEmptyKey_failsWithTheNameOfTheProperty() {
    for (String[] values : new String[][] {{}, {"persona.api-key="}}) {
      runner
          .withPropertyValues(values)
          .run(
              context ->
                  assertThat(analysis(context))
                      .contains("persona.api-key: is not set")
                      .contains("Credentials"));
    }
  }

  @Test
  void disabledClient_needsNoKey() {
    runner
        .withPropertyValues("persona.client.enabled=false")
        .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(PersonaClient.class));
  }

  @Configuration(proxyBeanMethods = false)
  static class OwnClient {
    @Bean
    PersonaClient own() {
      return PersonaClient.builder().build();
    }
  }

  @Test
  void clientOfTheApplication_replacesTheOtherWithoutAKey() {
    runner
        .withUserConfiguration(OwnClient.class)
        .run(context -> assertThat(context).getBeanNames(PersonaClient.class).containsOnly("own"));
  }

  @Configuration(proxyBeanMethods = false)
  static class TwoClients {
    @Bean
    @Primary
    PersonaClient first(PersonaClientBuilder builder) {
      return builder.build();
    }

    @Bean
    PersonaClient second(PersonaClientBuilder builder) {
      return builder.options(RequestOptions.builder().header("X-Client", "second").build()).build();
    }
  }

  @Test
  void clientsOfTheApplication_haveThePropertiesThroughTheBuilder() {
    try (FakePersona persona = FakePersona.builder().apiKey(KEY).start()) {
      runner
          .withUserConfiguration(TwoClients.class)
          .withPropertyValues("persona.api-key=" + KEY, "persona.base-url=" + persona.baseUrl())
          .run(
              context -> {
                context.getBean("second", PersonaClient.class).events().list();
                context.getBean("first", PersonaClient.class).events().list();
                assertThat(persona.requests())
                    .extracting(request -> request.header("X-Client"))
                    .containsExactly("second", null);
              });
    }
    runner.run(context -> assertThat(context).hasFailed()); // the client needs a key
    runner
        .withUserConfiguration(OwnClient.class)
        .run(
            context -> // for a client with a key of its own
            assertThat(context.getBean(PersonaClientBuilder.class)).isNotNull());
  }

  @Configuration(proxyBeanMethods = false)
  static class OwnCredentials {
    @Bean
    Credentials credentials() {
      return () -> KEY;
    }
  }

  @Test
  void credentialsBean_isUsedInsteadOfTheKey() {
    try (FakePersona persona = FakePersona.builder().apiKey(KEY).start()) {
      runner
          .withUserConfiguration(OwnCredentials.class)
          .withPropertyValues("persona.api-key=other", "persona.base-url=" + persona.baseUrl())
          .run(
              context ->
                  assertThat(context.getBean(PersonaClient.class).events().list().items())
                      .isNotEmpty());
    }
  }

  @Configuration(proxyBeanMethods = false)
  static class Customizers {
    @Bean
    @Order(2)
    PersonaClientCustomizer second() {
      return builder -> builder.options(RequestOptions.builder().header("X-Step", "2").build());
    }

    @Bean
    @Order(1)
    PersonaClientCustomizer first() {
      return builder -> builder.options(RequestOptions.builder().header("X-Step", "1").build());
    }
  }

  @Test
  void customizers_runInOrderAfterTheProperties() {
    try (FakePersona persona = FakePersona.builder().apiKey(KEY).start()) {
      runner
          .withUserConfiguration(Customizers.class)
          .withPropertyValues("persona.api-key=" + KEY, "persona.base-url=" + persona.baseUrl())
          .run(
              context -> {
                context.getBean(PersonaClient.class).events().list();
                assertThat(persona.requests().get(0).header("X-Step")).isEqualTo("2");
              });
    }
  }

  @ParameterizedTest
  @CsvSource({
    "base-url, http://api.example.com, baseUrl must be https",
    "api-version, tomorrow, apiVersion must be a date",
    "call-timeout, 0s, callTimeout must be from 1 ms to 24 days",
    "connect-timeout, -1s, connectTimeout must be from 1 ms to 24 days",
    "read-timeout, 9000h, readTimeout must be from 1 ms to 24 days",
    "write-timeout, 0, writeTimeout must be from 1 ms to 24 days",
    "max-file-size, 0, must be",
    "max-response-size, 1GB, must be",
    "rate-limiter.threshold, 1.1, rateLimiterThreshold must be from 0 to 1",
    "rate-limiter.max-wait, 11m, maxRateLimiterWait must be from 1 ms to 10 minutes",
    "retry.max-retries, 21, maxRetries must be from 0 to 20",
    "retry.initial-delay, 0s, initialDelay must be from 1 ms to 10 minutes",
    "retry.max-delay, 11m, maxDelay must be from 1 ms to 10 minutes",
    "retry.max-server-delay, 11m, maxServerDelay must be from 1 ms to 10 minutes",
    "retry.budget, 0, budget must be from 1 to 1000000",
    "environment, production, 'This PersonaClient is for PRODUCTION, but it has a key for SANDBOX'",
  })
  void invalidValue_failsWithThePropertyAndTheRule(String name, String value, String rule) {
    runner
        .withPropertyValues("persona.api-key=" + KEY, "persona." + name + "=" + value)
        .run(
            context ->
                assertThat(analysis(context))
                    .contains("persona." + name)
                    .contains(rule)
                    .doesNotContain(KEY));
  }

  @Test
  void invalidKey_isNotShown() {
    runner
        .withPropertyValues("persona.api-key=not a key")
        .run(
            context -> {
              assertThat(analysis(context)).contains("persona.api-key").doesNotContain("not a key");
              assertThat(messages(context)).doesNotContain("not a key");
            });
  }

  @Test
  void secretWithoutAPlace_isNotShown() {
    runner
        .withPropertyValues(
            "persona.api-key=" + KEY,
            "persona.webhook.secrets[0]=wbhsec_first",
            "persona.webhook.secrets[2]=wbhsec_third")
        .run(
            context -> {
              assertThat(analysis(context))
                  .contains("persona.webhook.secrets[2]")
                  .doesNotContain("wbhsec");
              assertThat(messages(context)).doesNotContain("wbhsec");
            });
  }

  @Test
  void properties_showNoSecret() {
    runner
        .withPropertyValues("persona.api-key=" + KEY, "persona.webhook.secrets=wbhsec_1,wbhsec_2")
        .run(
            context -> {
              PersonaProperties properties = context.getBean(PersonaProperties.class);
              assertThat(properties.webhook().secrets()).containsExactly("wbhsec_1", "wbhsec_2");
              assertThat(properties.toString()).contains("2 secrets").doesNotContain("wbhsec_1");
              assertThat(properties.toString()).doesNotContain(KEY);
            });
  }

  @Test
  void names_areSecretInEachForm() {
    assertThat(
            List.of(
                "persona.api-key",
                "persona.apiKey",
                "PERSONA_API_KEY",
                "PERSONA_APIKEY",
                "persona.webhook.secrets[0]",
                "persona.webhook.secrets",
                "PERSONA_WEBHOOK_SECRETS_0"))
        .allMatch(Secrets::isSecret);
    assertThat(List.of("persona.base-url", "persona.webhook.path", "api-key"))
        .noneMatch(Secrets::isSecret);
  }
}
