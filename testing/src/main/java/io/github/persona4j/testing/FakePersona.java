package io.github.persona4j.testing;

import io.github.persona4j.testing.internal.access.KeyOperations;
import io.github.persona4j.testing.internal.access.LimitOperations;
import io.github.persona4j.testing.internal.access.OauthOperations;
import io.github.persona4j.testing.internal.description.ApiDescription;
import io.github.persona4j.testing.internal.description.ResourceType;
import io.github.persona4j.testing.internal.description.Schema;
import io.github.persona4j.testing.internal.drift.Drift;
import io.github.persona4j.testing.internal.file.FileLinks;
import io.github.persona4j.testing.internal.file.PrintOperations;
import io.github.persona4j.testing.internal.http.ApiGate;
import io.github.persona4j.testing.internal.http.ApiKeys;
import io.github.persona4j.testing.internal.http.CreationQuotas;
import io.github.persona4j.testing.internal.http.FakeServer;
import io.github.persona4j.testing.internal.http.FaultRules;
import io.github.persona4j.testing.internal.http.OperationPattern;
import io.github.persona4j.testing.internal.http.RateLimits;
import io.github.persona4j.testing.internal.http.Routes;
import io.github.persona4j.testing.internal.importer.BatchJobOperations;
import io.github.persona4j.testing.internal.importer.ImportOperations;
import io.github.persona4j.testing.internal.operation.Operations;
import io.github.persona4j.testing.internal.operation.PageFaults;
import io.github.persona4j.testing.internal.page.StatePage;
import io.github.persona4j.testing.internal.page.StateText;
import io.github.persona4j.testing.internal.search.SearchIndex;
import io.github.persona4j.testing.internal.search.SearchOperations;
import io.github.persona4j.testing.internal.seed.SeedData;
import io.github.persona4j.testing.internal.state.Refusals;
import io.github.persona4j.testing.internal.state.ReportMoves;
import io.github.persona4j.testing.internal.state.States;
import io.github.persona4j.testing.internal.store.EventLog;
import io.github.persona4j.testing.internal.store.ObjectStore;
import io.github.persona4j.testing.internal.store.StoredObject;
import io.github.persona4j.testing.internal.time.Timetable;
import io.github.persona4j.testing.internal.webhook.CustomHeaders;
import io.github.persona4j.testing.internal.webhook.Deliveries;
import io.github.persona4j.testing.internal.webhook.Loopback;
import io.github.persona4j.testing.internal.webhook.WebhookOperations;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * An in-process fake of the Persona API that listens on the loopback interface.
 * <!-- code: examples/src/test/java/io/github/persona4j/examples/JavadocExamplesTest.java#fake-persona -->
 *
 * <pre>{@code
 * try (FakePersona fake = FakePersona.builder().events(1_000).start();
 *     PersonaClient persona =
 *         PersonaClient.builder().apiKey(fake.apiKey()).baseUrl(fake.baseUrl()).build()) {
 *   show(persona.events().list().items());
 * }
 * }</pre>
 *
 * <p>It has the operations of the API, with paging, filters, searches, sparse fields, included
 * resources, key casing, versions, idempotency keys, rate limits, and the error format of the API;
 * an operation that it does not have gets status 501. Responses have the format of version
 * 2025-12-08, whichever known version is requested. The seed data is invented, and the same on
 * every run with the same sizes and the same {@linkplain Builder#seed seed}: events and inquiries
 * with their accounts, verifications and sessions, and one object of each type that the API cannot
 * create. Its open inquiries expire a day after the start.
 *
 * <p>Objects have states, and requests that the state of an object does not allow are refused. What
 * no request does, a test does: {@link #inquiry} and {@link #open} are the person in front of the
 * flow, {@link #reviewer} decides, {@link #reports(ReportOutcome)} sets what comes of reports, and
 * {@link #clock} moves the time, so that what is due happens.
 *
 * <p>If the fake itself fails, for example because a library on the class path is too old, the
 * response has status 500 and a JSON error with the title {@code The fake failed} and the class
 * name of the exception. {@link #describe()} then has its stack trace, and {@link #close()} throws,
 * so that the test fails.
 *
 * <p>Instances run from {@code start()} until {@link #close()}, are thread-safe, and use daemon
 * threads only. Methods throw {@link NullPointerException} if an argument is null.
 *
 * <p>The first instance sets the system property {@code sun.net.httpserver.nodelay} if it has no
 * value, because the JDK's server otherwise takes 40 ms for a small response.
 */
public final class FakePersona implements AutoCloseable {
  /** The key that the fake accepts by default. It is not valid anywhere else. */
  private static final String DEFAULT_API_KEY =
      "persona_sandbox_00000000-0000-4000-8000-000000000000";

  /** How long the open inquiries of the seed data stay open after the start. */
  private static final Duration SEED_LIFETIME = Duration.ofDays(1);

  private final String apiKey;
  private final @Nullable String origin;
  private final PageFaults pageFaults;
  private final RecordedRequests recordedRequests = new RecordedRequests();
  private final FaultRules faultRules = new FaultRules();
  private final Faults faults;
  private final Timetable timetable;
  private final Operations operations;
  private final Deliveries deliveries;
  private final Webhooks webhooks;
  private final ImportOperations imports;
  private final States states;
  private final Reviewer reviewer;
  private final ObjectStore store;
  private final FakeServer server;
  private final AtomicBoolean closed = new AtomicBoolean();

  private FakePersona(Builder builder) {
    this.apiKey = builder.apiKey;
    this.origin = builder.origin;
    this.pageFaults = new PageFaults();
    this.faults = new Faults(faultRules, builder.seed);
    this.timetable = new Timetable(builder.clock);
    this.store =
        new ObjectStore(timetable, builder.seed == 0 ? "new " : "new " + builder.seed + ' ');
    EventLog events = new EventLog(store);
    Instant seedEnd = timetable.instant().plus(SEED_LIFETIME);
    SeedData.fill(store, builder.events, builder.inquiries, seedEnd, builder.seed);
    FileLinks files = new FileLinks(this::origin, timetable);
    @Nullable Drift drift =
        builder.driftMode ? new Drift(builder.seed, FakePersona::isEnumerated) : null;
    if (drift != null) {
      Drift.addEvents(events);
    }
    CustomHeaders customHeaders = new CustomHeaders();
    this.deliveries =
        new Deliveries(
            store,
            events,
            timetable,
            customHeaders,
            OutgoingDocuments.ofEvents(files, drift),
            uri -> builder.deliverToAnyHost || Loopback.contains(uri));
    this.webhooks = new Webhooks(store, timetable, deliveries);
    this.operations = new Operations(store, events, pageFaults);
    SearchOperations.register(operations, store, new SearchIndex(builder.searchLag, timetable));
    this.states =
        new States(
            operations,
            store,
            events,
            timetable,
            new Refusals(builder.illegalMoves, builder.refuseUncertainMoves),
            builder.processingTime);
    if (builder.inquiries > 0) {
      timetable.at(seedEnd, states.inquiries()::expireDue);
    }
    this.reviewer = new Reviewer(states.reviews());
    new WebhookOperations(operations, store, timetable, customHeaders, states.transitions())
        .register();
    PrintOperations.register(operations);
    this.imports = new ImportOperations(operations, store, states.transitions(), timetable);
    imports.register();
    new BatchJobOperations(operations, store, states.transitions(), timetable).register();
    OauthOperations oauth = new OauthOperations(store, timetable, builder.oauthClients);
    oauth.register(operations);
    KeyOperations createdKeys = new KeyOperations(operations, store, timetable);
    createdKeys.register();
    ApiKeys keys = new ApiKeys(apiKey);
    keys.addSource(key -> createdKeys.find(key) != null);
    keys.addSource(oauth::accepts);
    RateLimits rateLimits = new RateLimits(builder.rateLimit, builder.keyRateLimit, timetable);
    LimitOperations.register(operations, rateLimits);
    ApiGate gate =
        new ApiGate(
            keys,
            rateLimits,
            new CreationQuotas(builder.quotas, timetable),
            timetable,
            request -> {
              timetable.runDue();
              return operations.execute(createdKeys.withCasing(request));
            });
    Routes routes =
        new Routes(new OutgoingDocuments(gate, files, drift)).add(FileLinks.PREFIX, files::serve);
    this.server = new FakeServer(builder.address(), routes, recordedRequests::add, faultRules);
    if (builder.failureLog != null) {
      PrintStream log = builder.failureLog;
      server.onFailure(thrown -> thrown.printStackTrace(log));
      timetable.onFailure(thrown -> thrown.printStackTrace(log));
    }
    routes.add(
        "/", new StatePage(baseUrl(), store, this::requestLines, this::deliveryLines)::serve);
    server.start();
  }

  private static boolean isEnumerated(String type, String attribute) {
    ResourceType resource = ApiDescription.get().resourceType(type);
    Schema schema = resource == null ? null : resource.attributes().get(attribute);
    Schema items = schema == null ? null : schema.items();
    return schema != null && (schema.isOpenSet() || (items != null && items.isOpenSet()));
  }

  /** Starts a fake with a few events and inquiries. */
  public static FakePersona start() {
    return builder().start();
  }

  /** Returns a builder with the defaults: 200 events, 25 inquiries, no rate limit, a free port. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns the base URL to set in the client, such as {@code http://127.0.0.1:40123/api/v1}. */
  public String baseUrl() {
    return origin() + OperationPattern.PREFIX;
  }

  /**
   * Returns the origin, such as {@code http://127.0.0.1:40123}, which links to files begin with. In
   * a browser it shows the objects and events of the fake.
   */
  public String origin() {
    return origin == null ? "http://127.0.0.1:" + server.port() : origin;
  }

  /** Returns the only key that is accepted. */
  public String apiKey() {
    return apiKey;
  }

  /**
   * Returns the requests received so far in the order of arrival: the last 10,000, or fewer if
   * their bodies have more than 64 MiB. The list is immutable. {@link #requestCount} counts earlier
   * ones, too.
   */
  public List<RecordedRequest> requests() {
    return recordedRequests.list();
  }

  /** Returns the number of all requests received so far. */
  public long requestCount() {
    return recordedRequests.count();
  }

  /**
   * Queues one fault for each of the next requests, in this order and after those queued before.
   */
  public void failNext(Fault... faults) {
    faultRules.enqueue(Fault.effects(faults));
  }

  /**
   * Returns the ids of the objects of a type, newest first, for example to retrieve one that no
   * list contains.
   *
   * <p>The data that the fake starts with has objects of many types; {@link Builder#events} and
   * {@link Builder#inquiries} set how much of it there is.
   *
   * @param type such as {@code inquiry} or {@code verification/selfie}
   * @throws IllegalArgumentException if the description has no such type
   */
  public List<String> ids(String type) {
    checkType(Objects.requireNonNull(type, "type"));
    return store.all(StoredObject.family(type)).stream()
        .filter(object -> object.type().equals(type))
        .map(StoredObject::id)
        .toList();
  }

  private static void checkType(String type) {
    if (ApiDescription.get().resourceType(type) == null) {
      throw new IllegalArgumentException("type must be one of the description, not " + type);
    }
  }

  /** Returns the clock of the fake, which a test can move. */
  public FakeClock clock() {
    return new FakeClock(timetable);
  }

  /**
   * Returns the person in front of the flow of an inquiry.
   *
   * @throws IllegalArgumentException if there is no inquiry with this id
   */
  public InquiryFlow inquiry(String id) {
    return new InquiryFlow(
        Objects.requireNonNull(id, "id"), states.inquiries(), states.transitions());
  }

  /**
   * Opens the flow and returns the person in front of it. The URL of a template creates an inquiry.
   * A one-time link is used up by this, even if the flow is not started afterwards.
   *
   * @param link the URL of the hosted flow, a one-time link in its long or short form, or a session
   *     token
   * @throws IllegalArgumentException if the fake has not created the link, the token or the inquiry
   * @throws IllegalStateException if the link was used before, the link or the session has expired,
   *     or the URL of a pending inquiry has no session token
   */
  public InquiryFlow open(String link) {
    Objects.requireNonNull(link, "link");
    return inquiry(InquiryFlow.checkState(() -> states.links().open(link)));
  }

  /** Returns the member of the organization who decides on inquiries, cases and transactions. */
  public Reviewer reviewer() {
    return reviewer;
  }

  /**
   * Sets what comes of reports that are run from now on, unless their type has an outcome of its
   * own. By default they become ready without a match after the {@linkplain Builder#processingTime
   * processing time}.
   */
  public void reports(ReportOutcome outcome) {
    Objects.requireNonNull(outcome, "outcome");
    states.reports().plan(null, new ReportMoves.Plan(outcome.result(), outcome.delay()));
  }

  /**
   * Sets what comes of reports of a type that are run from now on.
   *
   * @param type such as {@code report/watchlist}
   * @throws IllegalArgumentException if the description has no such type of reports
   */
  public void reports(String type, ReportOutcome outcome) {
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(outcome, "outcome");
    if (!type.startsWith("report/")) {
      throw new IllegalArgumentException("type must begin with report/");
    }
    checkType(type);
    states.reports().plan(type, new ReportMoves.Plan(outcome.result(), outcome.delay()));
  }

  /**
   * Ends the run of a report now.
   *
   * @param outcome any but {@link ReportOutcome#pending}; its time does not matter
   * @throws IllegalArgumentException if there is no report with this id, or the outcome is pending
   * @throws IllegalStateException if the report has ended already
   */
  public void finishReport(String id, ReportOutcome outcome) {
    Objects.requireNonNull(id, "id");
    ReportMoves.Result result = Objects.requireNonNull(outcome, "outcome").result();
    if (result == null) {
      throw new IllegalArgumentException("outcome must not be pending");
    }
    InquiryFlow.checkState(() -> states.reports().end(id, result));
  }

  /**
   * Makes a move that neither an operation nor another method makes, such as {@code accept} of a
   * connection or {@code time-out} of a graph query. The file {@code transitions.md} in this module
   * lists all moves.
   *
   * @param id the id of any object
   * @throws IllegalArgumentException if there is no object with this id, or its type does not have
   *     the move
   * @throws IllegalStateException if the state of the object does not allow the move
   */
  public void move(String id, String move) {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(move, "move");
    StoredObject object = states.find(id);
    states.transitions().checkMove(object.type(), move);
    InquiryFlow.checkState(() -> states.transitions().apply(object, move));
  }

  Operations operations() {
    return operations;
  }

  /** Returns the faults of chosen operations. */
  public Faults faults() {
    return faults;
  }

  /** Returns the webhooks: registers them without a request, and causes faults of deliveries. */
  public Webhooks webhooks() {
    return webhooks;
  }

  /**
   * Returns the attempts to deliver events to webhooks in the order in which they ended, at most
   * the last 10,000. The list is immutable. {@link Webhooks#await} waits for those that are due.
   */
  public List<WebhookDelivery> deliveries() {
    return deliveries.attempts().stream().map(WebhookDelivery::new).toList();
  }

  /**
   * Returns the errors of the rows of an import, such as {@code row 2: email-address is not valid}.
   * Row 1 is the first one after the header. The list is immutable, and empty if there are none, or
   * the import has not ended.
   *
   * @param importerId the ID of the importer
   * @throws IllegalArgumentException if there is no importer with this ID
   */
  public List<String> importErrors(String importerId) {
    if (store.find("importer", Objects.requireNonNull(importerId, "importerId")) == null) {
      throw new IllegalArgumentException("importerId: the fake has no importer with this ID");
    }
    return imports.errors(importerId);
  }

  /**
   * Inserts an empty page after this object: from now on a list with {@code page[after]} and this
   * id returns no items and a link to a cursor from which the list continues without a gap.
   */
  public void emptyPageAfter(String id) {
    pageFaults.emptyPageAfter(Objects.requireNonNull(id, "id"));
  }

  /**
   * Returns the same cursors again: from now on the links of a page that was requested with a
   * cursor contain the same cursor.
   */
  public void repeatCursor() {
    pageFaults.repeatCursor();
  }

  /**
   * Sets the host of links from now on.
   *
   * @param host a host name, or an origin such as {@code http://127.0.0.1:8080} or {@code
   *     //elsewhere.example}
   */
  public void linkHost(String host) {
    pageFaults.linkHost(Objects.requireNonNull(host, "host"));
  }

  /**
   * Closes the port and all connections at once, without waiting for running requests. Further
   * calls have no effect.
   *
   * @throws AssertionError if the fake itself failed to handle a request, with the first failure as
   *     the cause; the port and the connections are closed nevertheless
   */
  @Override
  public void close() {
    if (closed.getAndSet(true)) {
      return;
    }
    AssertionError failure = server.failure();
    server.close();
    timetable.close();
    if (failure != null) {
      throw failure;
    }
    Throwable taskFailure = timetable.failure();
    if (taskFailure != null) {
      throw new AssertionError("a task of the fake failed", taskFailure);
    }
  }

  /**
   * Returns the state as text, for the message of a failed test: the requests, the newest objects
   * with their IDs and states, and the deliveries. It has no other attributes. If the fake itself
   * failed, the text begins with the stack trace of the first failure.
   */
  public String describe() {
    return stackTrace() + StateText.of(toString(), store, requestLines(), deliveryLines());
  }

  private String stackTrace() {
    Throwable failure = server.failure();
    if (failure == null) {
      failure = timetable.failure();
    }
    if (failure == null) {
      return "";
    }
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text, /* autoFlush= */ true));
    return text + "\n";
  }

  private List<String> requestLines() {
    return requests().stream().map(RecordedRequest::toString).toList();
  }

  private List<String> deliveryLines() {
    return deliveries().stream().map(WebhookDelivery::toString).toList();
  }

  /** Returns the base URL, without the key. */
  @Override
  public String toString() {
    return "FakePersona[" + baseUrl() + "]";
  }

  /**
   * Settings of a fake. Not thread-safe. A builder can start several fakes, each with its own data.
   */
  public static final class Builder {
    private int events = 200;
    private int inquiries = 25;
    private String apiKey = DEFAULT_API_KEY;
    private int rateLimit;
    private int keyRateLimit;
    private final Map<OperationPattern, Integer> quotas = new LinkedHashMap<>();
    private long seed;
    private boolean deliverToAnyHost;
    private boolean driftMode;
    private final Map<String, PublicKey> oauthClients = new LinkedHashMap<>();
    private InstantSource clock = InstantSource.system();
    private int illegalMoves = 422;
    private boolean refuseUncertainMoves;
    private Duration processingTime = Duration.ofMillis(100);
    private int port;
    private @Nullable String host;
    private @Nullable String origin;
    private @Nullable PrintStream failureLog;

    private Duration searchLag = Duration.ofMinutes(1);

    private Builder() {}

    /**
     * Sets the number of events in the seed data.
     *
     * @param count 0 or more, otherwise {@link IllegalArgumentException}
     */
    public Builder events(int count) {
      this.events = notNegative("events", count);
      return this;
    }

    /**
     * Sets the number of inquiries in the seed data.
     *
     * @param count 0 or more, otherwise {@link IllegalArgumentException}
     */
    public Builder inquiries(int count) {
      this.inquiries = notNegative("inquiries", count);
      return this;
    }

    /**
     * Sets the only key that is accepted.
     *
     * @param key visible ASCII characters, not blank, otherwise {@link IllegalArgumentException}
     */
    public Builder apiKey(String key) {
      if (Objects.requireNonNull(key, "key").isBlank()) {
        throw new IllegalArgumentException("apiKey must not be blank");
      }
      if (key.chars().anyMatch(c -> c < ' ' || c > '~')) { // a header cannot have it
        throw new IllegalArgumentException("apiKey must have visible ASCII characters only");
      }
      this.apiKey = key;
      return this;
    }

    /**
     * Sets the number of requests per minute, above which the response is 429. A window begins with
     * its first request; requests with a wrong key do not count. By default there is no limit, and
     * the headers report one that is unused.
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
     * Sets the number of requests per minute and key. A request counts against this limit and that
     * of {@link #rateLimit}, which all keys share, and is rejected if one of them is reached. The
     * headers report the one that is closer to being reached. By default there is no limit.
     *
     * @param perMinute 1 or more, otherwise {@link IllegalArgumentException}
     */
    public Builder keyRateLimit(int perMinute) {
      if (perMinute < 1) {
        throw new IllegalArgumentException("keyRateLimit must be 1 or more, not " + perMinute);
      }
      this.keyRateLimit = perMinute;
      return this;
    }

    /**
     * Sets the number of objects that an operation creates in 30 days, above which the response is
     * 429. Its responses have the headers {@code Quota-Limit}, {@code Quota-Remaining} and {@code
     * Quota-Reset}.
     *
     * @param operation the method POST and a path, such as {@code POST /inquiries}
     * @param limit 0 or more
     * @throws IllegalArgumentException if an argument does not follow its rule, or the description
     *     has no such operation
     */
    public Builder creationQuota(String operation, int limit) {
      OperationPattern pattern =
          OperationPattern.parse(Objects.requireNonNull(operation, "operation"));
      if (!pattern.hasMethod("POST")) {
        throw new IllegalArgumentException(
            "operation must create objects, with the method POST, unlike " + operation);
      }
      quotas.put(pattern, notNegative("limit", limit));
      return this;
    }

    /**
     * Delivers events to webhooks on any host. By default the fake sends requests only to {@code
     * localhost} and addresses of the loopback interface, so that a webhook for production that the
     * code under test registers does not get events of a test.
     */
    public Builder deliverToAnyHost() {
      this.deliverToAnyHost = true;
      return this;
    }

    /**
     * Adds to all responses and events what the API may add at any time without a new version, so
     * that a test shows whether the code under test copes with it: unknown attributes,
     * relationships and objects everywhere; in about every third object also unknown values and,
     * for types such as {@code report/watchlist}, an unknown type; and with each event another one
     * of an unknown name.
     */
    public Builder driftMode() {
      this.driftMode = true;
      return this;
    }

    /**
     * Adds an application that gets tokens for assertions that it signs. If none is added, the fake
     * accepts all applications and does not check signatures.
     *
     * @param key the key that belongs to the one that signs: RSA for RS256, or P-256 for ES256
     */
    public Builder oauthClient(String clientId, PublicKey key) {
      oauthClients.put(
          Objects.requireNonNull(clientId, "clientId"), Objects.requireNonNull(key, "key"));
      return this;
    }

    /**
     * Sets the seed of everything that is random in the fake, and of its ids and seed data; 0 by
     * default. The same seed, settings and requests make the same ids and data. Templates, and
     * objects that the API cannot create, are the same for all seeds.
     */
    public Builder seed(long seed) {
      this.seed = seed;
      return this;
    }

    /**
     * Sets the source of the time that {@link FakePersona#clock} shows until it is moved, for
     * example a {@link java.time.Clock}. All times of the fake depend on it: timestamps, expiration
     * of objects, links and stored results, rate limits, and deliveries of webhooks. Only {@link
     * Fault#delay} waits in real time. The default is the system clock.
     */
    public Builder clock(InstantSource source) {
      this.clock = Objects.requireNonNull(source, "source");
      return this;
    }

    /**
     * Sets the time after which searches see a change; lists see it at once. The default is one
     * minute, as with the API, and zero switches the lag off.
     *
     * @param lag zero or more, otherwise {@link IllegalArgumentException}
     */
    public Builder searchLag(Duration lag) {
      if (Objects.requireNonNull(lag, "lag").isNegative()) {
        throw new IllegalArgumentException("searchLag must be zero or more, not " + lag);
      }
      this.searchLag = lag;
      return this;
    }

    /**
     * Sets the status of responses to requests that the state of an object does not allow, such as
     * the activation of an archived webhook. Which of the two the API uses is not documented. The
     * default is 422.
     *
     * @param status 409 or 422, otherwise {@link IllegalArgumentException}
     */
    public Builder illegalMoves(int status) {
      if (status != 409 && status != 422) {
        throw new IllegalArgumentException("status must be 409 or 422, not " + status);
      }
      this.illegalMoves = status;
      return this;
    }

    /**
     * Refuses changes of a state that are not documented, such as the approval of an inquiry that
     * is already approved or has not been started. By default they are allowed.
     */
    public Builder refuseUncertainMoves() {
      this.refuseUncertainMoves = true;
      return this;
    }

    /**
     * Sets how long the fake works on reports, workflow runs, graph queries and redemptions of
     * share tokens until they end. The default is 100 milliseconds.
     *
     * @param time 0 or more, otherwise {@link IllegalArgumentException}
     */
    public Builder processingTime(Duration time) {
      if (Objects.requireNonNull(time, "time").isNegative()) {
        throw new IllegalArgumentException("processingTime must not be negative: " + time);
      }
      this.processingTime = time;
      return this;
    }

    /**
     * Sets the port to listen on; 0, the default, selects a free one.
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
     * Sets the host to listen on, for a fake that runs alone; the loopback interface if not set.
     */
    Builder host(String name) {
      this.host = name;
      return this;
    }

    /**
     * Sets the origin that clients use, for a fake behind a name or a proxy.
     *
     * @throws IllegalArgumentException if it is not one, such as {@code https://fake.example}
     */
    Builder origin(String url) {
      if (!WebhookOperations.isHttp(url) || url.endsWith("/")) {
        throw new IllegalArgumentException(
            "origin must be http:// or https:// and a host, without a slash at the end");
      }
      this.origin = url;
      return this;
    }

    /**
     * Sets where stack traces of failures of the fake itself are printed, for one that runs alone.
     */
    Builder failureLog(PrintStream log) {
      this.failureLog = log;
      return this;
    }

    private InetSocketAddress address() {
      try {
        InetAddress address =
            host == null
                ? InetAddress.getByAddress(new byte[] {127, 0, 0, 1})
                : InetAddress.getByName(host);
        return new InetSocketAddress(address, port);
      } catch (UnknownHostException e) {
        throw new UncheckedIOException("The fake cannot listen on host " + host, e);
      }
    }

    /**
     * Starts the fake, which is ready when this method returns.
     *
     * @throws java.io.UncheckedIOException if the port is in use
     * @throws IllegalStateException if the server does not start for another reason
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
