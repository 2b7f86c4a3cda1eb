package consumer;

import io.github.persona4j.PersonaClient;
import io.github.persona4j.testing.FakePersona;
import java.util.List;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** A Spring Boot application that lists the events of a fake. */
@SpringBootConfiguration
@EnableAutoConfiguration
public class BootConsumer {
  /** Starts a server, so that the whole application is created. */
  public static void main(String[] args) {
    try (FakePersona fake = FakePersona.builder().events(7).inquiries(0).start();
        ConfigurableApplicationContext application =
            new SpringApplicationBuilder(BootConsumer.class, EventIds.class)
                .bannerMode(Banner.Mode.OFF)
                .properties(
                    "logging.level.root=warn",
                    "server.port=0",
                    "server.address=127.0.0.1",
                    "persona.base-url=" + fake.baseUrl(),
                    "persona.api-key=" + fake.apiKey())
                .run()) {
      System.out.println(application.getBean(EventIds.class).ids().size() + " events");
    }
  }

  /** Uses the client of the starter. */
  @RestController
  public static class EventIds {
    private final PersonaClient persona;

    EventIds(PersonaClient persona) {
      this.persona = persona;
    }

    /** The IDs of all events. */
    @GetMapping("/events")
    public List<String> ids() {
      return persona.events().listAll().stream().map(event -> event.id()).toList();
    }
  }
}
