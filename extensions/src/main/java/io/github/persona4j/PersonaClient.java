package io.github.persona4j;

import io.github.persona4j.api.AccountTypes;
import io.github.persona4j.api.AccountTypesApi;
import io.github.persona4j.api.Accounts;
import io.github.persona4j.api.AccountsApi;
import io.github.persona4j.api.ApiKeys;
import io.github.persona4j.api.ApiKeysApi;
import io.github.persona4j.api.ApiLogs;
import io.github.persona4j.api.ApiLogsApi;
import io.github.persona4j.api.CaseTemplates;
import io.github.persona4j.api.CaseTemplatesApi;
import io.github.persona4j.api.Cases;
import io.github.persona4j.api.CasesApi;
import io.github.persona4j.api.Connect;
import io.github.persona4j.api.ConnectApi;
import io.github.persona4j.api.Devices;
import io.github.persona4j.api.DevicesApi;
import io.github.persona4j.api.Documents;
import io.github.persona4j.api.DocumentsApi;
import io.github.persona4j.api.Events;
import io.github.persona4j.api.EventsApi;
import io.github.persona4j.api.Graph;
import io.github.persona4j.api.GraphApi;
import io.github.persona4j.api.Importers;
import io.github.persona4j.api.ImportersApi;
import io.github.persona4j.api.Inquiries;
import io.github.persona4j.api.InquiriesApi;
import io.github.persona4j.api.InquirySessions;
import io.github.persona4j.api.InquirySessionsApi;
import io.github.persona4j.api.InquiryTemplates;
import io.github.persona4j.api.InquiryTemplatesApi;
import io.github.persona4j.api.Limits;
import io.github.persona4j.api.LimitsApi;
import io.github.persona4j.api.ListItems;
import io.github.persona4j.api.ListItemsApi;
import io.github.persona4j.api.Lists;
import io.github.persona4j.api.ListsApi;
import io.github.persona4j.api.Oauth;
import io.github.persona4j.api.OauthApi;
import io.github.persona4j.api.Relay;
import io.github.persona4j.api.RelayApi;
import io.github.persona4j.api.Reports;
import io.github.persona4j.api.ReportsApi;
import io.github.persona4j.api.ThemeSets;
import io.github.persona4j.api.ThemeSetsApi;
import io.github.persona4j.api.TransactionTypes;
import io.github.persona4j.api.TransactionTypesApi;
import io.github.persona4j.api.Transactions;
import io.github.persona4j.api.TransactionsApi;
import io.github.persona4j.api.UserAuditLogs;
import io.github.persona4j.api.UserAuditLogsApi;
import io.github.persona4j.api.Verifications;
import io.github.persona4j.api.VerificationsApi;
import io.github.persona4j.api.Webhooks;
import io.github.persona4j.api.WebhooksApi;
import io.github.persona4j.api.Workflows;
import io.github.persona4j.api.WorkflowsApi;
import io.github.persona4j.error.MalformedResponseException;
import io.github.persona4j.error.PersonaException;
import io.github.persona4j.error.RateLimits;
import io.github.persona4j.file.FileRules;
import io.github.persona4j.file.PersonaFiles;
import io.github.persona4j.json.JsonConverterFactory;
import io.github.persona4j.json.JsonLimits;
import io.github.persona4j.model.ModelTypes;
import io.github.persona4j.request.RequestOptions;
import java.net.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.ConnectionPool;
import okhttp3.ConnectionSpec;
import okhttp3.Dispatcher;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import retrofit2.Call;
import retrofit2.Retrofit;

/**
 * The way to the Persona API: one accessor for each part of it, over one pool of connections.
 *
 * <pre>{@code
 * try (PersonaClient client = PersonaClient.fromEnvironment()) {
 *   EventPage page = client.events().list();
 * }
 * }</pre>
 *
 * <p>Immutable and safe for any number of threads, virtual ones too; make one and share it. Closing
 * it lets go of its threads and connections; later calls throw {@link IllegalStateException}.
 *
 * <p>Every request carries the key, the pinned API version and the wish for kebab-case names; every
 * POST carries an idempotency key. The key goes to the host of the base URL only, and redirects are
 * not followed: the API makes none, and one elsewhere would take the query along.
 *
 * <p>An answer has limits, so that no server can fill the memory: one that is decoded may have 64
 * MiB ({@link Builder#maxResponseBytes}), its values may take a quarter of the heap ({@link
 * Builder#maxDecodedBytes}), and it must have come five minutes after its head; of an error 1 MiB
 * is kept. Files and PDF prints stream. A server that sends its head byte by byte can hold a call
 * for long, unless {@link Builder#callTimeout} is set.
 *
 * <p>Calls that fail throw a {@link PersonaException}: no answer, an answer that makes no sense, or
 * one that says no. Before that, those that may be repeated are, by the client's {@link
 * RetryPolicy}. What code of the caller throws within a call, such as an interceptor or the source
 * of an upload, reaches the caller as it is and is never repeated; so do errors of the JVM.
 *
 * <p>A blocked thread that is interrupted ends its call when it waits for its turn or for a retry.
 * A platform thread that waits on a socket of HTTP/1.1 does not notice the interruption before the
 * response comes or a time limit runs out; a virtual thread does at once. Either way the call fails
 * as stopped, not as timed out, and the thread stays interrupted. To end calls of platform threads
 * at will, use {@link #sendAsync} and cancel its future, or a {@link Builder#callTimeout}.
 */
