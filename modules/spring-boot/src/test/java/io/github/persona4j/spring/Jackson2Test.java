package io.github.persona4j.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.Module;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.persona4j.jackson.PersonaModule;
import io.github.persona4j.model.Event;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class Jackson2Test {
  private final ApplicationContextRunner runner =
      new ApplicationContextRunner()
          .withConfiguration(AutoConfigurations.of(PersonaJackson2AutoConfiguration.class));

  @Test
  void moduleBean_readsAndWritesModels() {
    String json = "{\"type\":\"event\",\"id\":\"evt_1\",\"new\":{\"a\":null}}";
    runner.run(
        context -> {
          ObjectMapper mapper = new ObjectMapper().registerModule(context.getBean(Module.class));
          Event event = mapper.readValue(json, Event.class);
          assertThat(event.id()).isEqualTo("evt_1");
          assertThat(mapper.writeValueAsString(event)).isEqualTo(json);
        });
  }

  @Test
  void moduleOfTheApplication_replacesTheOther() {
    runner
        .withBean("own", PersonaModule.class, PersonaModule::new)
        .run(context -> assertThat(context).getBeanNames(Module.class).containsExactly("own"));
  }

  @Test
  void applicationWithoutJackson2_starts() {
    runner
        .withClassLoader(new FilteredClassLoader("com.fasterxml.jackson.databind"))
        .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(PersonaModule.class));
    runner
        .withClassLoader(new FilteredClassLoader(PersonaModule.class))
        .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(PersonaModule.class));
  }
}
