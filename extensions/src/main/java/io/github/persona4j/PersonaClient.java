package io.github.persona4j;

import io.github.persona4j.error.PersonaException;
import io.github.persona4j.error.RateLimits;
import io.github.persona4j.file.PersonaFiles;
import io.github.persona4j.internal.call.CallSender;
import io.github.persona4j.internal.call.RetrofitFactory;
import io.github.persona4j.internal.call.RetryingCallFactory;
import io.github.persona4j.internal.file.HttpFiles;
import io.github.persona4j.internal.file.HttpOperationRunner;
import io.github.persona4j.operations.ClientOperations;
import io.github.persona4j.request.RequestOptions;
import io.github.persona4j.response.ApiResponse;
import io.github.persona4j.waiter.Waiter;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import retrofit2.Call;
import retrofit2.Retrofit;

/**
 * Client for the Persona API, with one accessor for each group of operations.
 * <!-- code: examples/src/main/java/io/github/persona4j/examples/Quickstart.java#all-events-in-five-lines -->
 *
 * <pre>{@code
 * try (PersonaClient persona = PersonaClient.fromEnvironment()) {
 *   for (Event event : persona.events().listAll()) {
 *     System.out.println(event.id() + " " + event.attributes().name());
 *   }
 * }
 * }</pre>
 *
 * <p>The groups of operations:
 *
 * <ul>
 *   <li>People and what they submit: {@code accounts()}, {@code inquiries()}, {@code
 *       inquirySessions()}, {@code verifications()}, {@code documents()}, {@code devices()}
 *   <li>Checks and decisions: {@code reports()}, {@code cases()}, {@code transactions()}, {@code
 *       graph()}, {@code lists()}, {@code listItems()}, {@code workflows()}
 *   <li>Settings: {@code inquiryTemplates()}, {@code caseTemplates()}, {@code accountTypes()},
 *       {@code transactionTypes()}, {@code themeSets()}, {@code webhooks()}, {@code apiKeys()}
 *   <li>History and limits: {@code events()}, {@code webhookEvents()}, {@code apiLogs()}, {@code
 *       userAuditLogs()}, {@code limits()}
 *   <li>Data and organizations: {@code importers()}, {@code batchJobs()}, {@code connect()}, {@code
 *       relay()}, {@code oauth()}
 * </ul>
 *
 * <p>{@link #async} has the same groups with futures, and {@link #raw} with the status and the
 * headers of each response. {@link #files} downloads files, {@link #waiter} waits for results, and
 * {@link #api} makes calls that the client does not have.
 *
 * <p>Immutable and thread-safe, also for virtual threads; create one client and share it. Closing
 * it frees its threads and connections; later calls throw {@link IllegalStateException}.
 *
 * <p>Every request carries the API key, the pinned API version and the header that selects
 * kebab-case names; every POST carries an idempotency key. The API key is sent to the host of the
 * base URL only. Redirects are not followed: the API sends none, and one to another host would take
 * the query along.
 *
 * <p>Responses are limited, so that a server cannot exhaust the memory. A response that is decoded
 * may have 64 MiB ({@link PersonaClientBuilder#maxResponseBytes}), its values may need a quarter of
 * the heap ({@link PersonaClientBuilder#maxDecodedBytes}), and it must arrive within five minutes.
 * Error bodies are truncated to 1 MiB. Files and PDF prints are streams. A server that sends its
 * headers byte by byte can delay a call, unless {@link PersonaClientBuilder#callTimeout} is set.
 *
 * <p>A call that fails throws a {@link PersonaException}: connection failure, malformed response,
 * or error status. Before that, the client's {@link RetryPolicy} decides on retries. An exception
 * of your own code within a call, such as an interceptor or the source of an upload, is thrown
 * unchanged and is not retried. The same applies to an error of the JVM.
 *
 * <p>A blocked thread that is interrupted ends its call while it waits for the rate limiter or for
 * a retry. A platform thread that waits on an HTTP/1.1 socket does not notice the interruption
 * before the response comes or a timeout ends the wait; a virtual thread notices it at once. In
 * both cases the call fails as stopped, not as timed out, and the thread stays interrupted. To end
 * calls of platform threads at any time, use {@link #sendAsync} and cancel its future, or set a
 * {@link PersonaClientBuilder#callTimeout}.
 */
public final class PersonaClient extends ClientOperations implements AutoCloseable {
  /** The base URL of the API. */
  public static final String DEFAULT_BASE_URL = "https://api.withpersona.com/api/v1/";

  /** The API version that the models of this client match. */
  public static final String DEFAULT_API_VERSION = "2025-12-08";

  private final boolean derived;
  private final RetryingCallFactory calls;
  private final Retrofit retrofit;
  private final Map<Class<?>, Object> apis = new ConcurrentHashMap<>();
  private final CallSender sender;
  private final Waiter waiter;

