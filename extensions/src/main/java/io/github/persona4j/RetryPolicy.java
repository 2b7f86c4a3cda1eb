package io.github.persona4j;

import io.github.persona4j.internal.retry.RetrySettings;
import io.github.persona4j.request.RequestOptions;
import java.time.Duration;
import java.util.Objects;

/**
 * Defines which failed requests are retried, how often and when. Immutable and thread-safe.
 *
 * <p>The standard policy retries up to three times:
 *
 * <ul>
 *   <li>GET, HEAD and DELETE, which are idempotent according to the API, after connection failures,
 *       timeouts, and the statuses 408, 429, 502, 503 and 504;
 *   <li>POST after connection failures, timeouts and the status 429, with the same idempotency key
 *       and the same body: if the first request was executed, the API returns its result;
 *   <li>PATCH, writes to other hosts, and requests whose body can be read only once: only if no
 *       connection was established, so that nothing was sent.
 * </ul>
 *
 * <p>A connection failure that would recur is not retried: an untrusted certificate, a refused TLS
 * version, a proxy that requires credentials or refuses the host, a server that does not speak
 * HTTP, or response headers longer than 256 KiB. The message of the exception states the reason.
 *
 * <p>Delays grow exponentially. Each delay is a random time between zero and its bound, which
 * spreads the retries of calls that failed together. A delay that the server specifies takes
 * precedence ({@code Retry-After}; after 429 also {@code RateLimit-Reset} and {@code Quota-Reset}).
 * A request is not retried if the delay would end after the deadline of the call, or if the retry
 * budget of the client is exhausted ({@link Builder#budget}).
 *
 * <p>Three failures of a reused connection are no sign of a failing server. The request is sent
 * again at once, without cost to the retry budget:
 *
 * <ul>
 *   <li>The connection breaks before the first byte of the response, or the server sends a 408
 *       without a {@code Request-Id} over HTTP/1.1. In both cases the server had closed an idle
 *       connection. This counts as a retry. A POST is sent again with its key; a PATCH is not.
 *   <li>An HTTP/1.1 connection has unread bytes before the request is sent. The connection is
 *       closed, and the request is sent over another one, for any method. This does not count as a
 *       retry, because nothing was sent.
 *   <li>A response over HTTP/1.1 belongs to another request: it arrived before the request was
 *       sent, or contains another resource than the path names. The connection is closed. GET, and
 *       POST with its key, are sent once more over a new connection, regardless of {@code
 *       maxRetries}. Other requests fail with a {@code MalformedResponseException}.
 * </ul>
 *
 * <!-- code: examples/src/test/java/io/github/persona4j/examples/ReadmeSnippets.java#settings-2 -->
 *
 * <pre>{@code
 * RetryPolicy policy =
 *     RetryPolicy.builder()
 *         .maxRetries(5)
 *         .maxServerDelay(Duration.ofMinutes(2))
 *         .postAfterServerError(RetryPolicy.AfterServerError.SAME_KEY)
 *         .retryStaleObjects(true)
 *         .retryPatches(true)
 *         .build();
 * PersonaClient patient = persona.withRetryPolicy(policy);
 * }</pre>
 */
public final class RetryPolicy {
  /** What to do after a POST that returned a status of 500 to 599. */
  public enum AfterServerError {
    /** Fail. Whether the POST was executed is unknown. */
    STOP,

    /**
     * Retry with the same idempotency key. The POST is never executed twice. If the API has stored
     * the failure for the key, it returns that failure to every retry.
     */
    SAME_KEY,

    /**
     * Retry with a new idempotency key. If the server executed the POST before it failed, the retry
     * executes it a second time: it creates a second inquiry or a second report, which is charged.
     * A key that the caller chose is never replaced; such a call fails.
     */
    FRESH_KEY
  }

  private static final RetryPolicy STANDARD = new Builder().build();
  private static final RetryPolicy NONE = new Builder().maxRetries(0).build();

  private final RetrySettings settings;

  private RetryPolicy(RetrySettings settings) {
    this.settings = settings;
  }

  /** The standard policy, which retries what is safe to retry. */
  public static RetryPolicy standard() {
    return STANDARD;
  }

  /**
   * A policy without retries. {@code RequestOptions.maxRetries} overrides it. A request is still
   * sent again if its response belongs to another request.
   */
  public static RetryPolicy none() {
    return NONE;
  }

  /** Creates a builder with the settings of the standard policy. */
  public static Builder builder() {
    return new Builder();
  }

  /** Creates a builder with the settings of this policy. */
  public Builder toBuilder() {
    Builder builder = new Builder();
    builder.maxRetries = settings.maxRetries();
    builder.initialDelay = settings.initialDelay();
    builder.maxDelay = settings.maxDelay();
    builder.maxServerDelay = settings.maxServerDelay();
    builder.budget = settings.budget();
    builder.postAfterServerError = AfterServerError.valueOf(settings.postAfterServerError().name());
    builder.staleObjects = settings.staleObjects();
    builder.patches = settings.patches();
    return builder;
  }

