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
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Handles the requests of a webhook: verifies the signature, reads the event, drops duplicates, and
 * invokes the handler that is for the event.
 *
 * <pre>{@code
 * WebhookHandler webhook = WebhookHandler.builder()
 *     .verifier(WebhookVerifier.of(secret))
 *     .on(EventName.INQUIRY_APPROVED, Inquiry.class, (event, inquiry) -> ship(inquiry.id()))
 *     .onAny("report/*.ready", Report.class, (event, report) -> store(report))
 *     .otherwise(event -> log(event.name()))
 *     .build();
 *
 * WebhookResult result = webhook.handle(request.getInputStream(), request::getHeader);
 * response.setStatus(result.status());
 * }</pre>
 *
 * <p>The status of the result is that of the response. Persona takes a status of 200, 201, 202 or
 * 204 within five seconds as success, and otherwise sends the event again, up to seven times in two
 * days. A handler that throws an exception is therefore invoked again later.
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

  private final WebhookVerifier verifier;
  private final Map<String, Route<?>> byName;
  private final List<Route<?>> patterns;
  private final @Nullable EventHandler otherwise;
  private final ProcessedEvents processed;
  private final @Nullable Executor executor;
  private final int maxBodyBytes;
  private final long slowNanos;
  private final Consumer<String> log;

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
      executor.execute(() -> run(event, claim));
      return new WebhookResult(Outcome.ACCEPTED, event, null);
    } catch (RejectedExecutionException e) {
      log(event + " was refused by the executor and must come again");
      giveBack(event, claim);
      return new WebhookResult(Outcome.BUSY, event, e);
    }
  }

  private WebhookResult run(WebhookEvent event, Claim claim) {
    long begin = System.nanoTime();
    boolean returned = false;
    Outcome outcome;
    try {
      outcome = dispatch(event) ? Outcome.HANDLED : Outcome.IGNORED;
      returned = true;
    } catch (Exception e) {
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
      return failed(event, "was not handled", e);
    } finally {
      logIfSlow(event, System.nanoTime() - begin);
      if (!returned) {
        giveBack(event, claim);
      }
    }
    return confirm(event, claim, outcome);
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
      log(event + " took " + TimeUnit.NANOSECONDS.toMillis(nanos) + " ms");
    }
  }

  private WebhookResult refused(Outcome outcome, RuntimeException failure) {
    log(String.valueOf(failure.getMessage())); // has no values
    return new WebhookResult(outcome, null, failure);
  }

  private WebhookResult failed(WebhookEvent event, String what, Exception failure) {
    // Only the class is shown, because the message may contain personal data.
    log(event + " " + what + ": " + failure.getClass().getName());
    return new WebhookResult(Outcome.FAILED, event, failure);
  }

  private void log(String line) {
    try {
      log.accept(line);
    } catch (RuntimeException e) {
      // a log must not change what becomes of an event
    }
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
     * @throws IllegalArgumentException if there is a handler for this name
     */
    public <T extends Resource> Builder on(
        EventName name, Class<T> type, SubjectHandler<T> handler) {
      String value = Objects.requireNonNull(name, "name").value();
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
     */
    public <T extends Resource> Builder onAny(
        String pattern, Class<T> type, SubjectHandler<T> handler) {
      patterns.add(Route.of(pattern, type, handler));
      return this;
    }

    /** Sets the handler for all other events, also those whose names this client does not know. */
    public Builder otherwise(EventHandler handler) {
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
     * stored before is safe.
     */
    public Builder executor(Executor executor) {
      this.executor = Objects.requireNonNull(executor, "executor");
      return this;
    }

    /**
     * Sets the maximum size of a body; 1 MiB if not set.
     *
     * @throws IllegalArgumentException if it is not positive, or the largest integer
     */
    public Builder maxBodyBytes(int maxBodyBytes) {
      if (maxBodyBytes < 1 || maxBodyBytes == Integer.MAX_VALUE) {
        throw new IllegalArgumentException("maxBodyBytes: must be positive and below 2^31 - 1");
      }
      this.maxBodyBytes = maxBodyBytes;
      return this;
    }

    /**
     * Sets the time after which the end of a handler is logged; 4 seconds if not set. Persona waits
     * for 5 seconds.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public Builder slowAfter(Duration slow) {
      if (Objects.requireNonNull(slow, "slow").isNegative()) {
        throw new IllegalArgumentException("slow: must not be negative");
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