  /**
   * Creates a client.
   *
   * @param parent the client from which it is derived; null for none
   */
  PersonaClient(@Nullable PersonaClient parent, RetryingCallFactory calls) {
    this(parent, calls, new CallSender(calls.lifecycle(), calls.context().completions()));
  }

  private PersonaClient(
      @Nullable PersonaClient parent, RetryingCallFactory calls, CallSender sender) {
    super(new HttpOperationRunner(sender, calls.context().fileRules()));
    this.derived = parent != null;
    this.calls = calls;
    this.retrofit = RetrofitFactory.create(calls);
    this.sender = sender;
    this.waiter =
        parent != null && parent.calls.rateLimiter() == calls.rateLimiter()
            ? parent.waiter.derived(this, calls.lifecycle())
            : Waiter.of(
                this,
                calls.lifecycle(),
                calls.context().time(),
                this::rateLimits,
                calls.context().completions()::run,
                calls.context().completions().continuations());
  }

  /** A builder. Most operations need only its {@link PersonaClientBuilder#apiKey}. */
  public static PersonaClientBuilder builder() {
    return new PersonaClientBuilder();
  }

  /**
   * A client with the key in {@code PERSONA_API_KEY} and, if set, the base URL in {@code
   * PERSONA_BASE_URL}.
   *
   * @throws IllegalStateException if {@code PERSONA_API_KEY} is not set
   * @throws IllegalArgumentException if one of the two breaks the rules of the builder
   */
  public static PersonaClient fromEnvironment() {
    return fromEnvironment(System.getenv());
  }

  // The environment of a running JVM cannot be changed by a test.
  static PersonaClient fromEnvironment(Map<String, String> environment) {
    String key = environment.get("PERSONA_API_KEY");
    if (key == null || key.isBlank()) {
      throw new IllegalStateException("The environment variable PERSONA_API_KEY is not set");
    }
    PersonaClientBuilder builder = new PersonaClientBuilder();
    try {
      builder.apiKey(key);
    } catch (IllegalArgumentException e) {
      throw unusable("PERSONA_API_KEY", e);
    }
    String url = environment.get("PERSONA_BASE_URL");
    if (url != null && !url.isBlank()) {
      try {
        builder.baseUrl(url);
      } catch (IllegalArgumentException e) {
        throw unusable("PERSONA_BASE_URL", e);
      }
    }
    return builder.build();
  }

  private static IllegalArgumentException unusable(String variable, IllegalArgumentException rule) {
    return new IllegalArgumentException(variable + " cannot be used: " + rule.getMessage(), rule);
  }

  /** Files: downloads of photos, videos and documents from their links. */
  public PersonaFiles files() {
    return new HttpFiles(retrofit, sender, calls.context().fileRules());
  }

  /**
   * Waits for results, such as a report to be ready or the decision on an inquiry. The waits of a
   * derived client with the same key share the pace and the events of those of this one.
   */
  public Waiter waiter() {
    return waiter;
  }

  /**
   * Makes a call and waits for its response. Every generated operation is available as a call:
   * {@code persona.send(persona.events().api().list(query, RequestOptions.none()))}.
   *
   * <p>A clone of a call is another call: a POST gets another idempotency key and may be executed
   * twice. To make one again by hand, set its key in {@link RequestOptions} from the beginning.
   *
   * @param call one of an interface that this client made; a call of a derived client keeps the
   *     options of that client
   * @return the response with its status, headers and rate limits
   * @throws PersonaException if the call fails, as with the methods that return the body only.
   *     Exceptions of your own code, such as an interceptor or the source of an upload, are thrown
   *     unchanged
   * @throws IllegalStateException if this client is closed, if it has no API key and the operation
   *     needs one, or if the call was made before
   */
  public <T> ApiResponse<T> send(Call<T> call) {
    return sender.send(
        Objects.requireNonNull(call, "call"),
        (described, response) -> ApiResponse.of(described, response.code(), response.body()));
  }

  /**
   * Makes a call without waiting for its response. Rate limiting, retries and timeouts apply as to
   * any other call, and no thread is held while it waits for its next attempt.
   *
   * <p>A call that fails completes the future with the exception that {@link #send} would throw;
   * {@code join()} and {@code get()} show it as the cause of theirs. A closed client and a missing
   * API key do so too, with an {@link IllegalStateException}. Every call completes its future.
   * Canceling the future, or completing it otherwise, cancels the call and closes its connection,
   * or its stream of HTTP/2; canceling a dependent stage does not, as usual in Java.
   *
   * <p>Actions that depend on the future, or on a stage derived from it, run on threads of their
   * own and may block: at most 256 daemon threads, or the executor of {@link
   * PersonaClientBuilder#continuationExecutor}; further actions wait. The same threads run what is
   * given to the {@code Async} methods of the future without an executor. The future itself is
   * completed without them: a thread that blocks until another call has ended always gets its
   * result. A thread that blocks until something that <em>depends</em> on another call has run
   * needs one of the 256, so chain such stages with {@code thenCompose} instead. Actions that
   * depend on a future that Java makes of several ({@code allOf}, {@code anyOf}) run on the thread
   * that completes the last of them and should not block; use its {@code Async} methods instead.
   *
   * <p>All threads are daemon threads: a program that needs the response has to wait for it.
   *
   * @param call one of an interface that this client made; a call of a derived client keeps the
   *     options of that client
   * @throws IllegalArgumentException if an argument of the call breaks a rule
   * @throws IllegalStateException if the call was made before
   */
  public <T> CompletableFuture<ApiResponse<T>> sendAsync(Call<T> call) {
    return sender.sendAsync(
        Objects.requireNonNull(call, "call"),
        (described, response) -> ApiResponse.of(described, response.code(), response.body()));
  }

