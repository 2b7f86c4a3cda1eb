package io.github.persona4j.examples.servlet;

import io.github.persona4j.webhook.WebhookHandler;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Receives events with a servlet. */
public final class WebhookServlet extends HttpServlet {
  private static final long serialVersionUID = 1L;

  private final transient WebhookHandler webhook;

  /** Creates a servlet that passes events to a handler. */
  public WebhookServlet(WebhookHandler webhook) {
    this.webhook = webhook;
  }

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setStatus(webhook.handle(request.getInputStream(), request::getHeader).status());
  }
}
