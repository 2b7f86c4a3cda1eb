package io.github.persona4j.webhook;

import io.github.persona4j.model.EventName;
import io.github.persona4j.model.Resource;
import io.github.persona4j.webhook.ProcessedEvents.Claim;
import io.github.persona4j.webhook.WebhookResult.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Handles the requests of a webhook: verifies the signature, reads the event, drops duplicates, and
 * invokes the handler that is for the event.
 * <!-- code: examples/src/main/java/io/github/persona4j/examples/ReceiveWebhooks.java#webhooks -->
 *
 * <pre>{@code
 * WebhookHandler webhook =
 *     WebhookHandler.builder()
 *         .verifier(WebhookVerifier.of(secret))
 *         .on(
 *             EventName.INQUIRY_APPROVED,
 *             Inquiry.class,
 *             (event, inquiry) -> lines.accept("approved " + inquiry.id()))
 *         .onAny(
 *             "report/*.ready",
 *             Report.class,
 *             (event, report) -> lines.accept("ready " + report.id()))
 *         .otherwise(event -> lines.accept("other " + event.name()))
 *         .build();
 * }</pre>
 *
 * <p>In the HTTP server of the JDK:
 * <!-- code: examples/src/main/java/io/github/persona4j/examples/ReceiveWebhooks.java#in-a-server -->
 *
 * <pre>{@code
 * server.createContext(
 *     "/webhook",
 *     exchange -> {
 *       try (exchange) {
 *         WebhookResult result =
 *             webhook.handle(exchange.getRequestBody(), exchange.getRequestHeaders());
 *         exchange.sendResponseHeaders(result.status(), -1);
 *       }
 *     });
 * }</pre>
 *
 * <p>The status of the result is that of the response. Persona takes a status of 200, 201, 202 or
 * 204 within five seconds as success, and otherwise sends the event again, up to seven times in two
 * days. A handler that throws an exception or an error is therefore invoked again later.
 *
 * <p>The stored events of {@link ProcessedEvents} make that each event is handled once. Use one
 * store for each handler, since an event that one has handled is a duplicate for all handlers with
 * the same store. Immutable and thread-safe, if the handlers are.
 */
public final class WebhookHandler {
  /** Handles an event about a resource of a class. */
  @FunctionalInterface
  public interface SubjectHandler<T extends Resource> {
    /**
     * Handles an event.
     *
     * @throws Exception if the event must come again
     */
    void handle(WebhookEvent event, T subject) throws Exception;
  }

  /** Handles any event. */
  @FunctionalInterface
  public interface EventHandler {
    /**
     * Handles an event.
     *
     * @throws Exception if the event must come again
     */
    void handle(WebhookEvent event) throws Exception;
  }

  private static final int DEFAULT_MAX_BODY_BYTES = 1 << 20;
  private static final Duration DEFAULT_SLOW = Duration.ofSeconds(4);
  private static final int DEFAULT_MAX_CONFIRMED = 10_000;
  private static final Duration DEFAULT_LEASE = Duration.ofMinutes(5);
  private static final int MAX_MAX_BODY_BYTES = 64 << 20; // what the reader of JSON accepts
  private static final Duration MAX_SLOW = Duration.ofDays(1);

  private final WebhookVerifier verifier;
  private final Map<String, Route<?>> byName;
  private final List<Route<?>> patterns;
  private final @Nullable EventHandler otherwise;
  private final ProcessedEvents processed;
  private final @Nullable Executor executor;
  private final int maxBodyBytes;
  private final long slowNanos;
  private final Consumer<String> log;
  private final @Nullable BiConsumer<WebhookEvent, Throwable> onFailure;

  private WebhookHandler(Builder builder, WebhookVerifier verifier) {
    this.verifier = verifier;
    this.byName = Map.copyOf(builder.byName);
    this.patterns = List.copyOf(builder.patterns);
    this.otherwise = builder.otherwise;
    this.processed =
        builder.processed == null
            ? InMemoryProcessedEvents.of(DEFAULT_MAX_CONFIRMED, DEFAULT_LEASE)
            : builder.processed;
    this.executor = builder.executor;
    this.maxBodyBytes = builder.maxBodyBytes;
    this.slowNanos = builder.slow.toNanos();
    this.log = builder.log == null ? new SystemLog() : builder.log;
    this.onFailure = builder.onFailure;
  }

  /** Returns a builder without a verifier, which must be set. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Handles a request.
   *
   * @param body the body as received
   * @param headers returns the value of a header by its name, or null if the request does not have
   *     it, such as {@code request::getHeader}
   * @return what became of it, with the status of the response
   */
  public WebhookResult handle(byte[] body, Function<String, @Nullable String> headers) {
    return handle(body, Headers.of(headers));
  }