  /**
   * An implementation of a Retrofit interface over this client: a generated one, for its {@code
   * Call} objects, or one of your own for what the client does not cover. Its calls carry the same
   * headers, but report failures as Retrofit does: a status of 400 or more is a {@code Response}, a
   * broken connection an {@link java.io.IOException}. {@link #send} and {@link #sendAsync} throw
   * the exceptions of this client instead. A callback that is given to {@code enqueue} delays
   * another call while it runs; an action that depends on {@code sendAsync} does not. The callback
   * is invoked once; what it throws goes to its thread's handler of uncaught exceptions. After this
   * client was closed, a call that Retrofit itself executes, or that another client sends, fails as
   * stopped.
   *
   * <p>In an interface of your own a method may return calls with a generated model, a {@link
   * io.github.persona4j.json.JsonValue} or a {@code ResponseBody}, and take a model as its body. It
   * needs a key unless it is annotated with {@link io.github.persona4j.request.KeyOptional} or
   * {@link io.github.persona4j.request.WithoutKey}.
   *
   * @param type an interface with Retrofit's annotations
   * @throws IllegalArgumentException if it is not
   */
  @Override
  public <T> T api(Class<T> type) {
    Object known = apis.get(Objects.requireNonNull(type, "type"));
    if (known == null) {
      known = retrofit.create(type);
      apis.put(type, known);
    }
    return type.cast(known);
  }

  /**
   * A client with other options for all its calls, which options of one call override. It shares
   * the connections, threads and retry budget of this client, and is closed with it. Closing it
   * ends its own calls and refuses later ones; this client is not affected.
   *
   * @param options override the options of this client
   * @throws IllegalArgumentException if they have an idempotency key, since different calls must
   *     not share one
   */
  public PersonaClient withOptions(RequestOptions options) {
    return new PersonaClient(this, calls.withDefaults(forAllCalls(options)));
  }

  /**
   * A client with another retry policy and a retry budget of its own; otherwise like {@link
   * #withOptions}.
   */
  public PersonaClient withRetryPolicy(RetryPolicy policy) {
    return new PersonaClient(
        this, calls.withSettings(Objects.requireNonNull(policy, "policy").settings()));
  }

  static RequestOptions forAllCalls(RequestOptions options) {
    if (Objects.requireNonNull(options, "options").idempotencyKey() != null) {
      throw new IllegalArgumentException("options must not have an idempotency key for all calls");
    }
    return options;
  }

  /**
   * The rate limit and the creation quota of this client's key, as the responses so far reported
   * them, with the seconds that remain now. Its values are null before the first response. A window
   * that is over counts as unused. Where the key and its environment have rate limits of their own,
   * this is the one with less remaining.
   */
  public RateLimits rateLimits() {
    return calls.rateLimiter().snapshot();
  }

  OkHttpClient http() {
    return calls.context().transport().http();
  }

  /** The base URL; ends with a slash. */
  public String baseUrl() {
    return calls.context().baseUrl().toString();
  }

  /**
   * Closes the client and ends its calls at once, whatever they do: wait for the rate limiter,
   * send, receive or decode a response, or store a file. Their callers get a {@link
   * io.github.persona4j.error.PersonaConnectionException} with {@code isStopped()}; reading a body
   * that is still streamed throws an {@link java.io.IOException}.
   *
   * <p>A blocking call cannot be ended while it looks up a host name, or runs code of the caller
   * such as an interceptor that sleeps. It ends when that returns; nothing is sent after that. The
   * future of {@link #sendAsync} is completed at once in that case, too.
   *
   * <p>Connections are closed and threads end. With the caller's own {@link
   * PersonaClientBuilder#httpClient} the calls of this client end, too; other calls, threads and
   * idle connections of that client are not affected. Closing a derived client ends its own calls.
   * Closing twice does nothing.
   */
  @Override
  public void close() {
    if (calls.lifecycle().close() && !derived) {
      calls.context().transport().close();
    }
  }

  /** Shows the base URL and the version, not the key. */
  @Override
  public String toString() {
    return "PersonaClient{baseUrl="
        + baseUrl()
        + ", apiVersion="
        + calls.defaults().apiVersion()
        + (calls.lifecycle().isClosed() ? ", closed" : "")
        + '}';
  }
}
