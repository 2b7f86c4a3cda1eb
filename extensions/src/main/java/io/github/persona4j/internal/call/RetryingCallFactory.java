package io.github.persona4j.internal.call;

import io.github.persona4j.internal.http.FileTag;
import io.github.persona4j.internal.http.HeaderMaps;
import io.github.persona4j.internal.http.HeadersInterceptor;
import io.github.persona4j.internal.http.InvokedMethod;
import io.github.persona4j.internal.http.RequiredArguments;
import io.github.persona4j.internal.retry.RateLimiter;
import io.github.persona4j.internal.retry.RetryBudget;
import io.github.persona4j.internal.retry.RetryRules;
import io.github.persona4j.internal.retry.RetrySafety;
import io.github.persona4j.internal.retry.RetrySettings;
import io.github.persona4j.request.RequestOptions;
import java.util.function.Consumer;
import okhttp3.Call;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;

/**
 * Creates the calls of a client for Retrofit. Adds to each request what all attempts share: the
 * options of the call combined with those of the client, the idempotency key, and the {@link
 * CallState}.
 */
public final class RetryingCallFactory implements Call.Factory {
  private static final String NO_KEY =
      "This PersonaClient has no API key, and the operation needs one: set it in the builder or in"
          + " RequestOptions";

  // The rate limiter of a client without a key, or with tokens, which come and go but have the same
  // limits. A key cannot be empty.
  private static final String NO_KEY_LIMITS = "";

  private final ClientContext context;
  private final Lifecycle lifecycle;
  private final RequestOptions defaults;
  private final @Nullable TokenSource tokens;
  private final RetrySettings settings;
  private final RetryRules rules;
  private final RetryBudget budget;

  /**
   * Creates a factory with its own retry budget.
   *
   * @param defaults the options of all calls, which options of one call override
   */
  public RetryingCallFactory(
      ClientContext context, Lifecycle lifecycle, RequestOptions defaults, RetrySettings settings) {
    this(
        context,
        lifecycle,
        defaults,
        null,
        settings,
        new RetryBudget(settings.budget(), context.time()));
  }

  private RetryingCallFactory(
      ClientContext context,
      Lifecycle lifecycle,
      RequestOptions defaults,
      @Nullable TokenSource tokens,
      RetrySettings settings,
      RetryBudget budget) {
    this.context = context;
    this.lifecycle = lifecycle;
    this.defaults = defaults;
    this.tokens = tokens;
    this.settings = settings;
    this.rules = new RetryRules(settings);
    this.budget = budget;
    checkKey(defaults);
  }

  /** Creates a factory for a derived client with these options. */
  public RetryingCallFactory withDefaults(RequestOptions options) {
    return new RetryingCallFactory(
        context,
        new Lifecycle(lifecycle),
        options.withDefaults(defaults),
        tokens,
        settings,
        budget);
  }

  /** Creates a factory for the same client whose calls have a token of this source. */
  public RetryingCallFactory withTokens(TokenSource source) {
    return new RetryingCallFactory(context, lifecycle, defaults, source, settings, budget);
  }

  /** Creates a factory for a derived client with these retry settings. */
  public RetryingCallFactory withSettings(RetrySettings settings) {
    RetryBudget own = new RetryBudget(settings.budget(), context.time());
    return new RetryingCallFactory(
        context, new Lifecycle(lifecycle), defaults, tokens, settings, own);
  }

  public ClientContext context() {
    return context;
  }

  public Lifecycle lifecycle() {
    return lifecycle;
  }

  /** The options of all calls. */
  public RequestOptions defaults() {
    return defaults;
  }

  /** The rate limiter of this client's key, which all clients of one pool share. */
  public RateLimiter rateLimiter() {
    return context.rateLimiters().of(limitedKey(defaults));
  }

  private static String limitedKey(RequestOptions options) {
    String key = options.apiKey();
    return key == null ? NO_KEY_LIMITS : key;
  }

  @Override
  public Call newCall(Request request) {
    RequiredArguments.check(request);
    HeaderMaps.check(request);
    RequestOptions given = request.tag(RequestOptions.class);
    RequestOptions options = (given == null ? RequestOptions.none() : given).withDefaults(defaults);
    if (given != null) {
      checkKey(options);
    }
    if (options.apiKey() == null && tokens == null && needsKey(request)) {
      throw new IllegalStateException(NO_KEY);
    }
    TokenSource source = options.apiKey() == null && takesKey(request) ? tokens : null;
    // Other hosts get no idempotency key.
    Request keyed = context.isApi(request.url()) ? IdempotencyKey.addTo(request, options) : request;
    CallState state =
        new CallState(context.baseUrl().encodedPath(), context.time(), context.errorDetails());
    Request tagged =
        keyed.newBuilder().tag(RequestOptions.class, options).tag(CallState.class, state).build();
    state.start(tagged);
    RetryPlan retries =
        new RetryPlan(rules, budget, context.time(), safety(request, options), maxRetries(options));
    RateLimiter limiter = rateLimiter(request, options);
    return new RetryingCall(
        this,
        request,
        tagged,
        call ->
            new CallSteps(
                context.transport(),
                lifecycle,
                call,
                state,
                retries,
                source,
                limiter,
                context.jsonLimits().maxResponseBytes()),
        context.completions(),
        options.callTimeout());
  }

  private void checkKey(RequestOptions options) {
    Consumer<String> listener = context.keyListener();
    String key = options.apiKey();
    if (listener != null && key != null) {
      listener.accept(key);
    }
  }

  private int maxRetries(RequestOptions options) {
    Integer maxRetries = options.maxRetries();
    return maxRetries == null ? settings.maxRetries() : maxRetries;
  }

  // The rate limits of the key do not apply to requests to other hosts or without the key.
  private @Nullable RateLimiter rateLimiter(Request request, RequestOptions options) {
    if (!takesKey(request) || (options.apiKey() == null && tokens == null)) {
      return null;
    }
    return context.rateLimiters().of(limitedKey(options));
  }

  private boolean takesKey(Request request) {
    return context.isApi(request.url())
        && HeadersInterceptor.takesKey(request)
        && request.tag(FileTag.class) == null;
  }

  private boolean needsKey(Request request) {
    return takesKey(request) && !InvokedMethod.isKeyOptional(request);
  }

  private RetrySafety safety(Request request, RequestOptions options) {
    RequestBody body = request.body();
    if (body != null && (body.isOneShot() || body.isDuplex())) {
      return RetrySafety.ONE_SHOT;
    }
    String method = request.method();
    if (method.equals("GET") || method.equals("HEAD")) {
      return RetrySafety.READ;
    }
    if (!context.isApi(request.url())) {
      return RetrySafety.UNKEYED;
    }
    return switch (method) {
      case "DELETE" -> RetrySafety.DELETE;
      case "PATCH" -> RetrySafety.PATCH;
      case "POST" ->
          IdempotencyKey.isChosenByCaller(request, options)
              ? RetrySafety.KEYED_BY_CALLER
              : RetrySafety.KEYED;
      default -> RetrySafety.UNKEYED;
    };
  }
}