  /**
   * As {@link #handle(byte[], Function)}, with the headers as a map. Their names may have any case.
   */
  public WebhookResult handle(byte[] body, Map<String, ? extends List<String>> headers) {
    return handle(body, Headers.of(headers));
  }

  /**
   * As {@link #handle(byte[], Function)}, with a stream, of which no more is read than a body may
   * have. It is not closed.
   *
   * @throws IOException if the stream fails
   */
  public WebhookResult handle(InputStream body, Function<String, @Nullable String> headers)
      throws IOException {
    return handle(read(body), Headers.of(headers));
  }

  /** As {@link #handle(InputStream, Function)}, with the headers as a map. */
  public WebhookResult handle(InputStream body, Map<String, ? extends List<String>> headers)
      throws IOException {
    return handle(read(body), Headers.of(headers));
  }

  /** The largest body that is handled, in bytes; a larger one is refused. */
  public int maxBodyBytes() {
    return maxBodyBytes;
  }

  private byte[] read(InputStream body) throws IOException {
    return Objects.requireNonNull(body, "body").readNBytes(maxBodyBytes + 1);
  }

  private WebhookResult handle(byte[] body, Headers headers) {
    if (Objects.requireNonNull(body, "body").length > maxBodyBytes) {
      String reason = "longer than " + maxBodyBytes + " bytes";
      return refused(Outcome.UNREADABLE, new WebhookBodyException(reason, null));
    }
    WebhookEvent event;
    try {
      verifier.verify(body, headers.get(WebhookVerifier.SIGNATURE_HEADER));
      event = WebhookEvent.read(body, headers);
    } catch (WebhookSignatureException e) {
      return refused(Outcome.BAD_SIGNATURE, e);
    } catch (WebhookBodyException e) {
      return refused(Outcome.UNREADABLE, e);
    }
    return replay(event);
  }

  /**
   * Handles an event that did not come in a request, such as one of {@code persona.events()} after
   * an outage, or one that was stored: claims it, and invokes the handler that is for it. There is
   * no signature to check, so never pass an event of an unverified request.
   *
   * @param event an event of {@link WebhookEvent#of} or of {@link WebhookEvent#read}
   * @return what became of it
   */
  public WebhookResult replay(WebhookEvent event) {
    Objects.requireNonNull(event, "event");
    Claim claim;
    try {
      claim = processed.claim(event);
    } catch (RuntimeException e) {
      return failed(event, "cannot be claimed", e);
    }
    return switch (claim.state()) {
      case CONFIRMED -> new WebhookResult(Outcome.DUPLICATE, event, null);
      case CLAIMED_ELSEWHERE -> new WebhookResult(Outcome.BUSY, event, null);
      case CLAIMED -> executor == null ? run(event, claim) : submit(event, claim, executor);
    };
  }

  /** Lets the executor handle an event. */
  private WebhookResult submit(WebhookEvent event, Claim claim, Executor executor) {
    try {
      executor.execute(() -> runLater(event, claim));
      return new WebhookResult(Outcome.ACCEPTED, event, null);
    } catch (RuntimeException | Error e) { // also if no thread can be created
      log(event + " was refused by the executor and must come again");
      giveBack(event, claim);
      return new WebhookResult(Outcome.BUSY, event, e);
    }
  }

  /** Handles an event that has waited in the executor, unless its lease has ended meanwhile. */
  private void runLater(WebhookEvent event, Claim claim) {
    boolean held;
    try {
      held = processed.renew(claim);
    } catch (RuntimeException e) {
      WebhookResult unused = failed(event, "was not handled: its claim cannot be renewed", e);
      return;
    }
    if (held) {
      WebhookResult unused = run(event, claim);
    } else {
      log(event + " waited longer than its lease and was claimed elsewhere");
    }
  }

  private WebhookResult run(WebhookEvent event, Claim claim) {
    long begin = System.nanoTime();
    CompletableFuture<@Nullable Void> running = logWhenSlow(event);
    Throwable failure = null;
    Outcome outcome = Outcome.FAILED;
    try {
      outcome = dispatch(event) ? Outcome.HANDLED : Outcome.IGNORED;
    } catch (Throwable e) { // also an error, such as that of a missing class
      failure = e;
    }
    running.complete(null);
    logIfSlow(event, System.nanoTime() - begin);
    if (failure == null) {
      return confirm(event, claim, outcome);
    }
    giveBack(event, claim);
    if (failure instanceof InterruptedException) {
      Thread.currentThread().interrupt();
    }
    return failed(event, "was not handled", failure);
  }

