package io.github.persona4j.testing;

import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A stand-in for the Persona API that runs inside this process and listens on the loopback
 * interface.
 *
 * <pre>{@code
 * try (FakePersona persona = FakePersona.builder().events(1_000).start()) {
 *   // give persona.baseUrl() and persona.apiKey() to the code under test
 * }
 * }</pre>
 *
 * <p>It knows {@code GET /events}, {@code GET /events/{id}}, {@code GET /inquiries}, {@code GET
 * /inquiries/{id}} and {@code POST /inquiries}, with paging, filters, sparse fields, included
 * resources, key casing, versions, idempotency keys, rate limits, and the API's error shapes.
 * Answers have the form of version 2025-12-08, whichever known version is asked for. The seeded
 * objects are invented, and the same on every run with the same sizes.
 *
 * <p>When the fake itself fails, for example because a library of the class path is too old for it,
 * the client gets status 500 and a JSON error with the title {@code The fake failed} and the name
 * of the exception's class, and {@link #close()} throws. A test does not pass over it.
 *
 * <p>Instances run from {@code start()} until {@link #close()}, are safe for use by several
 * threads, and use daemon threads only. Methods throw {@link NullPointerException} when given null.
 *
 * <p>The first instance sets the system property {@code sun.net.httpserver.nodelay}, unless it has
 * a value, because the JDK's server takes 40 ms for a small answer without it.
 */
public final class FakePersona implements AutoCloseable {
  /** The key that the fake accepts when no other one was chosen. It opens nothing else. */
  private static final String DEFAULT_API_KEY =
      "persona_sandbox_00000000-0000-4000-8000-000000000000";

  private final String apiKey;
  private final PageHooks hooks;
  private final FakeServer server;
  private final AtomicBoolean closed = new AtomicBoolean();

  private FakePersona(Builder builder) {
    this.apiKey = builder.apiKey;
    this.hooks = new PageHooks();
    Store store = new Store(builder.clock);
    SeedData.fill(store, builder.events, builder.inquiries);
    RateWindow rateWindow = new RateWindow(builder.rateLimit, builder.clock);
    FakeApi api = new FakeApi(apiKey, rateWindow, builder.clock, store, hooks);
    this.server = new FakeServer(api, builder.port);
    server.start();
  }

  /** Starts a fake with a few events and inquiries. */
  public static FakePersona start() {
    return builder().start();
  }

  /** A builder with the defaults: 200 events, 25 inquiries, no rate limit, a free port. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * The address to give to a client in the place of the API's, such as {@code
   * http://127.0.0.1:40123/api/v1}.
   */
  public String baseUrl() {
    return server.origin() + FakeApi.PREFIX;
  }

  /** The one key that is accepted. */
  public String apiKey() {
    return apiKey;
  }

  /**
   * The requests so far in the order of their arrival, the last 10,000 at most. The list does not
   * change later.
   */
  public List<RecordedRequest> requests() {
    return server.requests();
  }

  /**
   * Queues faults: one for each of the next requests, in this order and after those queued before.
   */
  public void failNext(Fault... faults) {
    server.fail(List.of(Objects.requireNonNull(faults, "faults")));
  }

  /**
   * From now on there is an empty page behind this object: a list asked for with {@code
   * page[after]} and this id answers with no items and a link to a cursor from which the list goes
   * on, so that nothing is lost.
   */
  public void emptyPageAfter(String id) {
    hooks.emptyPageAfter(Objects.requireNonNull(id, "id"));
  }

  /**
   * From now on the links of a page that was asked for with a cursor name that very cursor again.
   */
  public void repeatCursor() {
    hooks.repeatCursor();
  }

  /**
   * From now on links lead to another host.
   *
   * @param host a host name, or an origin such as {@code http://127.0.0.1:8080} or {@code
   *     //elsewhere.example}
   */
  public void linkHost(String host) {
    hooks.linkHost(Objects.requireNonNull(host, "host"));
  }

  /**
   * Closes the port and all connections at once, without waiting for running requests. Later calls
   * do nothing.
   *
   * @throws AssertionError when the fake itself failed to handle a request, with the first failure
   *     as the cause; the port and the connections are closed
   */
  @Override
  public void close() {
    if (closed.getAndSet(true)) {
      return;
    }
    AssertionError failure = server.failure();
    server.close();
    if (failure != null) {
      throw failure;
    }
  }

  /** The address, never the key. */
  @Override
  public String toString() {
    return "FakePersona[" + baseUrl() + "]";
  }

  /**
   * Settings of a fake. Not thread-safe; can be used again for another fake with data of its own.
   */
  public static final class Builder {
    private int events = 200;
    private int inquiries = 25;
    private String apiKey = DEFAULT_API_KEY;
    private int rateLimit;
    private InstantSource clock = InstantSource.system();
    private int port;

    private Builder() {}

    /**
     * How many events there are at the start.
     *
     * @param count 0 or more, otherwise {@link IllegalArgumentException}
     */
    public Builder events(int count) {
      this.events = notNegative("events", count);
      return this;
    }

    /**
     * How many inquiries there are at the start.
     *
     * @param count 0 or more, otherwise {@link IllegalArgumentException}
     */
    public Builder inquiries(int count) {
      this.inquiries = notNegative("inquiries", count);
      return this;
    }

    /**
     * The only key that is accepted.
     *
     * @param key not blank, otherwise {@link IllegalArgumentException}
     */
    public Builder apiKey(String key) {
      if (Objects.requireNonNull(key, "key").isBlank()) {
        throw new IllegalArgumentException("apiKey must not be blank");
      }
      this.apiKey = key;
      return this;
    }

    /**
     * Answers 429 to more requests than this within a minute. A window begins with its first
     * request; requests with a wrong key do not count. Without this setting nothing is refused and
     * the headers tell of an unused limit.
     *
     * @param perMinute 1 or more, otherwise {@link IllegalArgumentException}
     */
    public Builder rateLimit(int perMinute) {
      if (perMinute < 1) {
        throw new IllegalArgumentException("rateLimit must be 1 or more, not " + perMinute);
      }
      this.rateLimit = perMinute;
      return this;
    }

    /**
     * The time by which rate limit windows turn, stored idempotent results expire (after 24 hours)
     * and new objects are dated; a {@link java.time.Clock} will do. {@link Fault#delay} waits in
     * real time. The default is the system's.
     */
    public Builder clock(InstantSource source) {
      this.clock = Objects.requireNonNull(source, "source");
      return this;
    }

    /**
     * The port to listen on; 0, the default, takes a free one.
     *
     * @param number 0 to 65535, otherwise {@link IllegalArgumentException}
     */
    public Builder port(int number) {
      if (number < 0 || number > 65_535) {
        throw new IllegalArgumentException("port must be from 0 to 65535, not " + number);
      }
      this.port = number;
      return this;
    }

    /**
     * Starts the fake, which answers as soon as this returns.
     *
     * @throws java.io.UncheckedIOException when the port is taken
     * @throws IllegalStateException when the server does not start for another reason
     */
    public FakePersona start() {
      return new FakePersona(this);
    }

    private static int notNegative(String name, int count) {
      if (count < 0) {
        throw new IllegalArgumentException(name + " must be 0 or more, not " + count);
      }
      return count;
    }
  }
}
