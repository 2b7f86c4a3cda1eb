package io.github.persona4j.examples.springwebflux;

import io.github.persona4j.examples.WebhookServerTest;
import io.github.persona4j.webhook.WebhookHandler;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.context.support.GenericApplicationContext;

class WebhookControllerTest extends WebhookServerTest {
  @EnableAutoConfiguration
  @Import(WebhookController.class)
  static class Application {}

  @Override
  protected Server start(WebhookHandler webhook) {
    SpringApplication spring = new SpringApplication(Application.class);
    spring.setDefaultProperties(
        Map.of(
            "server.port",
            "0",
            "server.address",
            "127.0.0.1",
            "spring.main.banner-mode",
            "off",
            "spring.http.codecs.max-in-memory-size",
            "1MB"));
    spring.addInitializers(
        context ->
            ((GenericApplicationContext) context)
                .registerBean(WebhookHandler.class, () -> webhook));
    ConfigurableApplicationContext application = spring.run();
    int port = application.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    return new Server(port, application);
  }

  @Override
  protected int tooLong() {
    return 413;
  }
}