  /** Logs that a handler has not returned in time, unless the future is completed before. */
  private CompletableFuture<@Nullable Void> logWhenSlow(WebhookEvent event) {
    CompletableFuture<@Nullable Void> running = new CompletableFuture<>();
    CompletableFuture<?> unused =
        running
            .orTimeout(slowNanos, TimeUnit.NANOSECONDS)
            .whenComplete(
                (end, timeout) -> {
                  if (timeout != null) {
                    log(event + " is being handled for more than " + millis(slowNanos) + " ms");
                  }
                });
    return running;
  }

  private static long millis(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(nanos);
  }

  private WebhookResult confirm(WebhookEvent event, Claim claim, Outcome outcome) {
    try {
      if (processed.confirm(claim)) {
        return new WebhookResult(outcome, event, null);
      }
    } catch (RuntimeException e) {
      return failed(event, "was handled, but cannot be confirmed and comes again", e);
    }
    log(event + " took longer than its lease and was claimed elsewhere");
    return new WebhookResult(Outcome.BUSY, event, null);
  }

  /** Invokes the handler for an event; returns false if there is none. */
  private boolean dispatch(WebhookEvent event) throws Exception {
    Route<?> route = route(event);
    if (route != null && route.handle(event)) {
      return true;
    }
    if (otherwise != null) {
      otherwise.handle(event);
      return true;
    }
    if (route != null) {
      throw new IllegalStateException(
          "the event is not about a "
              + route.type().getSimpleName()
              + ", as the handler for "
              + route.pattern()
              + " expects, and there is no other handler");
    }
    return false;
  }

  private @Nullable Route<?> route(WebhookEvent event) {
    EventName name = event.name();
    if (name == null) {
      return null;
    }
    Route<?> route = byName.get(name.value());
    for (int i = 0; route == null && i < patterns.size(); i++) {
      if (patterns.get(i).matches(name.value())) {
        route = patterns.get(i);
      }
    }
    return route;
  }

  private void giveBack(WebhookEvent event, Claim claim) {
    try {
      processed.giveBack(claim);
    } catch (RuntimeException e) { // its lease will end
      log(event + " cannot be given back: " + e.getClass().getName());
    }
  }

  private void logIfSlow(WebhookEvent event, long nanos) {
    if (nanos > slowNanos) {
      log(event + " took " + millis(nanos) + " ms");
    }
  }

  private WebhookResult refused(Outcome outcome, RuntimeException failure) {
    log(String.valueOf(failure.getMessage())); // has no values
    return new WebhookResult(outcome, null, failure);
  }

  private WebhookResult failed(WebhookEvent event, String what, Throwable failure) {
    // Only the class is shown, because the message may contain personal data.
    log(event + " " + what + ": " + failure.getClass().getName());
    BiConsumer<WebhookEvent, Throwable> listener = onFailure;
    if (listener != null) {
      invoke(() -> listener.accept(event, failure));
    }
    return new WebhookResult(Outcome.FAILED, event, failure);
  }

  /** Invokes a callback, which must not change what becomes of an event. */
  private static void invoke(Runnable callback) {
    try {
      callback.run();
    } catch (Throwable e) {
      // there is no caller to report it to
    }
  }

  private void log(String line) {
    invoke(() -> log.accept(line));
  }

  /** Writes to the logger of the platform, which is named like this package. */
  private static final class SystemLog implements Consumer<String> {
    private static final Logger LOGGER = System.getLogger("io.github.persona4j.webhook");

    @Override
    public void accept(String line) {
      LOGGER.log(Level.WARNING, line);
    }
  }

  /** Builds a {@link WebhookHandler}. Not thread-safe. */
  public static final class Builder {
    private @Nullable WebhookVerifier verifier;
    private final Map<String, Route<?>> byName = new LinkedHashMap<>();
    private final List<Route<?>> patterns = new ArrayList<>();
    private @Nullable EventHandler otherwise;
    private @Nullable ProcessedEvents processed;
    private @Nullable Executor executor;
    private int maxBodyBytes = DEFAULT_MAX_BODY_BYTES;
    private Duration slow = DEFAULT_SLOW;
    private @Nullable Consumer<String> log;
    private @Nullable BiConsumer<WebhookEvent, Throwable> onFailure;

    private Builder() {}

    /** Sets the verifier, without which there is no handler. */
    public Builder verifier(WebhookVerifier verifier) {
      this.verifier = Objects.requireNonNull(verifier, "verifier");
      return this;
    }

