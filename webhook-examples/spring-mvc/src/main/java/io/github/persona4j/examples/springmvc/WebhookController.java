package io.github.persona4j.examples.springmvc;

import io.github.persona4j.webhook.WebhookHandler;
import java.io.IOException;
import java.io.InputStream;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** Receives events with Spring MVC. */
@RestController
public class WebhookController {
  private final WebhookHandler webhook;

  /** Creates a controller that passes events to a handler. */
  public WebhookController(WebhookHandler webhook) {
    this.webhook = webhook;
  }

  /** Handles a request. */
  @PostMapping("/webhook")
  public ResponseEntity<Void> receive(InputStream body, @RequestHeader HttpHeaders headers)
      throws IOException {
    return ResponseEntity.status(webhook.handle(body, headers::getFirst).status()).build();
  }
}
