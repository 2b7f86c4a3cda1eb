package io.github.persona4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.github.persona4j.api.EventsApi;
import io.github.persona4j.error.FailedCall;
import io.github.persona4j.error.PersonaApiException;
import io.github.persona4j.error.PersonaException;
import io.github.persona4j.error.WaitFailedException;
import io.github.persona4j.error.WaitTimeoutException;
import io.github.persona4j.file.Download;
import io.github.persona4j.file.PersonaFiles;
import io.github.persona4j.json.FieldValue;
import io.github.persona4j.json.FieldValues;
import io.github.persona4j.json.FieldsBuilder;
import io.github.persona4j.json.GsonAdapters;
import io.github.persona4j.json.JsonCodec;
import io.github.persona4j.json.JsonInput;
import io.github.persona4j.json.JsonLimits;
import io.github.persona4j.json.JsonModel;
import io.github.persona4j.json.JsonObject;
import io.github.persona4j.json.JsonTokens;
import io.github.persona4j.json.JsonType;
import io.github.persona4j.json.JsonTypes;
import io.github.persona4j.json.JsonValue;
import io.github.persona4j.json.Slots;
import io.github.persona4j.model.Event;
import io.github.persona4j.model.EventName;
import io.github.persona4j.model.Inquiry;
import io.github.persona4j.model.InquiryFieldValues;
import io.github.persona4j.model.InquiryFields;
import io.github.persona4j.model.InquiryResponse;
import io.github.persona4j.model.ModelTypes;
import io.github.persona4j.model.ResourceIdentifier;
import io.github.persona4j.model.SearchRequest;
import io.github.persona4j.paging.AsyncPages;
import io.github.persona4j.paging.PageOperation;
import io.github.persona4j.request.FileUpload;
import io.github.persona4j.request.HeaderValue;
import io.github.persona4j.request.Include;
import io.github.persona4j.request.PagedQuery;
import io.github.persona4j.request.RequestOptions;
import io.github.persona4j.request.ResourceQuery;
import io.github.persona4j.request.UrlArgument;
import io.github.persona4j.resource.CompoundDocument;
import io.github.persona4j.resource.Included;
import io.github.persona4j.resource.ToMany;
import io.github.persona4j.resource.ToOne;
import io.github.persona4j.response.ApiResponse;
import io.github.persona4j.search.Attribute;
import io.github.persona4j.search.Condition;
import io.github.persona4j.search.FieldAttributes;
import io.github.persona4j.search.Order;
import io.github.persona4j.search.OrderedAttribute;
import io.github.persona4j.search.Search;
import io.github.persona4j.testing.FakeClock;
import io.github.persona4j.testing.FakePersona;
import io.github.persona4j.testing.Fault;
import io.github.persona4j.testing.Faults;
import io.github.persona4j.testing.InquiryFlow;
import io.github.persona4j.testing.KeyCasing;
import io.github.persona4j.testing.RecordedRequest;
import io.github.persona4j.testing.RegisteredWebhook;
import io.github.persona4j.testing.ReportOutcome;
import io.github.persona4j.testing.Reviewer;
import io.github.persona4j.testing.VerificationStep;
import io.github.persona4j.testing.WebhookRequest;
import io.github.persona4j.testing.Webhooks;
import io.github.persona4j.testing.assertj.FakePersonaAssert;
import io.github.persona4j.testing.assertj.PersonaAssertions;
import io.github.persona4j.testing.assertj.ReceivedRequestsAssert;
import io.github.persona4j.testing.junit.FakePersonaExtension;
import io.github.persona4j.waiter.AsyncWaiter;
import io.github.persona4j.waiter.Waiter;
import io.github.persona4j.webhook.InMemoryProcessedEvents;
import io.github.persona4j.webhook.JdbcProcessedEvents;
import io.github.persona4j.webhook.ProcessedEvents;
import io.github.persona4j.webhook.SenderAddresses;
import io.github.persona4j.webhook.WebhookEvent;
import io.github.persona4j.webhook.WebhookHandler;
import io.github.persona4j.webhook.WebhookVerifier;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import javax.sql.DataSource;
import mockwebserver3.MockResponse;
import okhttp3.Headers;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;
import retrofit2.Call;

