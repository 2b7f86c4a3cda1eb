package io.github.persona4j.spring;

import io.github.persona4j.webhook.ProcessedEvents;
import io.github.persona4j.webhook.SenderAddresses;
import io.github.persona4j.webhook.WebhookHandler;
import io.github.persona4j.webhook.WebhookVerifier;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.StringUtils;

/** Receives webhooks at {@code persona.webhook.path}. */
@AutoConfiguration(after = PersonaAutoConfiguration.class)
@ConditionalOnWebApplication
@ConditionalOnProperty(name = "persona.webhook.enabled", matchIfMissing = true)
@EnableConfigurationProperties(PersonaProperties.class)
class PersonaWebhookAutoConfiguration {
  // Not lazy, so that a wrong method fails at the start and not at the first event.
  @Bean
  @Lazy(false)
  static WebhookMethods personaWebhookMethods(ConfigurableListableBeanFactory beans) {
    return new WebhookMethods(beans);
  }

  /** An empty path, as of {@code ${WEBHOOK_PATH:}}, is none. */
  static final class HasPath implements Condition {
    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
      return StringUtils.hasLength(context.getEnvironment().getProperty("persona.webhook.path"));
    }
  }

  @Configuration(proxyBeanMethods = false)
  @Conditional(HasPath.class)
  static class Receiver {
    @Bean
    @Lazy(false)
    @ConditionalOnMissingBean
    WebhookHandler personaWebhookHandler(
        PersonaProperties properties,
        WebhookMethods methods,
        ObjectProvider<WebhookVerifier> verifiers,
        ObjectProvider<ProcessedEvents> processed,
        ObjectProvider<PersonaWebhookCustomizer> customizers) {
      PersonaProperties.Webhook webhook = properties.webhook();
      WebhookHandler.Builder builder =
          WebhookHandler.builder()
              .verifier(verifiers.getIfAvailable(() -> verifier(webhook)))
              .otherwise(methods::handle);
      Setting.apply(
          "webhook.max-body-size",
          webhook.maxBodySize(),
          size -> builder.maxBodyBytes((int) Math.min(size.toBytes(), Integer.MAX_VALUE)));
      processed.ifAvailable(builder::processedEvents);
      customizers.orderedStream().forEach(customizer -> customizer.customize(builder));
      methods.received(customizers.iterator().hasNext());
      return builder.build();
    }

    private static WebhookVerifier verifier(PersonaProperties.Webhook webhook) {
      WebhookVerifier.Builder builder = WebhookVerifier.builder();
      List<String> secrets = webhook.secrets().stream().filter(each -> !each.isEmpty()).toList();
      if (secrets.isEmpty()) {
        throw new PersonaPropertyException(
            "persona.webhook.secrets",
            "is not set, but persona.webhook.path is",
            "Set persona.webhook.secrets to the secret of the webhook, wbhsec_..., or define a bean"
                + " of type WebhookVerifier.");
      }
      Setting.apply("webhook.secrets", secrets, builder::secrets);
      Setting.apply("webhook.tolerance", webhook.tolerance(), builder::tolerance);
      return builder.build();
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
    @ConditionalOnClass(name = "org.springframework.web.servlet.function.RouterFunction")
    static class Mvc {
      @Bean
      MvcWebhook personaWebhookRoute(PersonaProperties properties, WebhookHandler handler) {
        return new MvcWebhook(path(properties), senders(properties), handler);
      }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
    static class WebFlux {
      @Bean
      WebFluxWebhook personaWebhookRoute(PersonaProperties properties, WebhookHandler handler) {
        return new WebFluxWebhook(path(properties), senders(properties), handler);
      }
    }

    private static String path(PersonaProperties properties) {
      String path = properties.webhook().path();
      if (path == null || !path.startsWith("/") || !path.matches("[^\\s{}*?#]+")) {
        throw Setting.invalid(
            "webhook.path", "must begin with / and have no white space and none of { } * ? #");
      }
      return path;
    }

    /** Returns the addresses from which requests may come; null if from all. */
    private static @Nullable SenderAddresses senders(PersonaProperties properties) {
      List<String> ranges = properties.webhook().senders();
      if (ranges.isEmpty()) {
        return null;
      }
      try {
        return SenderAddresses.of(ranges.toArray(String[]::new));
      } catch (IllegalArgumentException e) {
        throw Setting.invalid("webhook.senders", String.valueOf(e.getMessage()));
      }
    }
  }
}