public final class PersonaClient implements AutoCloseable {
  /** Where the API lives. */
  public static final String DEFAULT_BASE_URL = "https://api.withpersona.com/api/v1/";

  /** The API version that the models of this client were made for. */
  public static final String DEFAULT_API_VERSION = "2025-12-08";

  static final double DEFAULT_PACING_SHARE = 0.15;

  private final boolean derived;
  private final RepeatingCallFactory calls;
  private final Retrofit retrofit;
  private final Map<Class<?>, Object> apis = new ConcurrentHashMap<>();
  private final CallSender sender;

  private PersonaClient(boolean derived, RepeatingCallFactory calls) {
    this.derived = derived;
    this.calls = calls;
    Retrofit.Builder retrofit =
        new Retrofit.Builder()
            .baseUrl(calls.shared.baseUrl())
            .callFactory(calls)
            .addConverterFactory(
                DecodingFault.guarding(
                    JsonConverterFactory.create(ModelTypes.ALL, calls.shared.jsonLimits())))
            .addCallAdapterFactory(new GuardedCalls());
    CallListener.Factory listeners = calls.shared.listeners();
    if (listeners != null) {
      retrofit.addCallAdapterFactory(ObservedCalls.telling(listeners, calls.shared.time()));
    }
    this.retrofit = retrofit.build();
    this.sender = new CallSender(calls.lifecycle, calls.shared.transport());
  }

