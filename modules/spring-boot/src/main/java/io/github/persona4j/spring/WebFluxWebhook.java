package io.github.persona4j.spring;

import io.github.persona4j.webhook.SenderAddresses;
import io.github.persona4j.webhook.WebhookHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.BodyExtractors;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Receives webhooks with Spring WebFlux, and handles them on threads that may block. */
final class WebFluxWebhook implements RouterFunction<ServerResponse> {
  private final RouterFunction<ServerResponse> route;
  private final @Nullable SenderAddresses senders;
  private final WebhookHandler handler;

  WebFluxWebhook(String path, @Nullable SenderAddresses senders, WebhookHandler handler) {
    this.route = RouterFunctions.route().POST(path, this::receive).build();
    this.senders = senders;
    this.handler = handler;
  }

  private Mono<ServerResponse> receive(ServerRequest request) {
    if (senders != null && !senders.contains(address(request))) {
      return ServerResponse.status(HttpStatus.FORBIDDEN).build();
    }
    int maxBodyBytes = handler.maxBodyBytes();
    return DataBufferUtils.join(request.body(BodyExtractors.toDataBuffers()), maxBodyBytes)
        .map(WebFluxWebhook::bytes)
        // Refused and logged by the handler, as any body that is too long.
        .onErrorResume(DataBufferLimitException.class, e -> Mono.just(new byte[maxBodyBytes + 1]))
        .defaultIfEmpty(new byte[0])
        .flatMap(body -> handle(body, request.headers()))
        .flatMap(status -> ServerResponse.status(status).build());
  }

  /** A sender that closes the connection does not interrupt the method that handles its event. */
  private Mono<Integer> handle(byte[] body, ServerRequest.Headers headers) {
    return Mono.fromFuture(
        () ->
            CompletableFuture.supplyAsync(
                () -> handler.handle(body, headers::firstHeader).status(),
                Schedulers.boundedElastic()::schedule),
        true);
  }

  private static @Nullable String address(ServerRequest request) {
    InetSocketAddress sender = request.remoteAddress().orElse(null);
    if (sender == null) {
      return null;
    }
    InetAddress address = sender.getAddress();
    // The address in a header of a proxy is not resolved.
    return address == null ? sender.getHostString() : address.getHostAddress();
  }

  private static byte[] bytes(DataBuffer buffer) {
    byte[] bytes = new byte[buffer.readableByteCount()];
    buffer.read(bytes);
    DataBufferUtils.release(buffer);
    return bytes;
  }

  @Override
  public Mono<HandlerFunction<ServerResponse>> route(ServerRequest request) {
    return route.route(request);
  }

  @Override
  public void accept(RouterFunctions.Visitor visitor) {
    route.accept(visitor);
  }
}
