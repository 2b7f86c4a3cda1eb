package io.github.persona4j.spring;

import io.github.persona4j.webhook.SenderAddresses;
import io.github.persona4j.webhook.WebhookHandler;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.function.HandlerFunction;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/** Receives webhooks with Spring MVC. */
final class MvcWebhook implements RouterFunction<ServerResponse> {
  private final RouterFunction<ServerResponse> route;
  private final @Nullable SenderAddresses senders;
  private final WebhookHandler handler;

  MvcWebhook(String path, @Nullable SenderAddresses senders, WebhookHandler handler) {
    this.route = RouterFunctions.route().POST(path, this::receive).build();
    this.senders = senders;
    this.handler = handler;
  }

  private ServerResponse receive(ServerRequest request) throws IOException {
    HttpServletRequest servlet = request.servletRequest();
    if (senders != null && !senders.contains(servlet.getRemoteAddr())) {
      return ServerResponse.status(HttpStatus.FORBIDDEN).build();
    }
    // Of the body no more is read than it may have.
    int status = handler.handle(servlet.getInputStream(), servlet::getHeader).status();
    // If the method was interrupted. On such a thread, the server could not write the response.
    boolean unused = Thread.interrupted();
    return ServerResponse.status(status).build();
  }

  @Override
  public Optional<HandlerFunction<ServerResponse>> route(ServerRequest request) {
    return route.route(request);
  }

  @Override
  public void accept(RouterFunctions.Visitor visitor) {
    route.accept(visitor);
  }
}
