package io.github.persona4j;

import io.github.persona4j.file.FileRequest;
import io.github.persona4j.request.KeyOptional;
import io.github.persona4j.request.RequestOptions;
import okhttp3.Call;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;
import retrofit2.Invocation;

/**
 * Makes the calls of a client; this is where Retrofit ends and OkHttp begins. Each call gets what
 * holds for all its attempts: its options joined with the client's, its idempotency key and its
 * {@link CallRecord}.
 */
final class RepeatingCallFactory implements Call.Factory {
  private static final String NO_KEY =
      "This PersonaClient has no API key, and the operation needs one: set it in the builder or in"
          + " RequestOptions";

  // Without a key no limits are known. No key is empty.
  private static final String NOBODY = "";

  final SharedParts shared;
  final Lifecycle lifecycle;

  /** What holds where a call says nothing else; names a version, and a key unless there is none. */
  final RequestOptions defaults;

  final RetryPolicy policy;
  final RetryBudget budget;
  final RetryDecision decision;

  RepeatingCallFactory(
      SharedParts shared, Lifecycle lifecycle, RequestOptions defaults, RetryPolicy policy) {
    this(shared, lifecycle, defaults, policy, new RetryBudget(policy.budget(), shared.time()));
  }

  private RepeatingCallFactory(
      SharedParts shared,
      Lifecycle lifecycle,
      RequestOptions defaults,
      RetryPolicy policy,
      RetryBudget budget) {
    this.shared = shared;
    this.lifecycle = lifecycle;
    this.defaults = defaults;
    this.policy = policy;
    this.budget = budget;
    this.decision = new RetryDecision(policy, shared.time());
    checkKey(defaults);
  }

  /** A factory with these options for all calls, for a derived client. */
  RepeatingCallFactory withDefaults(RequestOptions options) {
    return new RepeatingCallFactory(
        shared, new Lifecycle(lifecycle), options.withDefaults(defaults), policy, budget);
  }

  /** A factory with this policy, for a derived client. */
  RepeatingCallFactory withPolicy(RetryPolicy policy) {
    return new RepeatingCallFactory(shared, new Lifecycle(lifecycle), defaults, policy);
  }

  @Override
  public Call newCall(Request request) {
    RequiredArguments.check(request);
    HeaderMaps.check(request);
    RequestOptions said = request.tag(RequestOptions.class);
    RequestOptions options = (said == null ? RequestOptions.none() : said).withDefaults(defaults);
    if (said != null) {
      checkKey(options);
    }
    if (options.apiKey() == null && needsKey(request)) {
      throw new IllegalStateException(NO_KEY);
    }
    CallRecord record = new CallRecord(shared.baseUrl().encodedPath());
    // Elsewhere nobody knows of our keys, and none is sent.
    boolean api = shared.isApi(request.url());
    Request keyed =
        (api ? IdempotencyKey.on(request, options) : request)
            .newBuilder()
            .tag(RequestOptions.class, options)
            .tag(CallRecord.class, record)
            .build();
    return new RepeatingCall(
        this, request, keyed, options, record, kind(request, options), pacer(request, options));
  }

  /** Whether a call was refused because it has no key. */
  static boolean isMissingKey(IllegalStateException refusal) {
    return NO_KEY.equals(refusal.getMessage());
  }

  private void checkKey(RequestOptions options) {
    EnvironmentCheck environment = shared.environment();
    String key = options.apiKey();
    if (environment != null && key != null) {
      environment.see(key);
    }
  }

  /** The limits of this client's key, which all clients of one pool see alike. */
  RatePacer pacer() {
    String key = defaults.apiKey();
    return shared.pacers().of(key == null ? NOBODY : key);
  }

  // What goes elsewhere, or without the key, has other limits or none.
  private @Nullable RatePacer pacer(Request request, RequestOptions options) {
    String key = options.apiKey();
    return key != null && takesKey(request) ? shared.pacers().of(key) : null;
  }

  private boolean takesKey(Request request) {
    return shared.isApi(request.url())
        && DefaultHeaders.takesKey(request)
        && request.tag(FileRequest.class) == null;
  }

  private boolean needsKey(Request request) {
    Invocation invocation = request.tag(Invocation.class);
    return takesKey(request)
        && (invocation == null || !invocation.method().isAnnotationPresent(KeyOptional.class));
  }

  private RetryDecision.Kind kind(Request request, RequestOptions options) {
    RequestBody body = request.body();
    if (body != null && (body.isOneShot() || body.isDuplex())) {
      return RetryDecision.Kind.UNSAFE;
    }
    boolean api = shared.isApi(request.url());
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