/** Null arguments of public methods of hand-written classes. */
class NullArgumentsTest {
  private static final Set<String> PACKAGES =
      Set.of(
          "io.github.persona4j",
          "io.github.persona4j.error",
          "io.github.persona4j.file",
          "io.github.persona4j.json",
          "io.github.persona4j.resource",
          "io.github.persona4j.paging",
          "io.github.persona4j.request",
          "io.github.persona4j.search",
          "io.github.persona4j.testing",
          "io.github.persona4j.testing.assertj",
          "io.github.persona4j.testing.junit",
          "io.github.persona4j.waiter",
          "io.github.persona4j.webhook");

  /** Called only by generated code, by other packages of this project, and by Gson. */
  private static final Set<Class<?>> INTERNAL =
      Set.of(
          GsonAdapters.class,
          HeaderValue.class,
          JsonInput.class,
          PageOperation.class,
          Slots.class,
          UrlArgument.class);

  /** Called by OkHttp, Retrofit, JUnit and the client. */
  private static final Set<String> CALLED_BACK =
      Set.of(
          "afterEach",
          "attemptFailed",
          "beforeEach",
          "intercept",
          "rejected",
          "requestBodyConverter",
          "resolveParameter",
          "responseBodyConverter",
          "stringConverter",
          "supportsParameter");

  private record Level(int level) {}

  @TempDir private Path folder;
  private final Map<Class<?>, Object> samples = new HashMap<>();
  private MockApi api;
  private PersonaClient client;
  private Download download;
  private FakePersona fake;

