package io.github.persona4j;

import io.github.persona4j.internal.retry.RetrySettings;
import io.github.persona4j.request.RequestOptions;
import java.time.Duration;
import java.util.Objects;

/**
 * Which failed requests are sent again, how often and when. Immutable and thread-safe.
 *
 * <p>By the standard policy these are repeated, up to three times:
 *
 * <ul>
 *   <li>GET, HEAD and DELETE (idempotent by the API's word) after connection failures and time-outs
 *       and after 408, 429, 502, 503 and 504;
 *   <li>POST after connection failures, time-outs and 429, with the same idempotency key and the
 *       same body: the API answers such a repeat with the result of the first request if that one
 *       arrived;
 *   <li>PATCH, what changes something on another host, and bodies that can be read only once: only
 *       if the request certainly never left, because no connection came about.
 * </ul>
 *
 * <p>A connection failure that another attempt would meet again is not repeated: a certificate or a
 * TLS version that is refused, a proxy that wants credentials or forbids the host, a server that
 * does not speak HTTP, response headers beyond 256 KiB. The message of the exception says which.
 *
 * <p>Waiting times grow exponentially, and each is drawn at random between nothing and its bound,
 * so that callers who failed together do not return together. Where the server names a time ({@code
 * Retry-After}; after 429 also {@code RateLimit-Reset} and {@code Quota-Reset}) that counts. A
 * request is not repeated when its wait would end after the deadline of the call, and when too many
 * calls of the client fail at the same time ({@link Builder#budget}).
 *
 * <p>Three faults of a connection that had served other requests before say nothing of the server.
 * The request is sent again at once, at no cost to the budget:
 *
 * <ul>
 *   <li>The connection breaks before the first byte of the response, or the server sends a 408
 *       without a {@code Request-Id} over HTTP/1.1: it had closed an idle connection. This counts
 *       as a retry; a POST is sent again with its key, a PATCH is not.
 *   <li>An HTTP/1.1 connection holds bytes before the request is sent. It is closed, and the
 *       request is sent over another one, whatever its method. This is no retry: nothing was sent.
 *   <li>A response over HTTP/1.1 belongs to another request, because it was there before the
 *       request was sent or holds another resource than the path names. The connection is closed.
 *       GET, and POST with its key, are sent once more over a new connection, whatever {@code
 *       maxRetries} says, and that response counts. Everything else fails with {@code
 *       MalformedResponseException}.
 * </ul>
 */
public final class RetryPolicy {
  /** What to do with a POST that was answered with 500 to 599. */
  public enum AfterServerError {
    /** Report the failure: whether the POST was carried out is unknown. */
    STOP,

    /**
     * Repeat with the same idempotency key. Never carries out the POST twice. The API may have
     * stored the failure under the key and then answers with it every time, so the repeats can be
     * in vain.
     */
    SAME_KEY,

    /**
     * Repeat with a new idempotency key. If the server carried out the POST before it failed, the
     * repeat carries it out a second time: a second inquiry, a second report, a second bill. Keys
     * that the caller chose are never replaced; such calls stop.
     */
    FRESH_KEY
  }

  private static final RetryPolicy STANDARD = new Builder().build();
  private static final RetryPolicy NONE = new Builder().maxRetries(0).build();

  private final RetrySettings settings;

  private RetryPolicy(RetrySettings settings) {
    this.settings = settings;
  }

  /** Repeats what is safe to repeat, as said above. */
  public static RetryPolicy standard() {
    return STANDARD;
  }

  /**
   * No request is sent twice, unless {@code RequestOptions.maxRetries} of a call or of all calls
   * says otherwise, or its response belongs to another request.
   */
  public static RetryPolicy none() {
    return NONE;
  }

  /** A builder that starts with the standard policy. */
  public static Builder builder() {
    return new Builder();
  }

  /** A builder that starts with this policy. */
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
        + ", staleObjects="
        + settings.staleObjects()
        + ", patches="
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
   * Settings of a policy. Each setter refuses a bad value with a message that names the setting and
   * the rule. Not thread-safe.
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
     * How often one call may be repeated; 3 unless set, 0 for never. {@code
     * RequestOptions.maxRetries} says otherwise for one call.
     *
     * @throws IllegalArgumentException if it is not from 0 to 20
     */
    public Builder maxRetries(int maxRetries) {
      RequestOptions.builder().maxRetries(maxRetries); // the same rule
      this.maxRetries = maxRetries;
      return this;
    }

    /**
     * The bound of the first wait, which doubles with each repeat; 500 ms unless set. After a 429
     * that names no time the first bound is 5 s at least, as the vendor advises.
     *
     * @throws IllegalArgumentException if it is below 1 ms or above 10 minutes
     */
    public Builder initialDelay(Duration initialDelay) {
      this.initialDelay = checkedDelay("initialDelay", initialDelay);
      return this;
    }

    /**
     * Where the doubling ends; 40 s unless set.
     *
     * @throws IllegalArgumentException if it is below 1 ms or above 10 minutes
     */
    public Builder maxDelay(Duration maxDelay) {
      this.maxDelay = checkedDelay("maxDelay", maxDelay);
      return this;
    }

    /**
     * The longest wait that a server may ask for; 60 s unless set. When it asks for more the call
     * fails at once, since returning earlier would be refused again.
     *
     * @throws IllegalArgumentException if it is below 1 ms or above 10 minutes
     */
    public Builder maxServerDelay(Duration maxServerDelay) {
      this.maxServerDelay = checkedDelay("maxServerDelay", maxServerDelay);
      return this;
    }

    /**
     * How many retries all calls of the client may spend together; 50 unless set. Each retry costs
     * one. Ten successful calls earn one, and time refills the budget at an even rate: one that is
     * used up is whole again after a minute. While nothing is left, calls fail without a retry, so
     * that a server in trouble is not asked several times by everyone.
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

    /** What to do with a POST that was answered with 500 to 599; {@code STOP} unless set. */
    public Builder postAfterServerError(AfterServerError action) {
      this.postAfterServerError = Objects.requireNonNull(action, "action");
      return this;
    }

    /**
     * Whether to repeat what was answered with 409 and the title {@code Stale object error}; no
     * unless set. The object was changed by someone else at the same moment, and the repeat is
     * applied to what it is by then. A POST is repeated with a new idempotency key; where the
     * caller chose the key it is not repeated.
     */
    public Builder repeatStaleObjects(boolean repeat) {
      this.staleObjects = repeat;
      return this;
    }

    /**
     * Whether PATCH is repeated like GET; no unless set. The first request may have been carried
     * out, and between it and the repeat someone else may have changed the object: the repeat then
     * undoes their change.
     */
    public Builder repeatPatches(boolean repeat) {
      this.patches = repeat;
      return this;
    }

    /** The policy. */
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