  RetrySettings settings() {
    return settings;
  }

  @Override
  public String toString() {
    return "RetryPolicy{maxRetries="
        + settings.maxRetries()
        + ", initialDelay="
        + settings.initialDelay()
        + ", maxDelay="
        + settings.maxDelay()
        + ", maxServerDelay="
        + settings.maxServerDelay()
        + ", budget="
        + settings.budget()
        + ", postAfterServerError="
        + settings.postAfterServerError()
        + ", retryStaleObjects="
        + settings.staleObjects()
        + ", retryPatches="
        + settings.patches()
        + '}';
  }

  static Duration checkedDelay(String name, Duration delay) {
    Objects.requireNonNull(delay, name);
    if (delay.compareTo(Duration.ofMillis(1)) < 0 || delay.compareTo(Duration.ofMinutes(10)) > 0) {
      throw new IllegalArgumentException(name + " must be from 1 ms to 10 minutes");
    }
    return delay;
  }

  /**
   * Builds a {@link RetryPolicy}. Each setter refuses an invalid value with a message that names
   * the setting and the rule. Not thread-safe.
   */
  public static final class Builder {
    private int maxRetries = 3;
    private Duration initialDelay = Duration.ofMillis(500);
    private Duration maxDelay = Duration.ofSeconds(40);
    private Duration maxServerDelay = Duration.ofSeconds(60);
    private int budget = 50;
    private AfterServerError postAfterServerError = AfterServerError.STOP;
    private boolean staleObjects;
    private boolean patches;

    private Builder() {}

    /**
     * The maximum number of retries of a call. The default is 3; 0 disables retries. {@code
     * RequestOptions.maxRetries} overrides it for one call.
     *
     * @throws IllegalArgumentException if it is not from 0 to 20
     */
    public Builder maxRetries(int maxRetries) {
      RequestOptions.builder().maxRetries(maxRetries); // the same rule
      this.maxRetries = maxRetries;
      return this;
    }

    /**
     * The bound of the first delay. It doubles with each retry. The default is 500 ms. After a 429
     * without a specified delay the first bound is at least 5 s, as Persona recommends.
     *
     * @throws IllegalArgumentException if it is below 1 ms or above 10 minutes
     */
    public Builder initialDelay(Duration initialDelay) {
      this.initialDelay = checkedDelay("initialDelay", initialDelay);
      return this;
    }

    /**
     * The maximum bound of a delay. The default is 40 s.
     *
     * @throws IllegalArgumentException if it is below 1 ms or above 10 minutes
     */
    public Builder maxDelay(Duration maxDelay) {
      this.maxDelay = checkedDelay("maxDelay", maxDelay);
      return this;
    }

    /**
     * The maximum delay that a server may specify. The default is 60 s. If it specifies a longer
     * delay the call fails at once, because an earlier retry would be refused.
     *
     * @throws IllegalArgumentException if it is below 1 ms or above 10 minutes
     */
    public Builder maxServerDelay(Duration maxServerDelay) {
      this.maxServerDelay = checkedDelay("maxServerDelay", maxServerDelay);
      return this;
    }

    /**
     * The number of retries that all calls of the client share. The default is 50. Each retry takes
     * one. Ten successful calls add one, and an empty budget is refilled evenly within a minute.
     * While the budget is empty, calls fail without a retry. This limits the load on a failing
     * server.
     *
     * @throws IllegalArgumentException if it is not from 1 to 1,000,000
     */
    public Builder budget(int budget) {
      if (budget < 1 || budget > 1_000_000) {
        throw new IllegalArgumentException("budget must be from 1 to 1000000");
      }
      this.budget = budget;
      return this;
    }

    /**
     * What to do after a POST that returned a status of 500 to 599. The default is {@code STOP}.
     */
    public Builder postAfterServerError(AfterServerError action) {
      this.postAfterServerError = Objects.requireNonNull(action, "action");
      return this;
    }

    /**
     * Whether to retry after a 409 with the title {@code Stale object error}. The default is false.
     * Such an error means that another request changed the object at the same time. The retry
     * applies to the changed object. A POST is retried with a new idempotency key. It is not
     * retried if the caller chose the key.
     */
    public Builder retryStaleObjects(boolean retry) {
      this.staleObjects = retry;
      return this;
    }

    /**
     * Whether to retry a PATCH like a GET. The default is false. If the first request was executed
     * and another request changed the object before the retry, the retry overwrites that change.
     */
    public Builder retryPatches(boolean retry) {
      this.patches = retry;
      return this;
    }

    /** Creates the policy. */
    public RetryPolicy build() {
      return new RetryPolicy(
          new RetrySettings(
              maxRetries,
              initialDelay,
              maxDelay,
              maxServerDelay,
              budget,
              RetrySettings.PostAfterServerError.valueOf(postAfterServerError.name()),
              staleObjects,
              patches));
    }
  }
}