  @BeforeEach
  void start() throws Exception {
    api = new MockApi();
    fake = FakePersona.builder().start();
    String host = "http://127.0.0.1:" + api.server().getPort();
    client = api.builder().allowFilesFrom(host).build();
    api.respond(200, MockApi.EMPTY_PAGE).respond(200, "photo");
    Call<?> call = client.events().api().list(EventsApi.ListQuery.none(), RequestOptions.none());
    put(ApiResponse.class, client.send(call));
    download = client.files().download(host + "/photo");
    put(Download.class, download);
    api.respondToAll(new MockResponse.Builder().code(404));
    put(Call.class, call.clone());
    put(IOException.class, new IOException("broken"));
    put(String.class, host + "/photo");
    put(PersonaClient.class, client);
    put(PersonaFiles.class, client.files());
    put(PersonaClientBuilder.class, PersonaClient.builder());
    put(Credentials.class, () -> "token");
    KeyPairGenerator keys = KeyPairGenerator.getInstance("EC");
    keys.initialize(256);
    PrivateKey key = keys.generateKeyPair().getPrivate();
    put(PrivateKey.class, key);
    put(PublicKey.class, keys.generateKeyPair().getPublic());
    put(OAuthCredentials.class, OAuthCredentials.clientCredentials("client_1", key));
    put(RequestOptions.class, RequestOptions.builder().callTimeout(Duration.ofSeconds(1)).build());
    put(RequestOptions.Builder.class, RequestOptions.builder());
    put(RetryPolicy.class, RetryPolicy.standard());
    put(RetryPolicy.Builder.class, RetryPolicy.builder());
    put(HostedFlow.class, HostedFlow.ofTemplate("itmpl_1"));
    put(Environment.class, Environment.SANDBOX);
    put(Duration.class, Duration.ofSeconds(1));
    put(X509TrustManager.class, trustManager());
    put(SSLSocketFactory.class, (SSLSocketFactory) SSLSocketFactory.getDefault());
    put(Consumer.class, unused -> {});
    put(Function.class, unused -> null);
    put(Path.class, Files.writeString(folder.resolve("a.csv"), "a"));
    put(InputStream.class, InputStream.nullInputStream());
    put(byte[].class, new byte[0]);
    put(FileUpload.class, FileUpload.of("a.csv", "text/csv", new byte[0]));
    put(FileUpload.Source.class, InputStream::nullInputStream);
    InquiryFields fields = InquiryFields.fromJson("{\"a\":{\"type\":\"x\",\"value\":{\"b\":1}}}");
    put(FieldValues.class, fields);
    put(FieldsBuilder.class, InquiryFieldValues.builder());
    put(Record.class, new Level(3));
    put(FieldValue.class, Objects.requireNonNull(fields.field("a")));
    put(JsonValue.class, JsonValue.of("x"));
    put(JsonModel.class, fields);
    put(JsonModel.Builder.class, fields.toBuilder());
    put(JsonModel.ResponseBuilder.class, Event.fromJson("{\"id\":\"evt_1\"}").toBuilder());
    put(JsonType.class, Event.TYPE);
    put(JsonTypes.class, ModelTypes.ALL);
    JsonCodec<Event> codec = Objects.requireNonNull(JsonCodec.of(Event.class, ModelTypes.ALL));
    put(JsonCodec.class, codec);
    put(JsonCodec.Reading.class, codec.reading());
    put(JsonTokens.class, codec.reading());
    put(JsonObject.class, Event.fromJson("{\"id\":\"evt_1\"}"));
    put(JsonLimits.class, JsonLimits.standard());
    put(BigDecimal.class, BigDecimal.ONE);
    put(Included.class, Included.of(null));
    Inquiry inquiry = Inquiry.fromJson("{}");
    put(ToOne.class, inquiry.account());
    put(ToMany.class, inquiry.verifications());
    put(CompoundDocument.class, InquiryResponse.builder().data(inquiry).build());
    put(Class.class, EventsApi.class);
    put(
        ResourceIdentifier.class,
        ResourceIdentifier.TYPE.fromJson("{\"type\":\"event\",\"id\":\"1\"}", true));
    put(PagedQuery.class, EventsApi.ListQuery.none());
    put(
        PageOperation.class,
        (PageOperation<EventsApi.ListQuery, Event>) q -> client.events().list(q).response());
    put(AsyncPages.class, client.async().events().listAll());
    put(String[].class, new String[] {"a"});
    put(Include.To.class, Include.to("a"));
    put(ResourceQuery.class, ResourceQuery.none());
    put(ResourceQuery.Builder.class, ResourceQuery.builder());
    put(Object.class, "a");
    put(Attribute.class, Attribute.of("a"));
    put(OrderedAttribute.class, OrderedAttribute.of("a"));
    put(FieldAttributes.class, FieldAttributes.of("a"));
    put(Condition.class, Condition.of("a", "eq", "a"));
    put(Condition[].class, new Condition<?>[] {Condition.of("a", "eq", "a")});
    put(Collection.class, List.of(Condition.of("a", "eq", "a")));
    put(Order.class, Order.of("a", "asc"));
    put(Search.class, Search.all());
    put(SearchRequest.class, SearchRequest.builder().build());
    Request request = new Request.Builder().url(host + "/a").build();
    Response response =
        new Response.Builder()
            .request(request)
            .protocol(Protocol.HTTP_1_1)
            .code(404)
            .message("")
            .build();
    FailedCall failed = FailedCall.of(request, response);
    put(Response.class, response);
    put(Request.class, request);
    put(FailedCall.class, failed);
    put(PersonaApiException.class, PersonaApiException.of(failed, ""));
    put(PersonaException.class, PersonaApiException.of(failed, ""));
    put(Headers.class, Headers.of());
    put(Fault.class, Fault.status(422));
    put(FakePersona.class, fake);
    put(FakePersona.Builder.class, FakePersona.builder());
    put(RecordedRequest.class, recorded());
    putFake();
    putWaiters();
    putWebhooks();
    put(ResponseBody.class, ResponseBody.create("x", null));
  }

