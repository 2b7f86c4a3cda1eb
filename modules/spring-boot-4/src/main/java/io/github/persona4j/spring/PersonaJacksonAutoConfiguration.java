package io.github.persona4j.spring;

import io.github.persona4j.jackson3.PersonaModule;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import tools.jackson.databind.JacksonModule;

/** Lets the mapper of Jackson 3 read and write the models. */
@AutoConfiguration
@ConditionalOnClass({JacksonModule.class, PersonaModule.class})
class PersonaJacksonAutoConfiguration {
  @Bean
  @ConditionalOnMissingBean
  PersonaModule personaJacksonModule() {
    return new PersonaModule();
  }
}
