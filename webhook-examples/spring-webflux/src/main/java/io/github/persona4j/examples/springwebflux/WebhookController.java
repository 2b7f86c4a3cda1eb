package io.github.persona4j.examples.springwebflux;

import io.github.persona4j.webhook.WebhookHandler;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Receives events with Spring WebFlux.
 *
 * <p>A body may have as many bytes as {@code spring.http.codecs.max-in-memory-size}, by default 256
 * KiB, which is too few for some events.
 */
@RestController
public class WebhookController {
  private final WebhookHandler webhook;

  /** Creates a controller that passes events to a handler. */
  public WebhookController(WebhookHandler webhook) {
    this.webhook = webhook;
  }

  /** Handles a request, on a thread that may block. */
  @PostMapping("/webhook")
  public Mono<ResponseEntity<Void>> receive(
      @RequestBody Mono<byte[]> body, @RequestHeader HttpHeaders headers) {
    return body.publishOn(Schedulers.boundedElastic())
        .map(bytes -> webhook.handle(bytes, headers::getFirst))
        .map(result -> ResponseEntity.status(result.status()).build());
  }
}