    /**
     * Sets the handler for the events of a name. It goes before those of {@link #onAny}.
     *
     * @param name the name
     * @param type the class or the interface of the resource that they are about; an event about
     *     another one is for {@link #otherwise}, without which it fails
     * @throws IllegalArgumentException if there is a handler for this name, or if it is a pattern
     */
    public <T extends Resource> Builder on(
        EventName name, Class<T> type, SubjectHandler<T> handler) {
      String value = Objects.requireNonNull(name, "name").value();
      if (value.contains("*")) {
        throw new IllegalArgumentException("name: " + name + " is a pattern, use onAny");
      }
      if (byName.putIfAbsent(value, Route.of(value, type, handler)) != null) {
        throw new IllegalArgumentException("name: " + name + " has a handler already");
      }
      return this;
    }

    /**
     * Adds a handler for the events whose names match a pattern. The first that matches counts.
     *
     * @param pattern a name in which {@code *} stands for any characters, such as {@code
     *     report/*.ready} or {@code inquiry.*}
     * @param type as in {@link #on}
     * @throws IllegalArgumentException if the pattern is blank or has a handler
     */
    public <T extends Resource> Builder onAny(
        String pattern, Class<T> type, SubjectHandler<T> handler) {
      Route<T> route = Route.of(pattern, type, handler);
      if (patterns.stream().anyMatch(other -> other.pattern().equals(pattern))) {
        throw new IllegalArgumentException("pattern: " + pattern + " has a handler already");
      }
      patterns.add(route);
      return this;
    }

    /**
     * Sets the handler for all other events: those whose names have no handler, such as names that
     * this client does not know, and those about a resource of another class than their handler is
     * for.
     *
     * @throws IllegalArgumentException if it was set before
     */
    public Builder otherwise(EventHandler handler) {
      if (otherwise != null) {
        throw new IllegalArgumentException("handler: there is one for all other events already");
      }
      this.otherwise = Objects.requireNonNull(handler, "handler");
      return this;
    }

    /**
     * Sets where the handled events are stored; in memory, the last 10,000 of them, if not set.
     * Several processes need a common one, such as {@link JdbcProcessedEvents}.
     */
    public Builder processedEvents(ProcessedEvents processed) {
      this.processed = Objects.requireNonNull(processed, "processed");
      return this;
    }

    /**
     * Sets an executor that handles the events after the response was sent. Persona then does not
     * send an event again that a handler fails for, or that is lost with the process. Only what was
     * stored before is safe; {@link #onFailure} gets the events whose handlers failed.
     */
    public Builder executor(Executor executor) {
      this.executor = Objects.requireNonNull(executor, "executor");
      return this;
    }

    /**
     * Sets the maximum size of a body in bytes; 1 MiB if not set.
     *
     * @throws IllegalArgumentException if it is not from 1 to 67,108,864 (64 MiB)
     */
    public Builder maxBodyBytes(int maxBodyBytes) {
      if (maxBodyBytes < 1 || maxBodyBytes > MAX_MAX_BODY_BYTES) {
        throw new IllegalArgumentException("maxBodyBytes: must be from 1 to 64 MiB");
      }
      this.maxBodyBytes = maxBodyBytes;
      return this;
    }

    /**
     * Sets the time after which a handler that runs is logged, and then its end; 4 seconds if not
     * set. Persona waits for 5 seconds.
     *
     * @throws IllegalArgumentException if it is negative or longer than a day
     */
    public Builder slowAfter(Duration slow) {
      if (Objects.requireNonNull(slow, "slow").isNegative() || slow.compareTo(MAX_SLOW) > 0) {
        throw new IllegalArgumentException("slow: must be from zero to one day");
      }
      this.slow = slow;
      return this;
    }

    /**
     * Sets what is invoked with each line of the log: a refused request, a failed handler, a slow
     * one. The lines contain IDs, names and classes of exceptions, and no other values. Exceptions
     * that it throws are ignored. If not set, the platform's logger {@code
     * io.github.persona4j.webhook} gets them as warnings.
     */
    public Builder log(Consumer<String> log) {
      this.log = Objects.requireNonNull(log, "log");
      return this;
    }

    /**
     * Sets what is invoked with each event that failed, and with the exception or the error of its
     * handler or of the storage. With an {@link #executor}, nothing else reports it. The exception
     * may contain personal data. What this throws is ignored.
     */
    public Builder onFailure(BiConsumer<WebhookEvent, Throwable> onFailure) {
      this.onFailure = Objects.requireNonNull(onFailure, "onFailure");
      return this;
    }

    /**
     * Returns the handler.
     *
     * @throws IllegalArgumentException if there is no verifier
     */
    public WebhookHandler build() {
      if (verifier == null) {
        throw new IllegalArgumentException("verifier: is required");
      }
      return new WebhookHandler(this, verifier);
    }
  }
}