  /** A builder; most operations need its {@link Builder#apiKey} and nothing else. */
  public static Builder builder() {
    return new Builder();
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
    Builder builder = new Builder();
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

  /** Accounts: persons and businesses, with all that is known about them. */
  public Accounts accounts() {
    return new Accounts(api(AccountsApi.class), sender);
  }

  /** Account types: kinds of accounts with their fields and statuses. */
  public AccountTypes accountTypes() {
    return new AccountTypes(api(AccountTypesApi.class), sender);
  }

  /** API keys and what they may do. */
  public ApiKeys apiKeys() {
    return new ApiKeys(api(ApiKeysApi.class), sender);
  }

  /** API logs: records of requests to the API. */
  public ApiLogs apiLogs() {
    return new ApiLogs(api(ApiLogsApi.class), sender);
  }

  /** Cases: things for a person of the organization to decide. */
  public Cases cases() {
    return new Cases(api(CasesApi.class), sender);
  }

  /** Case templates: plans from which cases are made. */
  public CaseTemplates caseTemplates() {
    return new CaseTemplates(api(CaseTemplatesApi.class), sender);
  }

  /** Connect: sharing data with other organizations. */
  public Connect connect() {
    return new Connect(api(ConnectApi.class), sender);
  }

  /** Devices that were used in inquiries. */
  public Devices devices() {
    return new Devices(api(DevicesApi.class), sender);
  }

  /** Documents that persons handed in. */
  public Documents documents() {
    return new Documents(api(DocumentsApi.class), sender);
  }

  /** Events: what happened, newest first. */
  public Events events() {
    return new Events(api(EventsApi.class), sender);
  }

  /** Files: photos, videos, documents and PDF prints, fetched from their links and stored. */
  public PersonaFiles files() {
    return new PersonaFiles(retrofit, sender, calls.shared.fileRules());
  }

  /** Graph: searches for objects that hang together. */
  public Graph graph() {
    return new Graph(api(GraphApi.class), sender);
  }

  /** Importers: accounts and list items from CSV files. */
  public Importers importers() {
    return new Importers(api(ImportersApi.class), sender);
  }

  /** Inquiries: one person's way through a verification. */
  public Inquiries inquiries() {
    return new Inquiries(api(InquiriesApi.class), sender);
  }

  /** Inquiry sessions: visits to inquiries, each from one device. */
  public InquirySessions inquirySessions() {
    return new InquirySessions(api(InquirySessionsApi.class), sender);
  }

  /** Inquiry templates: plans from which inquiries are made, their versions and translations. */
  public InquiryTemplates inquiryTemplates() {
    return new InquiryTemplates(api(InquiryTemplatesApi.class), sender);
  }

  /** List items: what a list lets through or stops. */
  public ListItems listItems() {
    return new ListItems(api(ListItemsApi.class), sender);
  }

  /** Lists that inquiries and workflows compare with. */
  public Lists lists() {
    return new Lists(api(ListsApi.class), sender);
  }

  /** OAuth: authorization of applications. */
  public Oauth oauth() {
    return new Oauth(api(OauthApi.class), sender);
  }

  /** Rate limits and what is left of them. */
  public Limits limits() {
    return new Limits(api(LimitsApi.class), sender);
  }

  /** Relay: claims about a person that do not tell who it is. */
  public Relay relay() {
    return new Relay(api(RelayApi.class), sender);
  }

  /** Reports: findings about a person or business from other sources. */
  public Reports reports() {
    return new Reports(api(ReportsApi.class), sender);
  }

  /** Theme sets: how the pages of a flow look. */
  public ThemeSets themeSets() {
    return new ThemeSets(api(ThemeSetsApi.class), sender);
  }

  /** Transactions: things to be examined, such as payments. */
  public Transactions transactions() {
    return new Transactions(api(TransactionsApi.class), sender);
  }

  /** Transaction types: kinds of transactions with their fields and statuses. */
  public TransactionTypes transactionTypes() {
    return new TransactionTypes(api(TransactionTypesApi.class), sender);
  }

  /** User audit logs: what users did in the dashboard. */
  public UserAuditLogs userAuditLogs() {
    return new UserAuditLogs(api(UserAuditLogsApi.class), sender);
  }

  /** Verifications of all kinds. */
  public Verifications verifications() {
    return new Verifications(api(VerificationsApi.class), sender);
  }

  /** Webhooks: addresses to which events are sent. */
  public Webhooks webhooks() {
    return new Webhooks(api(WebhooksApi.class), sender);
  }

  /** Workflows: automated decisions, their versions and runs. */
  public Workflows workflows() {
    return new Workflows(api(WorkflowsApi.class), sender);
  }

  /**
   * Makes a call and waits for its answer, which comes whole. Every generated operation is there as
   * a call: {@code client.send(client.events().api().list(query, RequestOptions.none()))}.
   *
   * <p>A clone of a call is another call: a POST gets another idempotency key and may be carried
   * out twice. To repeat one by hand, name its key in {@link RequestOptions} from the beginning.
   *
   * @param call one of an interface that this client made; one of a derived client keeps the
   *     options of that client
   * @return the answer with its status, headers and limits
   * @throws PersonaException if the call fails, just as with the methods that give the body only.
   *     What code of the caller throws, such as an interceptor or the source of an upload, is
   *     thrown as it is
   * @throws IllegalStateException if this client is closed, if it has no API key and the operation
   *     needs one, or if the call was made before
   */
  public <T> ApiResponse<T> send(Call<T> call) {
    return sender.send(Objects.requireNonNull(call, "call"));
  }

  /**
   * Makes a call without waiting for its answer. It is paced, repeated and limited in time like any
   * other, and no thread is held while it waits for its next attempt.
   *
   * <p>A call that fails completes the future with the exception that {@link #send} would throw;
   * {@code join()} and {@code get()} show it as the cause of theirs. So do a closed client and an
   * API key that is missing, with an {@link IllegalStateException}. Every call completes its
   * future, whatever is thrown on its way. Cancelling the future, or completing it in any other
   * way, cancels the call and closes its connection, of HTTP/2 its stream; cancelling a stage that
   * was made from it does not, as usual in Java.
   *
   * <p>What depends on the future, or on a stage that was made from it, runs on threads of its own
   * and may block: 256 daemon threads at most, or those of {@link Builder#continuationExecutor};
   * beyond that it waits its turn. The same threads run what is given to the {@code Async} methods
   * of the future without an executor. The future itself is completed without them: a thread that
   * blocks until another call has ended always gets its result. A thread that blocks until
   * something that <em>depends</em> on another call has run needs one of the 256, so chain such
   * stages with {@code thenCompose} instead. What depends on a future that Java makes of several
   * ({@code allOf}, {@code anyOf}) runs on the thread that completes the last of them and should
   * not block; its {@code Async} methods are the way around that.
   *
   * <p>All threads are daemons: a program that wants the answer has to wait for it.
   *
   * @param call one of an interface that this client made; one of a derived client keeps the
   *     options of that client. What is wrong with its arguments is thrown at once
   * @throws IllegalArgumentException if an argument of the call breaks a rule
   * @throws IllegalStateException if the call was made before
   */
  public <T> CompletableFuture<ApiResponse<T>> sendAsync(Call<T> call) {
    return sender.sendAsync(Objects.requireNonNull(call, "call"));
  }

  /**
   * A Retrofit interface over this client: a generated one, for its {@code Call} objects, or one of
   * your own for what the client does not cover. Its calls carry the same headers, but report
   * failures in Retrofit's way: a status of 400 or more is a {@code Response}, a broken connection
   * an {@link java.io.IOException}. {@link #send} and {@link #sendAsync} make exceptions of this
   * client of them. A callback that is given to {@code enqueue} itself holds up another call while
   * it runs, one that follows on {@code sendAsync} does not. It is called once; what it throws goes
   * to its thread's handler of uncaught exceptions.
   *
   * <p>In an interface of your own a method may return calls with a generated model, a {@link
   * io.github.persona4j.json.JsonValue} or a {@code ResponseBody}, and take a model as its body. It
   * needs a key unless it is annotated with {@link io.github.persona4j.request.KeyOptional} or
   * {@link io.github.persona4j.request.WithoutKey}.
   *
   * @param type an interface with Retrofit's annotations
   * @throws IllegalArgumentException if it is none
   */
  public <T> T api(Class<T> type) {
    Object known = apis.get(Objects.requireNonNull(type, "type"));
    if (known == null) {
      known = retrofit.create(type);
      apis.put(type, known);
    }
    return type.cast(known);
  }

  /**
   * A client with other options for all its calls; options of one call still win. It shares the
   * connections, the threads and the retry budget of this client, and ends with it. Closing it ends
   * its own calls, refuses later ones, and leaves this client as it is.
   *
   * @param options what holds beside the options of this client, and wins over them
   * @throws IllegalArgumentException if they name an idempotency key, since different calls must
   *     not share one
   */
  public PersonaClient withOptions(RequestOptions options) {
    return new PersonaClient(true, calls.withDefaults(forAllCalls(options)));
  }

  /**
   * A client with another retry policy and a retry budget of its own; otherwise like {@link
   * #withOptions}.
   */
  public PersonaClient withRetryPolicy(RetryPolicy policy) {
    return new PersonaClient(true, calls.withPolicy(Objects.requireNonNull(policy, "policy")));
  }

  private static RequestOptions forAllCalls(RequestOptions options) {
    if (Objects.requireNonNull(options, "options").idempotencyKey() != null) {
      throw new IllegalArgumentException("options must not name an idempotency key for all calls");
    }
    return options;
  }

  /**
   * The rate limit and the creation quota of this client's key, as the responses so far reported
   * them, with the seconds that are left by now; its values are null before the first response. A
   * window that is over counts as unused. Where the key and its environment have rate limits of
   * their own, this is the one with less left.
   */
  public RateLimits rateLimits() {
    return calls.pacer().snapshot();
  }

  OkHttpClient http() {
    return calls.shared.transport().http();
  }

  /** Where requests go; ends with a slash. */
  public String baseUrl() {
    return calls.shared.baseUrl().toString();
  }

  /**
   * Ends the client and its calls at once, in whatever state they are: waiting for their turn,
   * sending, receiving or decoding a response, storing a file. Whoever waits for one gets a {@link
   * io.github.persona4j.error.PersonaConnectionException} with {@code isStopped()}; reading a body
   * that is still streamed throws an {@link java.io.IOException}. Only what runs in code of the
   * caller, or looks up a host name, ends by itself.
   *
   * <p>Connections are closed and threads end. With an own {@link Builder#httpClient} the calls of
   * this client end in the same way; its other calls, its threads and its idle connections stay as
   * they are, since they belong to its owner. Closing a derived client ends its own calls. Closing
   * twice does nothing.
   */
  @Override
  public void close() {
    if (calls.lifecycle.close() && !derived) {
      calls.shared.transport().close();
    }
  }

  /** Shows the base URL and the version, not the key. */
  @Override
  public String toString() {
    return "PersonaClient{baseUrl="
        + baseUrl()
        + ", apiVersion="
        + calls.defaults.apiVersion()
        + (calls.lifecycle.isClosed() ? ", closed" : "")
        + '}';
  }

  /**
   * Settings of a client. Each setter refuses a bad value with a message that names the setting and
   * the rule, never the value. Not safe for several threads; may be used for several clients.
   */
  public static final class Builder {
    private static final Pattern LOOPBACK =
        Pattern.compile("localhost|127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}|::1");
    private static final int MOST_AT_ONCE = 64;
    private static final Duration MAX_PACING_WAIT = Duration.ofSeconds(70);
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    // Some operations, such as reports that are run at once, take the server many seconds.
    private static final Duration TRANSFER_TIMEOUT = Duration.ofSeconds(60);

    // What can be said about one call is checked and kept where one says it about one call.
    private final RequestOptions.Builder settings =
        RequestOptions.builder().apiVersion(DEFAULT_API_VERSION);
    private HttpUrl baseUrl = HttpUrl.get(DEFAULT_BASE_URL);
    private @Nullable OkHttpClient httpClient;
    private @Nullable Proxy proxy;
    private @Nullable SSLSocketFactory sslSocketFactory;
    private @Nullable X509TrustManager trustManager;
    private final List<Interceptor> interceptors = new ArrayList<>();
    private RequestOptions options = RequestOptions.none();
    private RetryPolicy retryPolicy = RetryPolicy.standard();
    private FileRules fileRules = FileRules.STANDARD;
    private JsonLimits jsonLimits = JsonLimits.standard();
    private Time time = SystemTime.INSTANCE;
    private double pacingShare = DEFAULT_PACING_SHARE;
    private Duration maxPacingWait = MAX_PACING_WAIT;
    private @Nullable Consumer<RateLimits> onLowLimits;
    private CallListener.@Nullable Factory listeners;
    private @Nullable Executor continuationExecutor;
    private @Nullable Environment environment;
    private @Nullable Consumer<String> onOtherEnvironment;

    private Builder() {}

    /**
     * The API key, which also selects the environment (sandbox or production). A client without one
     * can obtain an access token ({@code client.oauth().createToken(...)}) and do what needs no
     * key. Its other calls fail with an {@link IllegalStateException} unless their {@link
     * RequestOptions} have a key; nothing is sent.
     *
     * @throws IllegalArgumentException if it is blank or holds anything but visible ASCII
     */
    public Builder apiKey(String apiKey) {
      settings.apiKey(apiKey);
      return this;
    }

    /**
     * Where the API lives, instead of {@link #DEFAULT_BASE_URL}; a slash at the end may be left
     * out.
     *
     * @throws IllegalArgumentException if it is no absolute URL, has a user, a query or a fragment,
     *     or is neither https nor plain http to this machine ({@code localhost}, {@code 127.*},
     *     {@code [::1]})
     */
    public Builder baseUrl(String baseUrl) {
      this.baseUrl = checkedUrl("baseUrl", baseUrl);
      return this;
    }

    /**
     * The API version to ask for, instead of {@link #DEFAULT_API_VERSION}. Models fit that default;
     * what another version adds is kept as unknown properties, what it renames is missing.
     *
     * @throws IllegalArgumentException if it is no date such as {@code 2025-12-08}
     */
    public Builder apiVersion(String apiVersion) {
      settings.apiVersion(apiVersion);
      return this;
    }

    /**
     * How long one call may take from its start to the end of the answer, with all retries and all
     * waiting; without it there is no such limit.
     *
     * @throws IllegalArgumentException if it is below 1 ms or above 24 days
     */
    public Builder callTimeout(Duration callTimeout) {
      settings.callTimeout(callTimeout);
      return this;
    }

    /**
     * How long opening a connection may take; 10 s unless an own {@link #httpClient} says
     * otherwise.
     *
     * @throws IllegalArgumentException if it is below 1 ms or above 24 days
     */
    public Builder connectTimeout(Duration connectTimeout) {
      settings.connectTimeout(connectTimeout);
      return this;
    }

    /**
     * How long the server may stay silent; 60 s unless an own {@link #httpClient} says otherwise.
     *
     * @throws IllegalArgumentException if it is below 1 ms or above 24 days
     */
    public Builder readTimeout(Duration readTimeout) {
      settings.readTimeout(readTimeout);
      return this;
    }

    /**
     * How long the server may refuse to take data; 60 s unless an own {@link #httpClient} says
     * otherwise.
     *
     * @throws IllegalArgumentException if it is below 1 ms or above 24 days
     */
    public Builder writeTimeout(Duration writeTimeout) {
      settings.writeTimeout(writeTimeout);
      return this;
    }

    /**
     * An OkHttp client to build upon: its connections, threads, proxy, TLS settings, time-outs and
     * interceptors are used, and {@link PersonaClient#close()} leaves it running. It is not
     * changed. Clients of this kind that are built upon it share connections with each other, and
     * not with the requests that it sends by itself. Its interceptors come before the headers of
     * this client are set, see every attempt, and are told of no redirect of a file; its network
     * interceptors see each request as it is sent to the API or to a host of files, with all
     * headers. Only its settings for redirects and for repeating failed requests do not count. When
     * a connection turns out dead, the idle ones of its pool are closed too before a repeat.
     * Whatever it allows, nothing is sent over TLS older than 1.2, nor without TLS to another
     * machine, be it a proxy.
     *
     * <p>Without it, the client has daemon threads, up to 64 calls of {@link
     * PersonaClient#sendAsync} under way at once (others wait their turn; calls that block are as
     * many as their threads), as many connections, and TLS 1.2 or later. With it, its own settings
     * decide on all of these.
     */
    public Builder httpClient(OkHttpClient httpClient) {
      this.httpClient = Objects.requireNonNull(httpClient, "httpClient");
      return this;
    }

    /** The proxy to go through, instead of the system's. */
    public Builder proxy(Proxy proxy) {
      this.proxy = Objects.requireNonNull(proxy, "proxy");
      return this;
    }

    /**
     * The TLS settings, such as a certificate of one's own or a private authority.
     *
     * @param trustManager the one that the factory was made with
     */
    public Builder sslSocketFactory(
        SSLSocketFactory sslSocketFactory, X509TrustManager trustManager) {
      this.sslSocketFactory = Objects.requireNonNull(sslSocketFactory, "sslSocketFactory");
      this.trustManager = Objects.requireNonNull(trustManager, "trustManager");
      return this;
    }

    /**
     * An interceptor of OkHttp that sees every attempt as it is about to be sent, with all the
     * headers of this client: the key is among them. {@link RequestLog} is one that hides it. What
     * it throws reaches the caller; an {@link java.io.IOException} counts as a broken connection.
     *
     * <p>The headers that govern the connection or the length of the message stay OkHttp's, and
     * bodies are sent unencoded. A call fails with an {@link IllegalArgumentException} before
     * anything is sent if the interceptor, one of an own {@link #httpClient}, or an interface of
     * one's own sets {@code Content-Encoding}, {@code Expect}, {@code HTTP2-Settings}, {@code
     * Keep-Alive}, {@code Proxy-Connection}, {@code TE}, {@code Trailer} or {@code Upgrade}, a
     * {@code Connection} other than {@code close}, another {@code Host} than that of the URL, or a
     * {@code Content-Length} or {@code Transfer-Encoding} that the body does not have.
     *
     * <p>It sees all requests: those to the API, those for files at other hosts with each of their
     * redirects, and those that an interface of one's own sends elsewhere ({@link
     * PersonaClient#api}). Whatever it sets, {@code Authorization}, {@code Cookie} and {@code
     * Idempotency-Key} are taken off after the last interceptor, network interceptors of an own
     * {@link #httpClient} included, when a request is for a file or does not go to the scheme, host
     * and port of the base URL.
     */
    public Builder addInterceptor(Interceptor interceptor) {
      this.interceptors.add(Objects.requireNonNull(interceptor, "interceptor"));
      return this;
    }

    /** Hears of every call when it has ended; there is one listener, the last one set. */
    public Builder callListener(CallListener listener) {
      Objects.requireNonNull(listener, "listener");
      return callListenerFactory(operation -> listener);
    }

    /**
     * Like {@link #callListener}, with a listener for each call that is asked for when it begins.
     */
    public Builder callListenerFactory(CallListener.Factory factory) {
      this.listeners = Objects.requireNonNull(factory, "factory");
      return this;
    }

    /**
     * Runs what depends on the futures of {@link PersonaClient#sendAsync}, in place of up to 256
     * daemon threads of the client: such as an executor of virtual threads, or one with a limit of
     * one's own. It belongs to the caller, and closing the client leaves it running. A stage that
     * it refuses fails with what it throws. {@code Runnable::run} runs everything on the thread
     * that completes the future, and holds up other calls if it blocks.
     */
    public Builder continuationExecutor(Executor executor) {
      this.continuationExecutor = Objects.requireNonNull(executor, "executor");
      return this;
    }

    /** Which failed requests are sent again; {@link RetryPolicy#standard()} unless set. */
    public Builder retryPolicy(RetryPolicy retryPolicy) {
      this.retryPolicy = Objects.requireNonNull(retryPolicy, "retryPolicy");
      return this;
    }

    /**
     * What holds for every call, such as headers; options of one call win, and these win over the
     * other settings here.
     *
     * @throws IllegalArgumentException if they name an idempotency key, since different calls must
     *     not share one
     */
    public Builder options(RequestOptions options) {
      this.options = forAllCalls(options);
      return this;
    }

    /**
     * Below which share of the rate limit calls are spread over the time until the limit is reset,
     * first come first served; 0.15 unless set, as the vendor advises. 0 turns this off.
     *
     * @throws IllegalArgumentException if it is not from 0 to 1
     */
    public Builder pacingBelow(double share) {
      if (!(share >= 0 && share <= 1)) {
        throw new IllegalArgumentException("share must be from 0 to 1");
      }
      this.pacingShare = share;
      return this;
    }

    /**
     * How long a call may wait for its turn before it is sent all the same; 70 s unless set, which
     * is more than a window of the API.
     *
     * @throws IllegalArgumentException if it is below 1 ms or above 10 minutes
     */
    public Builder maxPacingWait(Duration maxPacingWait) {
      this.maxPacingWait = RetryPolicy.checkedDelay("maxPacingWait", maxPacingWait);
      return this;
    }

    /**
     * Hears of the limits once when less than the share of {@link #pacingBelow} is left of the rate
     * limit or of the creation quota (15 % where pacing is off), and again each time after that has
     * changed. Called on threads of calls; it must be quick and must not throw.
     */
    public Builder onLowLimits(Consumer<RateLimits> listener) {
      this.onLowLimits = Objects.requireNonNull(listener, "listener");
      return this;
    }

    /**
     * The environment that this client is meant for. When one of its keys, also one of {@link
     * RequestOptions}, begins like those of the other environment, {@code warning} hears of it:
     * once, when the client is built or on the thread of the call that brought the key. The text
     * does not show the key. Nothing else comes of it, and nothing of what {@code warning} throws.
     *
     * @param warning for example {@code text -> logger.log(Level.WARNING, text)}
     */
    public Builder expectEnvironment(Environment environment, Consumer<String> warning) {
      this.environment = Objects.requireNonNull(environment, "environment");
      this.onOtherEnvironment = Objects.requireNonNull(warning, "warning");
      return this;
    }

    /**
     * One more place that files may come from, beside {@code https://files.withpersona.com}. The
     * key is not sent there either.
     *
     * @param origin such as {@code https://files.example.com}
     * @throws IllegalArgumentException if it breaks the rules of {@link #baseUrl} or has a path
     */
    public Builder allowFilesFrom(String origin) {
      HttpUrl url = checkedUrl("origin", origin);
      if (!url.encodedPath().equals("/")) {
        throw new IllegalArgumentException("origin must not have a path");
      }
      this.fileRules = fileRules.allowing(url);
      return this;
    }

    /**
     * How large a file may be that is downloaded; 1 GiB unless set.
     *
     * @throws IllegalArgumentException if it is below 1
     */
    public Builder maxFileSize(long bytes) {
      this.fileRules = fileRules.upTo(bytes);
      return this;
    }

    /**
     * How long the JSON of a response may be, after decompression; 64 MiB unless set. A longer one
     * fails with a {@link MalformedResponseException}. Of the body of an error, 1 MiB is kept,
     * whatever is set here; files have {@link #maxFileSize}.
     *
     * @throws IllegalArgumentException if it is below 1 or above 512 MiB
     */
    public Builder maxResponseBytes(long bytes) {
      this.jsonLimits = jsonLimits.withMaxResponseBytes(bytes);
      return this;
    }

    /**
     * How much memory the values of one response may take; a quarter of the maximum heap of this
     * JVM, but not more than 1 GiB, unless set. A response that takes more fails with a {@link
     * MalformedResponseException} while it is decoded: 60 kB of compressed JSON can hold 20 million
     * empty objects. Responses of the API take four to ten times their length, by an estimate that
     * {@link JsonLimits#withMaxDecodedBytes} describes. The errors that the body of an error lists
     * may take 8 MiB; beyond that none is listed.
     *
     * @throws IllegalArgumentException if it is below 1
     */
    public Builder maxDecodedBytes(long bytes) {
      this.jsonLimits = jsonLimits.withMaxDecodedBytes(bytes);
      return this;
    }

    // Tests have a time of their own.
    Builder time(Time time) {
      this.time = time;
      return this;
    }

    /**
     * Makes the client. No connection is opened. Without an own {@link #httpClient}, a daemon
     * thread prepares TLS meanwhile; the first call waits for it.
     */
    public PersonaClient build() {
      RequestOptions defaults = options.withDefaults(settings.build());
      Lifecycle lifecycle = new Lifecycle();
      Transport transport = transport(lifecycle);
      EnvironmentCheck check =
          environment == null || onOtherEnvironment == null
              ? null
              : new EnvironmentCheck(environment, onOtherEnvironment);
      RatePacers pacers = new RatePacers(time, pacingShare, maxPacingWait, onLowLimits);
      return new PersonaClient(
          false,
          new RepeatingCallFactory(
              new SharedParts(
                  transport, baseUrl, time, pacers, fileRules, jsonLimits, check, listeners),
              lifecycle,
              defaults,
              retryPolicy));
    }

    /** Shows the base URL and the version, not the key. */
    @Override
    public String toString() {
      return "PersonaClient.Builder{baseUrl="
          + baseUrl
          + ", apiVersion="
          + settings.build().apiVersion()
          + '}';
    }

    private Transport transport(Lifecycle lifecycle) {
      OkHttpClient.Builder http =
          httpClient == null ? new OkHttpClient.Builder() : httpClient.newBuilder();
      if (httpClient == null) {
        // TLS 1.2 or later; plain text is for this machine, by the rule of baseUrl.
        http.connectionSpecs(List.of(ConnectionSpec.MODERN_TLS, ConnectionSpec.CLEARTEXT))
            .connectTimeout(CONNECT_TIMEOUT)
            .readTimeout(TRANSFER_TIMEOUT)
            .writeTimeout(TRANSFER_TIMEOUT);
      }
      if (proxy != null) {
        http.proxy(proxy);
      }
      if (sslSocketFactory != null && trustManager != null) {
        http.sslSocketFactory(sslSocketFactory, trustManager);
      }
      // A redirect to another host would take the query along, and one of a POST changes its
      // method.
      http.followRedirects(false).followSslRedirects(false);
      // What OkHttp repeats by itself nobody could count or forbid.
      http.retryOnConnectionFailure(false);

      // The way of a call, in order. RepeatingCallFactory gives it an idempotency key and sends it
      // through here once for each attempt; the network comes last.
      http.interceptors().add(0, new Entrance(lifecycle)); // before those of an own client
      http.addInterceptor(new CallTimeouts())
          .addInterceptor(new FileRedirects())
          .addInterceptor(new DefaultHeaders(baseUrl))
          .addInterceptor(new AnswerRecorder(time));
      http.interceptors().addAll(interceptors);
      http.addInterceptor(new ConnectionHeaders());
      // Innermost, also of the network interceptors of an own client: nothing sees the request
      // between the guard and the connection.
      http.addNetworkInterceptor(new WireRecorder())
          .addNetworkInterceptor(new CredentialsGuard(baseUrl));

      return httpClient == null
          ? Transport.owned(
              http,
              dispatcher(),
              new ConnectionPool(MOST_AT_ONCE, 5, TimeUnit.MINUTES),
              continuationExecutor)
          : Transport.sharing(httpClient, http, continuationExecutor);
    }

    private static Dispatcher dispatcher() {
      Dispatcher dispatcher = new Dispatcher(DaemonThreads.pool());
      dispatcher.setMaxRequests(MOST_AT_ONCE);
      // OkHttp allows five to one host, and there is one host.
      dispatcher.setMaxRequestsPerHost(MOST_AT_ONCE);
      return dispatcher;
    }

    private static HttpUrl checkedUrl(String name, String text) {
      HttpUrl url = HttpUrl.parse(Objects.requireNonNull(text, name).trim());
      if (url == null) {
        throw new IllegalArgumentException(name + " must be an absolute http or https URL");
      }
      if (!url.isHttps() && !LOOPBACK.matcher(url.host()).matches()) {
        throw new IllegalArgumentException(
            name + " must be https; plain http is for this machine only (localhost, 127.*, [::1])");
      }
      if (!url.username().isEmpty() || !url.password().isEmpty()) {
        throw new IllegalArgumentException(name + " must not have a user or password");
      }
      if (url.encodedQuery() != null || url.encodedFragment() != null) {
        throw new IllegalArgumentException(name + " must not have a query or fragment");
      }
      return url.encodedPath().endsWith("/") ? url : url.newBuilder().addPathSegment("").build();
    }
  }
}
