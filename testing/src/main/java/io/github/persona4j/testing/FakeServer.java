package io.github.persona4j.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The JDK's HTTP server in front of the API: records requests, lets faults happen, writes answers.
 * Thread-safe.
 */
final class FakeServer {
  private static final String NO_DELAY = "sun.net.httpserver.nodelay";

  static {
    // The JDK's server sends headers and body in two packets. Without this, which it reads once,
    // the second of a small
    // answer waits 40 ms for the first to be acknowledged.
    if (System.getProperty(NO_DELAY) == null) {
      System.setProperty(NO_DELAY, "true");
    }
  }

  /** Older requests are forgotten, so that a long run does not fill the memory. */
  private static final int RECORDED = 10_000;

  private final FakeApi api;
  private final HttpServer server;
  private final ExecutorService threads;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Queue<Fault> faults = new ConcurrentLinkedQueue<>();
  private final ArrayDeque<RecordedRequest> recorded = new ArrayDeque<>();

  FakeServer(FakeApi api, int port) {
    this.api = api;
    try {
      server =
          HttpServer.create(
              new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port), 0);
    } catch (IOException e) {
      throw new UncheckedIOException("The fake cannot listen on port " + port, e);
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

  void start() {
    // The server's own thread is a daemon only if the thread that starts it is one.
    Thread starter = daemon(server::start, "fake-persona-start");
    starter.start();
    boolean interrupted = false;
    while (starter.isAlive()) {
      try {
        starter.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  String origin() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  void fail(List<Fault> next) {
    faults.addAll(next);
  }

  List<RecordedRequest> requests() {
    synchronized (recorded) {
      return List.copyOf(recorded);
    }
  }

  void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      ApiRequest request = new ApiRequest(exchange);
      record(new RecordedRequest(request));
      Fault queued = faults.poll();
      Fault fault = queued == null ? Fault.none() : queued;
      pause(fault);
      Answer answer = answer(request, fault);
      if (answer != null) {
        send(exchange, answer.withHeaders(fault.headers()), fault.kind() == Fault.Kind.TRUNCATE);
      }
    }
  }

  private void record(RecordedRequest request) {
    synchronized (recorded) {
      if (recorded.size() == RECORDED) {
        recorded.removeFirst();
      }
      recorded.addLast(request);
    }
  }

  private void pause(Fault fault) throws IOException {
    if (fault.delay().isZero()) {
      return;
    }
    try {
      if (closed.await(fault.delay().toNanos(), TimeUnit.NANOSECONDS)) {
        throw new InterruptedIOException("closed");
      }
    } catch (InterruptedException e) {
      throw new InterruptedIOException("closed");
    }
  }

  /** The answer to send, or null when the connection is to be closed without one. */
  private @Nullable Answer answer(ApiRequest request, Fault fault) {
    Answer proper = fault.reachesApi() ? api.answer(request, fault::inPlaceOf) : null;
    if (fault.kind() == Fault.Kind.DROP) {
      return null;
    }
    Answer gateway = fault.gatewayAnswer();
    return gateway == null ? proper : gateway;
  }

  private static void send(HttpExchange exchange, Answer answer, boolean truncated)
      throws IOException {
    for (Map.Entry<String, String> header : answer.headers().entrySet()) {
      exchange.getResponseHeaders().set(header.getKey(), header.getValue());
    }
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    boolean head = exchange.getRequestMethod().equals("HEAD");
    // To the server a length of 0 means "unknown" and -1 "no body".
    exchange.sendResponseHeaders(answer.status(), head || body.length == 0 ? -1 : body.length);
    if (!head && body.length > 0) {
      exchange.getResponseBody().write(body, 0, truncated ? body.length / 2 : body.length);
      exchange.getResponseBody().flush();
    }
  }
}
