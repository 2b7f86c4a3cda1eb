package io.github.persona4j.testing.internal.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Serves the fake with the JDK's HTTP server: records requests, applies faults, writes responses.
 * If the fake itself throws, the response has status 500 and {@link #failure()} returns the
 * exception. Thread-safe.
 */
public final class FakeServer {

  /** Handles the requests for the API. */
  @FunctionalInterface
  public interface Handler {
    /**
     * Returns the response.
     *
     * @param fault may replace the execution of the operation
     */
    FakeResponse handle(ApiRequest request, UnaryOperator<Supplier<FakeResponse>> fault);
  }

  private static final String NO_DELAY = "sun.net.httpserver.nodelay";

  static {
    // The JDK's server sends headers and body in two packets. Without this property, which it
    // reads once, the second packet waits 40 ms for the acknowledgement of the first.
    if (System.getProperty(NO_DELAY) == null) {
      System.setProperty(NO_DELAY, "true");
    }
  }

  private final Handler handler;
  private final Function<ApiRequest, IntConsumer> recorder;
  private final FaultRules faults;
  private final HttpServer server;
  private final ExecutorService threads;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final AtomicReference<@Nullable AssertionError> failure = new AtomicReference<>();
  private volatile Consumer<AssertionError> failureListener = thrown -> {};

  /**
   * Creates a server, which listens after {@link #start}.
   *
   * @param address to listen on; port 0 for a free one
   * @param recorder receives every request before it is handled, and returns what receives the
   *     status of its response before that is sent
   * @throws UncheckedIOException if the port is in use
   */
  public FakeServer(
      InetSocketAddress address,
      Handler handler,
      Function<ApiRequest, IntConsumer> recorder,
      FaultRules faults) {
    this.handler = handler;
    this.recorder = recorder;
    this.faults = faults;
    try {
      server = HttpServer.create(address, 0);
    } catch (IOException e) {
      throw new UncheckedIOException("The fake cannot listen on port " + address.getPort(), e);
    }
    AtomicInteger number = new AtomicInteger();
    threads =
        Executors.newCachedThreadPool(
            task -> daemon(task, "fake-persona-" + number.incrementAndGet()));
    server.setExecutor(threads);
    server.createContext("/", this::handle);
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Starts listening.
   *
   * @throws IllegalStateException if the server does not start, with the cause; the port is
   *     released
   */
  public void start() {
    // The server's own thread is a daemon only if the thread that starts it is one.
    CompletableFuture<Void> start =
        CompletableFuture.runAsync(
            server::start, task -> daemon(task, "fake-persona-start").start());
    try {
      start.join();
    } catch (CompletionException e) {
      close();
      throw new IllegalStateException("The fake does not start", e.getCause());
    }
  }

  /** Returns the port that it listens on. */
  public int port() {
    return server.getAddress().getPort();
  }

  /** Returns the first failure of the fake itself, with its cause; null if there is none. */
  public @Nullable AssertionError failure() {
    return failure.get();
  }

  /** Sets what receives each failure of the fake itself, with its cause. */
  public void onFailure(Consumer<AssertionError> listener) {
    failureListener = listener;
  }

  /** Closes the port and all connections. */
  public void close() {
    // First the port, so that a client that repeats a request whose delay ends here is refused.
    server.stop(0);
    closed.countDown();
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      IntConsumer status = unused -> {};
      try {
        ApiRequest request = new ApiRequest(exchange);
        status = recorder.apply(request);
        respond(exchange, request, status);
      } catch (IOException e) { // the connection or the fake was closed
        throw e;
      } catch (
          Throwable e) { // also errors, on which the JDK's server closes the connection silently
        respondWithFailure(exchange, e, status);
      }
    }
  }

  private void respond(HttpExchange exchange, ApiRequest request, IntConsumer status)
      throws IOException {
    FaultEffect fault = faults.next(request);
    pause(fault);
    FakeResponse response = response(request, fault);
    if (response != null) {
      status.accept(response.status());
      send(
          exchange,
          response.withHeaders(fault.headers()),
          fault.kind() == FaultEffect.Kind.TRUNCATE);
    }
  }

  private void respondWithFailure(HttpExchange exchange, Throwable thrown, IntConsumer status)
      throws IOException {
    String request = exchange.getRequestMethod() + ' ' + exchange.getRequestURI().getRawPath();
    AssertionError error = new AssertionError("FakePersona failed to handle " + request, thrown);
    failure.compareAndSet(null, error);
    failureListener.accept(error);
    if (exchange.getResponseCode() == -1) { // no status was sent yet
      exchange.getResponseHeaders().clear();
      // Without Gson, which may be the missing library.
      String body =
          "{\"errors\":[{\"title\":\"The fake failed\",\"details\":\""
              + thrown.getClass().getName()
              + "\"}]}";
      status.accept(500);
      send(exchange, FakeResponse.json(500, body), /* truncated= */ false);
    }
  }

  private void pause(FaultEffect fault) throws IOException {
    if (fault.delay().isZero()) {
      return;
    }
    try {
      if (closed.await(TimeUnit.NANOSECONDS.convert(fault.delay()), TimeUnit.NANOSECONDS)) {
        throw new InterruptedIOException("closed");
      }
    } catch (InterruptedException e) {
      throw new InterruptedIOException("closed");
    }
  }

  /** Returns the response to send, or null to close the connection without one. */
  private @Nullable FakeResponse response(ApiRequest request, FaultEffect fault) {
    FakeResponse regular = fault.reachesApi() ? handler.handle(request, fault::replace) : null;
    if (fault.kind() == FaultEffect.Kind.DROP) {
      return null;
    }
    FakeResponse gateway = fault.gatewayResponse();
    return gateway == null ? regular : gateway;
  }

  private static void send(HttpExchange exchange, FakeResponse response, boolean truncated)
      throws IOException {
    for (Map.Entry<String, String> header : response.headers().entrySet()) {
      exchange.getResponseHeaders().set(header.getKey(), header.getValue());
    }
    byte[] body = response.body();
    boolean head = exchange.getRequestMethod().equals("HEAD");
    // To this method a length of 0 means "unknown" and -1 "no body".
    exchange.sendResponseHeaders(response.status(), head || body.length == 0 ? -1 : body.length);
    if (!head && body.length > 0) {
      exchange.getResponseBody().write(body, 0, truncated ? body.length / 2 : body.length);
      exchange.getResponseBody().flush();
    }
  }
}
