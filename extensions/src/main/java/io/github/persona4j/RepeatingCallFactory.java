package io.github.persona4j;

import io.github.persona4j.request.RequestOptions;
import java.time.Duration;
import okhttp3.Call;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;

/**
 * Makes the calls of a client; this is where Retrofit ends and OkHttp begins. Each call gets what
 * holds for all its attempts: its options joined with the client's, its idempotency key and its
 * {@link CallRecord}.
 */
final class RepeatingCallFactory implements Call.Factory {
  final OkHttpClient http;
  final Lifecycle lifecycle;
  final RetryPolicy policy;
  final RetryBudget budget;
  final Time time;
  final RetryDecision decision;
  final int callTimeoutMillis;
  private final HttpUrl baseUrl;
  private final RequestOptions defaults;
  private final String apiKey;
  private final RatePacers pacers;

  RepeatingCallFactory(
      OkHttpClient http,
      HttpUrl baseUrl,
      Lifecycle lifecycle,
      RequestOptions defaults,
      RetryPolicy policy,
      RetryBudget budget,
      Time time,
      String apiKey,
      RatePacers pacers) {
    this(
        // The limit is for the whole call; an attempt gets what is left of it.
        http.callTimeoutMillis() == 0 ? http : http.newBuilder().callTimeout(Duration.ZERO).build(),
        baseUrl,
        lifecycle,
        defaults,
        policy,
        budget,
        time,
        http.callTimeoutMillis(),
        apiKey,
        pacers);
  }

  private RepeatingCallFactory(
      OkHttpClient http,
      HttpUrl baseUrl,
      Lifecycle lifecycle,
      RequestOptions defaults,
      RetryPolicy policy,
      RetryBudget budget,
      Time time,
      int callTimeoutMillis,
      String apiKey,
      RatePacers pacers) {
    this.callTimeoutMillis = callTimeoutMillis;
    this.http = http;
    this.apiKey = apiKey;
    this.pacers = pacers;
    this.baseUrl = baseUrl;
    this.lifecycle = lifecycle;
    this.defaults = defaults;
    this.policy = policy;
    this.budget = budget;
    this.time = time;
    this.decision = new RetryDecision(policy, time);
  }

  /** A factory with these options for all calls, for a derived client. */
  RepeatingCallFactory withDefaults(RequestOptions options) {
    return new RepeatingCallFactory(
        http,
        baseUrl,
        new Lifecycle(lifecycle),
        options.withDefaults(defaults),
        policy,
        budget,
        time,
        callTimeoutMillis,
        apiKey,
        pacers);
  }

  /** A factory with this policy, for a derived client. */
  RepeatingCallFactory withPolicy(RetryPolicy policy) {
    return new RepeatingCallFactory(
        http,
        baseUrl,
        new Lifecycle(lifecycle),
        defaults,
        policy,
        new RetryBudget(policy.budget()),
        time,
        callTimeoutMillis,
        apiKey,
        pacers);
  }

  @Override
  public Call newCall(Request request) {
    RequestOptions said = request.tag(RequestOptions.class);
    RequestOptions options = (said == null ? RequestOptions.none() : said).withDefaults(defaults);
    Request keyed =
        IdempotencyKey.on(request, options)
            .newBuilder()
            .tag(RequestOptions.class, options)
            .tag(CallRecord.class, new CallRecord())
            .build();
    return new RepeatingCall(
        this, request, keyed, options, kind(request, options), pacer(request, options));
  }

  /** The limits of this key, which all clients of one pool see alike. */
  RatePacer pacer() {
    String other = defaults.apiKey();
    return pacers.of(other == null ? apiKey : other);
  }

  // What goes elsewhere, or under an authorization of its own, has other limits or none.
  private @Nullable RatePacer pacer(Request request, RequestOptions options) {
    if (!DefaultHeaders.sameOrigin(request.url(), baseUrl)
        || request.header("Authorization") != null) {
      return null;
    }
    String other = options.apiKey();
    return pacers.of(other == null ? apiKey : other);
  }

  private RetryDecision.Kind kind(Request request, RequestOptions options) {
    RequestBody body = request.body();
    if (body != null && (body.isOneShot() || body.isDuplex())) {
      return RetryDecision.Kind.ONE_SHOT;
    }
    boolean api = DefaultHeaders.sameOrigin(request.url(), baseUrl);
    return switch (request.method()) {
      case "GET", "HEAD" -> RetryDecision.Kind.SAFE;
      case "DELETE" -> api ? RetryDecision.Kind.SAFE : RetryDecision.Kind.UNSAFE;
      case "PATCH" -> api ? RetryDecision.Kind.PATCH : RetryDecision.Kind.UNSAFE;
      // Elsewhere nobody knows of our keys.
      case "POST" ->
          !api
              ? RetryDecision.Kind.UNSAFE
              : IdempotencyKey.isGiven(request, options)
                  ? RetryDecision.Kind.KEYED_BY_CALLER
                  : RetryDecision.Kind.KEYED;
      default -> RetryDecision.Kind.UNSAFE;
    };
  }
}
