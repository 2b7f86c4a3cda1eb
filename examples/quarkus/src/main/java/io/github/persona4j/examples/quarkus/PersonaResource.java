package io.github.persona4j.examples.quarkus;

import io.github.persona4j.PersonaClient;
import io.github.persona4j.model.Inquiry;
import io.github.persona4j.webhook.WebhookHandler;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

/** Calls block. Methods that return neither a future nor a {@code Uni} run on worker threads. */
@Path("/")
public class PersonaResource {
  private final PersonaClient persona;
  private final WebhookHandler webhook;

  PersonaResource(PersonaClient persona, WebhookHandler webhook) {
    this.persona = persona;
    this.webhook = webhook;
  }

  /** Returns an inquiry, as JSON. */
  // region quarkus
  @GET
  @Path("inquiries/{id}")
  public Inquiry inquiry(@PathParam("id") String id) {
    return persona.inquiries().retrieve(id).data();
  }

  /** Handles an event. */
  @POST
  @Path("webhook")
  public Response receive(byte[] body, @Context HttpHeaders headers) {
    return Response.status(webhook.handle(body, headers::getHeaderString).status()).build();
  }
  // endregion
}
