package io.github.persona4j.spring;

import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/** Hides the key and the secrets in the endpoints of Actuator, also where those show values. */
@AutoConfiguration
@ConditionalOnClass(SanitizingFunction.class)
class PersonaSecretsAutoConfiguration {
  @Bean
  static SanitizingFunction personaSecrets() {
    return data ->
        Secrets.isSecret(data.getKey()) ? data.withValue(SanitizableData.SANITIZED_VALUE) : data;
  }
}