  private void putFake() {
    put(FakeClock.class, fake.clock());
    put(Faults.class, fake.faults());
    put(Faults.Rule.class, fake.faults().onAny());
    put(Fault[].class, new Fault[] {Fault.none()});
    put(Webhooks.class, fake.webhooks());
    put(Webhooks.Registration.class, fake.webhooks().to("http://127.0.0.1/hooks"));
    put(RegisteredWebhook.class, fake.webhooks().to("http://127.0.0.1/hooks").register());
    put(InquiryFlow.class, fake.inquiry(fake.ids("inquiry").get(0)));
    put(Reviewer.class, fake.reviewer());
    put(Reviewer.Decision.class, Reviewer.Decision.APPROVE);
    put(ReportOutcome.class, ReportOutcome.match());
    put(VerificationStep.class, VerificationStep.selfie());
    put(VerificationStep[].class, new VerificationStep[] {VerificationStep.selfie()});
    put(ZoneId.class, ZoneOffset.UTC);
    put(UnaryOperator.class, UnaryOperator.identity());
    put(FakePersonaExtension.class, new FakePersonaExtension());
    FakePersonaAssert assertion = PersonaAssertions.assertThat(fake);
    put(FakePersonaAssert.class, assertion);
    put(ReceivedRequestsAssert.class, assertion.received("GET /events"));
  }

  private void putWaiters() {
    put(Waiter.class, client.waiter());
    put(AsyncWaiter.class, client.waiter().async());
    put(Event.class, Event.fromJson("{\"id\":\"evt_1\"}"));
    put(Set.class, Set.of("a"));
    put(Supplier.class, () -> "a");
    put(Predicate.class, unused -> true);
    put(WaitFailedException.class, new WaitFailedException("a", null));
    put(WaitTimeoutException.class, new WaitTimeoutException("a", null, null));
  }

  private void putWebhooks() {
    WebhookRequest.Builder request = WebhookRequest.event("inquiry.approved");
    put(WebhookRequest.Builder.class, request);
    put(WebhookRequest.class, request.sign("wbhsec_1"));
    put(KeyCasing.class, KeyCasing.KEBAB);
    put(Instant.class, Instant.EPOCH);
    put(Clock.class, Clock.systemUTC());
    put(Map.class, Map.of());
    put(Executor.class, (Executor) Runnable::run);
    put(DataSource.class, new PGSimpleDataSource());
    put(EventName.class, EventName.INQUIRY_APPROVED);
    WebhookEvent event = WebhookEvent.read(request.sign("wbhsec_1").body());
    put(WebhookEvent.class, event);
    WebhookVerifier verifier = WebhookVerifier.of("wbhsec_1");
    put(WebhookVerifier.class, verifier);
    put(WebhookVerifier.Builder.class, WebhookVerifier.builder().secret("wbhsec_1"));
    put(WebhookHandler.Builder.class, WebhookHandler.builder());
    put(WebhookHandler.class, WebhookHandler.builder().verifier(verifier).log(line -> {}).build());
    put(
        WebhookHandler.SubjectHandler.class,
        (WebhookHandler.SubjectHandler<Inquiry>) (about, inquiry) -> {});
    put(WebhookHandler.EventHandler.class, (WebhookHandler.EventHandler) about -> {});
    InMemoryProcessedEvents processed = InMemoryProcessedEvents.of(1, Duration.ofSeconds(1));
    put(ProcessedEvents.class, processed);
    put(InMemoryProcessedEvents.class, processed);
    put(
        JdbcProcessedEvents.class,
        JdbcProcessedEvents.of(new PGSimpleDataSource(), "events", Duration.ofSeconds(1)));
    put(ProcessedEvents.Claim.class, processed.claim(event));
    put(ProcessedEvents.State.class, ProcessedEvents.State.CLAIMED);
    put(SenderAddresses.class, SenderAddresses.of("192.0.2.1"));
    put(InetAddress.class, InetAddress.getLoopbackAddress());
    put(Iterable.class, List.of("wbhsec_1"));
  }

  private RecordedRequest recorded() {
    try (PersonaClient caller =
        PersonaClient.builder().apiKey(fake.apiKey()).baseUrl(fake.baseUrl()).build()) {
      caller.events().list();
    }
    return fake.requests().get(0);
  }

