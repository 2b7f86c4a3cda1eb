package io.github.persona4j.examples.springboot;

import static io.github.persona4j.testing.assertj.PersonaAssertions.assertThat;

import io.github.persona4j.RequestLog;
import io.github.persona4j.spring.PersonaClientCustomizer;
import io.github.persona4j.spring.test.AutoConfigureFakePersona;
import io.github.persona4j.testing.FakePersona;
import io.github.persona4j.webhook.JdbcProcessedEvents;
import io.github.persona4j.webhook.ProcessedEvents;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Bean;

/** The code of the guide that is not in the application. */
class SpringBootSnippets {
  private static final Logger LOG = System.getLogger("persona");
  private static final String inquiryId = "inq_1";

  // region client
  @Bean
  PersonaClientCustomizer requestLog() {
    return builder -> builder.addInterceptor(RequestLog.to(line -> LOG.log(Level.DEBUG, line)));
  }

  // endregion

  // region webhooks
  @Bean
  ProcessedEvents processedEvents(DataSource database) {
    return JdbcProcessedEvents.of(database, "persona_events", Duration.ofMinutes(5));
  }

  // endregion

  // region tests
  @SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
  @AutoConfigureFakePersona
  static class ApplicationTest {
    @Autowired FakePersona fake;

    @Test
    void approvedInquiry_isHandled() {
      fake.reviewer().approve(inquiryId);
      fake.webhooks().await();
      assertThat(fake).delivered("inquiry.approved");
    }
  }
  // endregion
}
