package io.github.persona4j.examples.micronaut;

import io.github.persona4j.PersonaClient;
import io.github.persona4j.model.Inquiry;
import io.github.persona4j.webhook.WebhookHandler;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;

/** Calls block, so they run on the threads for blocking work. */
// region micronaut
@Controller
@ExecuteOn(TaskExecutors.BLOCKING)
final class PersonaController {
  // endregion
  private final PersonaClient persona;
  private final WebhookHandler webhook;

  PersonaController(PersonaClient persona, WebhookHandler webhook) {
    this.persona = persona;
    this.webhook = webhook;
  }

  // region micronaut-2
  @Get("/inquiries/{id}")
  Inquiry inquiry(String id) {
    return persona.inquiries().retrieve(id).data();
  }

  @Post(uri = "/webhook", consumes = MediaType.ALL)
  HttpResponse<?> receive(@Body byte[] body, HttpHeaders headers) {
    return HttpResponse.status(HttpStatus.valueOf(webhook.handle(body, headers::get).status()));
  }
  // endregion
}
