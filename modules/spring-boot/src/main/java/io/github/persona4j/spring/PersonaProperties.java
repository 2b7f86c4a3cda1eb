package io.github.persona4j.spring;

import io.github.persona4j.Environment;
import io.github.persona4j.RetryPolicy.AfterServerError;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The properties that begin with {@code persona}. What is null has the default of the client. They
 * are checked where they are used, since a failed binding would show values. Descriptions are in
 * {@code META-INF/spring-configuration-metadata.json}.
 */
@ConfigurationProperties("persona")
record PersonaProperties(
    @Nullable String apiKey,
    @Nullable String baseUrl,
    @Nullable String apiVersion,
    @Nullable Environment environment,
    @Nullable Duration callTimeout,
    @Nullable Duration connectTimeout,
    @Nullable Duration readTimeout,
    @Nullable Duration writeTimeout,
    boolean errorDetailsInMessages,
    @Nullable DataSize maxFileSize,
    @Nullable DataSize maxResponseSize,
    @DefaultValue Retry retry,
    @DefaultValue RateLimiter rateLimiter,
    @DefaultValue Webhook webhook,
    @DefaultValue Health health) {
  /** What is retried. */
  record Retry(
      @Nullable Integer maxRetries,
      @Nullable Duration initialDelay,
      @Nullable Duration maxDelay,
      @Nullable Duration maxServerDelay,
      @Nullable Integer budget,
      @Nullable AfterServerError postAfterServerError,
      @Nullable Boolean staleObjects,
      @Nullable Boolean patches) {}

  /** How the rate limit is kept. */
  record RateLimiter(@Nullable Double threshold, @Nullable Duration maxWait) {}

  /** Which webhooks are received. */
  record Webhook(
      @Nullable String path,
      @DefaultValue List<String> secrets,
      @Nullable Duration tolerance,
      @Nullable DataSize maxBodySize,
      @DefaultValue List<String> senders) {
    /** Shows the path and the number of secrets. */
    @Override
    public String toString() {
      return "Webhook[path=" + path + ", " + secrets.size() + " secrets]";
    }
  }

  /** How the health of the API is found. */
  record Health(@DefaultValue("30s") Duration interval, @DefaultValue("5s") Duration timeout) {}

  /** Shows the base URL, and no key or secret. */
  @Override
  public String toString() {
    return "PersonaProperties[baseUrl=" + baseUrl + ", webhook=" + webhook + "]";
  }
}