  private static X509TrustManager trustManager() throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init((KeyStore) null);
    return (X509TrustManager) factory.getTrustManagers()[0];
  }

  @AfterEach
  void stop() throws IOException {
    download.close();
    client.close();
    fake.close();
    api.close();
  }

  private <T> void put(Class<? super T> type, T sample) {
    samples.put(type, sample);
  }

  @Test
  void nullArgument_throwsExceptionNamingIt() {
    List<String> unexpected = new ArrayList<>();
    int rejected = 0;
    for (Executable executable : executables()) {
      Parameter[] parameters = executable.getParameters();
      for (int i = 0; i < parameters.length; i++) {
        if (isNeeded(parameters[i])) {
          String name = parameters[i].getName();
          int absent = i;
          Throwable thrown = catchThrowable(() -> call(executable, absent));
          if (isNamed(thrown, name)) {
            rejected++;
          } else {
            unexpected.add(executable + ", " + name + ": " + thrown);
          }
        }
      }
    }
    assertThat(unexpected).isEmpty();
    assertThat(rejected).isGreaterThan(100);
  }

  /** Messages of the JVM or of Kotlin may also contain the name. */
  private static boolean isNamed(@Nullable Throwable thrown, String name) {
    return (thrown instanceof NullPointerException || thrown instanceof IllegalArgumentException)
        && String.valueOf(thrown.getMessage()).matches(name + "( must not be null)?");
  }

  private void call(Executable executable, int absent) throws Throwable {
    Parameter[] parameters = executable.getParameters();
    @Nullable Object[] arguments = new @Nullable Object[parameters.length];
    for (int i = 0; i < arguments.length; i++) {
      if (i != absent) {
        arguments[i] = sample(parameters[i], executable);
      }
    }
    Object target =
        executable instanceof Constructor || Modifier.isStatic(executable.getModifiers())
            ? null
            : sample(executable.getDeclaringClass(), executable);
    try {
      if (executable instanceof Method method) {
        method.invoke(target, arguments);
      } else {
        ((Constructor<?>) executable).newInstance(arguments);
      }
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private @Nullable Object sample(Parameter parameter, Executable executable) {
    Class<?> type = parameter.getType();
    if (type.isPrimitive()) {
      return Array.get(Array.newInstance(type, 1), 0);
    }
    return isNeeded(parameter) ? sample(type, executable) : null;
  }

  private Object sample(Class<?> type, Executable executable) {
    Object sample = samples.get(type);
    if (sample == null) {
      throw new AssertionError("No sample is known of " + type + " for " + executable);
    }
    return sample;
  }

  private static List<Executable> executables() {
    List<Executable> all = new ArrayList<>();
    for (JavaClass imported :
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(place -> !place.contains("/model/") && !place.contains("/api/"))
            .importPackages(PACKAGES)) {
      Class<?> type = imported.reflect();
      if (PACKAGES.contains(type.getPackageName())
          && isPublic(type)
          && !type.isEnum()
          && !INTERNAL.contains(type)) {
        addIn(type, all);
      }
    }
    return all;
  }

  private static void addIn(Class<?> type, List<Executable> all) {
    if (type != PersonaFiles.class
        && !Throwable.class.isAssignableFrom(type)) { // created by the client
      all.addAll(Arrays.asList(type.getConstructors()));
    }
    for (Method method : type.getDeclaredMethods()) {
      if (Modifier.isPublic(method.getModifiers())
          && !method.isSynthetic()
          && !Modifier.isAbstract(method.getModifiers())
          && !method.getName().equals("equals")
          && !isForTheClient(method)
          && !CALLED_BACK.contains(method.getName())) {
        all.add(method);
      }
    }
  }

  private static boolean isForTheClient(Method method) {
    return Arrays.stream(method.getParameterTypes())
        .anyMatch(type -> type.getPackageName().startsWith("io.github.persona4j.internal"));
  }

  private static boolean isNeeded(Parameter parameter) {
    return !parameter.getType().isPrimitive()
        && !parameter.getAnnotatedType().isAnnotationPresent(Nullable.class);
  }

  private static boolean isPublic(Class<?> type) {
    Class<?> enclosing = type.getEnclosingClass();
    return Modifier.isPublic(type.getModifiers()) && (enclosing == null || isPublic(enclosing));
  }
}
