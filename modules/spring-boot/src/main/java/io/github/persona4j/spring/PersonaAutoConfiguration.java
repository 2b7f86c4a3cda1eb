package io.github.persona4j.spring;

import io.github.persona4j.Credentials;
import io.github.persona4j.OAuthCredentials;
import io.github.persona4j.PersonaClient;
import io.github.persona4j.PersonaClientBuilder;
import io.github.persona4j.RetryPolicy;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Scope;

/** Creates the client, unless the application has one. */
@AutoConfiguration
@EnableConfigurationProperties(PersonaProperties.class)
class PersonaAutoConfiguration {
  private static final Logger LOGGER = System.getLogger("io.github.persona4j.spring");

  @Bean(destroyMethod = "close")
  @ConditionalOnMissingBean
  @ConditionalOnProperty(name = "persona.client.enabled", matchIfMissing = true)
  PersonaClient personaClient(
      PersonaProperties properties,
      ObjectProvider<Credentials> credentials,
      ObjectProvider<OAuthCredentials> oauth,
      ObjectProvider<PersonaClientCustomizer> customizers) {
    PersonaClientBuilder builder = builder(properties);
    if (!authenticate(builder, properties.apiKey(), credentials, oauth)) {
      throw new PersonaPropertyException(
          "persona.api-key",
          "is not set",
          "Set persona.api-key, or define a bean of type Credentials, OAuthCredentials or"
              + " PersonaClient. An application that only receives webhooks sets"
              + " persona.client.enabled=false.");
    }
    EnvironmentWarning warning = new EnvironmentWarning();
    customize(builder, properties, warning::warn, customizers);
    PersonaClient client = builder.build();
    String mismatch = warning.started();
    if (mismatch != null) {
      client.close();
      throw Setting.invalid("environment", mismatch);
    }
    return client;
  }

  /**
   * A builder with the properties, the credentials if there are any, and the customizers, for
   * clients of the application. Each injection gets its own.
   */
  @Bean
  @Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
  @ConditionalOnMissingBean
  PersonaClientBuilder personaClientBuilder(
      PersonaProperties properties,
      ObjectProvider<Credentials> credentials,
      ObjectProvider<OAuthCredentials> oauth,
      ObjectProvider<PersonaClientCustomizer> customizers) {
    PersonaClientBuilder builder = builder(properties);
    boolean unused = authenticate(builder, properties.apiKey(), credentials, oauth);
    customize(builder, properties, message -> LOGGER.log(Level.WARNING, message), customizers);
    return builder;
  }

  private static PersonaClientBuilder builder(PersonaProperties properties) {
    PersonaClientBuilder builder = PersonaClient.builder();
    set(builder, properties);
    return builder.retryPolicy(retryPolicy(properties.retry()));
  }

  /** Sets the environment of the properties, and lets the customizers change the builder. */
  private static void customize(
      PersonaClientBuilder builder,
      PersonaProperties properties,
      Consumer<String> environmentWarning,
      ObjectProvider<PersonaClientCustomizer> customizers) {
    if (properties.environment() != null) {
      builder.expectEnvironment(properties.environment(), environmentWarning);
    }
    customizers.orderedStream().forEach(customizer -> customizer.customize(builder));
  }

  private static void set(PersonaClientBuilder builder, PersonaProperties properties) {
    Setting.apply("base-url", properties.baseUrl(), builder::baseUrl);
    Setting.apply("api-version", properties.apiVersion(), builder::apiVersion);
    Setting.apply("call-timeout", properties.callTimeout(), builder::callTimeout);
    Setting.apply("connect-timeout", properties.connectTimeout(), builder::connectTimeout);
    Setting.apply("read-timeout", properties.readTimeout(), builder::readTimeout);
    Setting.apply("write-timeout", properties.writeTimeout(), builder::writeTimeout);
    Setting.apply(
        "max-file-size", properties.maxFileSize(), size -> builder.maxFileSize(size.toBytes()));
    Setting.apply(
        "max-response-size",
        properties.maxResponseSize(),
        size -> builder.maxResponseBytes(size.toBytes()));
    Setting.apply(
        "rate-limiter.threshold",
        properties.rateLimiter().threshold(),
        builder::rateLimiterThreshold);
    Setting.apply(
        "rate-limiter.max-wait", properties.rateLimiter().maxWait(), builder::maxRateLimiterWait);
    builder.errorDetailsInMessages(properties.errorDetailsInMessages());
  }

  private static RetryPolicy retryPolicy(PersonaProperties.Retry retry) {
    RetryPolicy.Builder policy = RetryPolicy.builder();
    Setting.apply("retry.max-retries", retry.maxRetries(), policy::maxRetries);
    Setting.apply("retry.initial-delay", retry.initialDelay(), policy::initialDelay);
    Setting.apply("retry.max-delay", retry.maxDelay(), policy::maxDelay);
    Setting.apply("retry.max-server-delay", retry.maxServerDelay(), policy::maxServerDelay);
    Setting.apply("retry.budget", retry.budget(), policy::budget);
    Setting.apply(
        "retry.post-after-server-error",
        retry.postAfterServerError(),
        policy::postAfterServerError);
    Setting.apply("retry.stale-objects", retry.staleObjects(), policy::retryStaleObjects);
    Setting.apply("retry.patches", retry.patches(), policy::retryPatches);
    return policy.build();
  }

  /**
   * Uses the credentials of a bean, otherwise the key of the properties.
   *
   * @return whether there are any
   */
  private static boolean authenticate(
      PersonaClientBuilder builder,
      @Nullable String apiKey,
      ObjectProvider<Credentials> credentials,
      ObjectProvider<OAuthCredentials> oauth) {
    Credentials supplier = credentials.getIfAvailable();
    OAuthCredentials application = oauth.getIfAvailable();
    if (supplier != null && application != null) {
      throw new IllegalStateException(
          "There are a Credentials bean and an OAuthCredentials bean; the client needs one.");
    }
    if (supplier != null) {
      builder.credentials(supplier);
    } else if (application != null) {
      builder.credentials(application);
    } else if (apiKey == null || apiKey.isEmpty()) { // empty as of ${PERSONA_API_KEY:}
      return false;
    } else {
      Setting.apply("api-key", apiKey, builder::apiKey);
    }
    return true;
  }

  /** Keeps a warning while the client is built, and logs one that comes later. */
  private static final class EnvironmentWarning {
    private final AtomicReference<@Nullable String> message = new AtomicReference<>();
    private final AtomicBoolean started = new AtomicBoolean();

    void warn(String text) {
      if (started.get()) {
        LOGGER.log(Level.WARNING, text);
      } else {
        message.set(text);
      }
    }

    /** Returns the warning so far; null if there is none. */
    @Nullable String started() {
      started.set(true);
      return message.get();
    }
  }
}
