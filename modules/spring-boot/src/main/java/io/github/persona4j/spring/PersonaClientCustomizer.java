package io.github.persona4j.spring;

import io.github.persona4j.PersonaClientBuilder;

/**
 * Changes the builder of the client after the properties were applied. All beans of this type are
 * called, in the order of {@code @Order}. They are not called if the application has a {@link
 * io.github.persona4j.PersonaClient} bean of its own.
 *
 * <!-- code: examples/spring-boot-4/src/test/java/io/github/persona4j/examples/springboot/SpringBootSnippets.java#client -->
 *
 * <pre>{@code
 * @Bean
 * PersonaClientCustomizer requestLog() {
 *   return builder -> builder.addInterceptor(RequestLog.to(line -> LOG.log(Level.DEBUG, line)));
 * }
 * }</pre>
 */
@FunctionalInterface
public interface PersonaClientCustomizer {
  /**
   * Changes the builder.
   *
   * @param builder has the settings of the properties
   */
  void customize(PersonaClientBuilder builder);
}
