package io.github.persona4j;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.persona4j.error.AuthenticationException;
import io.github.persona4j.error.BadRequestException;
import io.github.persona4j.error.CredentialsException;
import io.github.persona4j.error.MalformedResponseException;
import io.github.persona4j.error.PersonaConnectionException;
import io.github.persona4j.internal.retry.TestTimeSource;
import io.github.persona4j.json.JsonValue;
import io.github.persona4j.request.RequestOptions;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Security;
import java.security.Signature;
import java.security.SignatureException;
import java.security.SignatureSpi;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Access tokens of OAuth that the client obtains itself; on real sockets. */
@SuppressWarnings("NullAway") // an absent claim fails a test, too
class OAuthCredentialsTest {
  private static final KeyPair EC = ec("secp256r1");
  private static final KeyPair RSA = rsa(2048);

  private final TestTimeSource time = new TestTimeSource();
  private MockApi api;
  private Tokens tokens;

  /** Issues numbered tokens, and accepts the last one. */
  private static final class Tokens extends Dispatcher {
    final AtomicInteger issued = new AtomicInteger();
    final AtomicInteger calls = new AtomicInteger();
    final ConcurrentLinkedQueue<MockResponse> failures = new ConcurrentLinkedQueue<>();
    final List<HttpUrl> forms = new ArrayList<>(); // as a query, to decode it
    volatile String lifetime = "900";
    volatile CountDownLatch held = new CountDownLatch(0);
    volatile boolean revoked;

    @Override
    public MockResponse dispatch(RecordedRequest request) throws InterruptedException {
      if (!request.getUrl().encodedPath().equals("/api/v1/oauth/token")) {
        calls.incrementAndGet();
        String expected = "Bearer oat_s3cret" + issued.get();
        boolean valid = !revoked && expected.equals(request.getHeaders().get("Authorization"));
        return new MockResponse.Builder()
            .code(valid ? 200 : 401)
            .body(valid ? MockApi.EMPTY_PAGE : "")
            .build();
      }
      held.await(20, TimeUnit.SECONDS);
      synchronized (forms) {
        forms.add(HttpUrl.get("http://form/?" + request.getBody().utf8()));
      }
      assertThat(request.getHeaders().get("Authorization")).isNull();
      MockResponse failure = failures.poll();
      if (failure != null) {
        return failure;
      }
      revoked = false;
      return new MockResponse.Builder()
          .code(201)
          .body(
              "{\"access-token\":\"oat_s3cret"
                  + issued.incrementAndGet()
                  + "\",\"token-type\":\"bearer\""
                  + (lifetime.isEmpty() ? "" : ",\"expires-in\":" + lifetime)
                  + "}")
          .build();
    }
  }

  @BeforeEach
  void start() throws IOException {
    api = new MockApi();
    tokens = new Tokens();
    api.server().setDispatcher(tokens);
  }

  @AfterEach
  void stop() {
    tokens.held.countDown();
    api.close();
  }

  private static KeyPair ec(String curve) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec(curve));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static KeyPair rsa(int bits) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(bits);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static OAuthCredentials credentials() {
    return OAuthCredentials.clientCredentials("client_1", EC.getPrivate());
  }

  private PersonaClientBuilder builder(OAuthCredentials credentials) {
    return PersonaClient.builder()
        .credentials(credentials)
        .baseUrl(api.url())
        .retryPolicy(RetryPolicy.none())
        .time(time);
  }

  private PersonaClient client() {
    return builder(credentials()).build();
  }

  private static Throwable cause(Future<?> future) {
    return catchThrowable(() -> future.get(20, TimeUnit.SECONDS)).getCause();
  }

  // ---- the request for a token ----

  enum Kind {
    EC,
    RSA
  }

  @ParameterizedTest
  @EnumSource
  void assertion_isSignedAsJsonWebToken(Kind kind) throws Exception {
    KeyPair keys = kind == Kind.EC ? EC : RSA;
    try (PersonaClient client =
        builder(
                OAuthCredentials.clientCredentials("client_1", keys.getPrivate())
                    .scopes("inquiry.read", "account.read"))
            .build()) {
      client.events().list();
    }

    HttpUrl form = tokens.forms.get(0);
    assertThat(form.queryParameterNames())
        .containsExactlyInAnyOrder(
            "grant_type", "client_assertion_type", "client_assertion", "scope");
    assertThat(form.queryParameter("grant_type")).isEqualTo("client_credentials");
    assertThat(form.queryParameter("client_assertion_type"))
        .isEqualTo("urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
    assertThat(form.queryParameter("scope")).isEqualTo("inquiry.read account.read");
    String[] parts = form.queryParameter("client_assertion").split("\\.", -1);
    assertThat(parts).hasSize(3).allSatisfy(part -> assertThat(part).doesNotContain("="));
    byte[] signature = Base64.getUrlDecoder().decode(parts[2]);
    // r and s side by side; DER would begin with 0x30 and have another length.
    assertThat(signature).hasSize(kind == Kind.EC ? 64 : 256);
    Signature verifier =
        Signature.getInstance(kind == Kind.EC ? "SHA256withECDSAinP1363Format" : "SHA256withRSA");
    verifier.initVerify(keys.getPublic());
    verifier.update((parts[0] + "." + parts[1]).getBytes(UTF_8));
    assertThat(verifier.verify(signature)).isTrue();
    assertThat(json(parts[0]))
        .containsOnly(
            Map.entry("alg", JsonValue.of(kind == Kind.EC ? "ES256" : "RS256")),
            Map.entry("typ", JsonValue.of("JWT")));
    Map<String, JsonValue> claims = json(parts[1]);
    assertThat(claims).containsOnlyKeys("iss", "sub", "aud", "jti", "iat", "exp");
    assertThat(claims.get("iss").asString()).isEqualTo("client_1");
    assertThat(claims.get("sub").asString()).isEqualTo("client_1");
    assertThat(claims.get("aud").asString()).isEqualTo(api.url() + "/oauth/token");
    long now = TestTimeSource.START.getEpochSecond();
    assertThat(claims.get("iat").asLong()).isBetween(now - 30, now);
    assertThat(claims.get("exp").asLong()).isBetween(now + 60, now + 300);
  }

  private static Map<String, JsonValue> json(String part) {
    return JsonValue.ofJson(new String(Base64.getUrlDecoder().decode(part), UTF_8)).asMap();
  }

  @Test
  void audience_canBeSet_andEachAssertionHasAnId() {
    try (PersonaClient client = builder(credentials().audience("https://x/token")).build()) {
      client.events().list();
      time.advance(Duration.ofHours(1));
      client.events().list();
    }

    Set<String> ids = new HashSet<>();
    for (HttpUrl form : tokens.forms) {
      assertThat(form.queryParameter("scope")).isNull();
      Map<String, JsonValue> claims =
          json(form.queryParameter("client_assertion").split("\\.", -1)[1]);
      assertThat(claims.get("aud").asString()).isEqualTo("https://x/token");
      ids.add(claims.get("jti").asString());
    }
    assertThat(ids).hasSize(2);
  }

  // ---- the cache ----

  @Test
  void manyThreads_shareOneToken() throws Exception {
    tokens.held = new CountDownLatch(1);
    int threads = 100;
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try (PersonaClient client = client()) {
      List<Future<?>> calls = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        calls.add(pool.submit(() -> client.events().list()));
        calls.add(client.async().events().list());
      }
      Thread.sleep(100);
      assertThat(tokens.calls).hasValue(0);
      tokens.held.countDown();
      for (Future<?> call : calls) {
        assertThat(call.get(20, TimeUnit.SECONDS)).isNotNull();
      }
    } finally {
      pool.shutdownNow();
    }
    assertThat(tokens.issued).hasValue(1);
    assertThat(tokens.calls).hasValue(2 * threads);
  }

  @Test
  void derivedClients_shareTheToken() {
    try (PersonaClient client = client()) {
      client.events().list();
      client.withOptions(RequestOptions.builder().header("X", "y").build()).events().list();
      client.withRetryPolicy(RetryPolicy.standard()).events().list();
    }
    assertThat(tokens.issued).hasValue(1);
  }

  @ParameterizedTest
  @CsvSource({"900, 839, 841, 895", "'', 839, 841, 895", "10, 7, 9, 10"})
  void tokenIsRenewed_beforeItEnds(String lifetime, int fresh, int old, int ended)
      throws Exception {
    tokens.lifetime = lifetime;
    try (PersonaClient client = client()) {
      client.events().list();
      time.advance(Duration.ofSeconds(fresh));
      client.events().list();
      assertThat(tokens.issued).hasValue(1);

      tokens.held = new CountDownLatch(1);
      time.advance(Duration.ofSeconds(old - fresh));
      client.events().list(); // does not wait: the token is still valid
      client.events().list();
      assertThat(tokens.issued).hasValue(1);
      tokens.held.countDown();
      awaitIssued(2);

      time.advance(Duration.ofSeconds(ended));
      client.events().list(); // waits
      assertThat(tokens.issued).hasValue(3);
    }
  }

  private void awaitIssued(int number) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (tokens.issued.get() < number && System.nanoTime() < end) {
      Thread.sleep(5);
    }
    assertThat(tokens.issued).hasValue(number);
    Thread.sleep(100); // until the client has the token
  }

  @Test
  void failedEarlyRenewal_keepsTheToken_andIsTriedAgainLater() throws Exception {
    try (PersonaClient client = client()) {
      client.events().list();
      time.advance(Duration.ofSeconds(850));
      tokens.failures.add(new MockResponse.Builder().code(500).build());
      client.events().list();
      awaitForms(2);
      client.events().list(); // not yet
      time.advance(Duration.ofSeconds(6));
      assertThat(tokens.forms).hasSize(2);
      client.events().list();
      awaitIssued(2);
      client.events().list();
    }
    assertThat(tokens.forms).hasSize(3);
  }

  private void awaitForms(int number) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (tokens.forms.size() < number && System.nanoTime() < end) {
      Thread.sleep(5);
    }
    Thread.sleep(100); // until the client has the response
  }

  @Test
  void tokenOfNoLifetime_isUsedByTheCallsThatWaited() {
    tokens.lifetime = "0";
    try (PersonaClient client = client()) {
      client.events().list();
      client.events().list();
    }
    assertThat(tokens.issued).hasValue(2);
  }

  @Test
  void rejectedToken_isReplacedOnce_forAllThreads() throws Exception {
    int threads = 50;
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try (PersonaClient client = client()) {
      client.events().list();
      tokens.revoked = true;
      CountDownLatch start = new CountDownLatch(1);
      List<Future<?>> calls = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        calls.add(
            pool.submit(
                () -> {
                  start.await();
                  return client.events().list();
                }));
      }
      start.countDown();
      for (Future<?> call : calls) {
        assertThat(call.get(20, TimeUnit.SECONDS)).isNotNull();
      }
    } finally {
      pool.shutdownNow();
    }
    assertThat(tokens.issued).hasValue(2);
  }

  // ---- keys of other providers ----

  /** A key that only its own provider can use. */
  private record ForeignKey(PrivateKey delegate) implements PrivateKey {
    @Override
    public String getAlgorithm() {
      return "EC";
    }

    @Override
    public @Nullable String getFormat() {
      return null;
    }

    @Override
    public byte @Nullable [] getEncoded() {
      return null;
    }
  }

  /** Signs with foreign keys in DER, like the providers of some hardware modules. */
  public static final class DerSignature extends SignatureSpi {
    private final Signature delegate;

    public DerSignature() throws GeneralSecurityException {
      delegate = Signature.getInstance("SHA256withECDSA", "SunEC");
    }

    @Override
    protected void engineInitSign(PrivateKey key) throws InvalidKeyException {
      if (!(key instanceof ForeignKey foreign)) {
        throw new InvalidKeyException("another key");
      }
      delegate.initSign(foreign.delegate());
    }

    @Override
    protected void engineInitVerify(PublicKey key) throws InvalidKeyException {
      throw new InvalidKeyException("signs only");
    }

    @Override
    protected void engineUpdate(byte b) throws SignatureException {
      delegate.update(b);
    }

    @Override
    protected void engineUpdate(byte[] bytes, int offset, int length) throws SignatureException {
      delegate.update(bytes, offset, length);
    }

    @Override
    protected byte[] engineSign() throws SignatureException {
      return delegate.sign();
    }

    @Override
    protected boolean engineVerify(byte[] signature) {
      return false;
    }

    @Override
    @SuppressWarnings("deprecation") // abstract
    protected void engineSetParameter(String name, Object value) {}

    @Override
    @SuppressWarnings("deprecation") // abstract
    protected @Nullable Object engineGetParameter(String name) {
      return null;
    }
  }

  private static final class DerProvider extends Provider {
    private static final long serialVersionUID = 1L;

    DerProvider() {
      super("DerOnly", "1", "signs in DER only");
      put("Signature.SHA256withECDSA", DerSignature.class.getName());
      put("Signature.SHA256withECDSA SupportedKeyClasses", ForeignKey.class.getName());
    }
  }

  @Test
  void keyWhoseProviderSignsOnlyInDer_signsInTheFormatOfTokens() throws Exception {
    Provider provider = new DerProvider();
    Security.addProvider(provider);
    try (PersonaClient client =
        builder(OAuthCredentials.clientCredentials("client_1", new ForeignKey(EC.getPrivate())))
            .build()) {
      // The numbers of a signature have leading zeros or a set first bit by chance.
      for (int i = 0; i < 300; i++) {
        client.events().list();
        time.advance(Duration.ofHours(1));
      }
    } finally {
      Security.removeProvider(provider.getName());
    }

    assertThat(tokens.forms).hasSize(300);
    Signature verifier = Signature.getInstance("SHA256withECDSAinP1363Format");
    for (HttpUrl form : tokens.forms) {
      String[] parts = form.queryParameter("client_assertion").split("\\.", -1);
      verifier.initVerify(EC.getPublic());
      verifier.update((parts[0] + "." + parts[1]).getBytes(UTF_8));
      assertThat(verifier.verify(Base64.getUrlDecoder().decode(parts[2]))).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void keyThatNoProviderCanUse_failsCall_thatWasNotSent(boolean async) {
    ForeignKey key = new ForeignKey(EC.getPrivate());
    try (PersonaClient client =
        builder(OAuthCredentials.clientCredentials("client_1", key)).build()) {
      Throwable failure =
          async
              ? cause(client.async().events().list())
              : catchThrowable(() -> client.events().list());
      assertThat(failure)
          .isInstanceOf(CredentialsException.class)
          .hasMessage(
              "GET /api/v1/events was not sent, because there is no access token: the private key"
                  + " cannot sign an assertion")
          .hasRootCauseInstanceOf(InvalidKeyException.class);
    }
    assertThat(tokens.forms).isEmpty();
  }

  // ---- failures ----

  @Test
  void refusedAssertion_failsCall_thatWasNotSent() {
    String refusal = "{\"error\":\"invalid_client\",\"error_description\":\"s3cret\"}";
    try (PersonaClient client = client()) {
      for (boolean async : new boolean[] {false, true}) {
        tokens.failures.add(new MockResponse.Builder().code(400).body(refusal).build());
        Throwable failure =
            async
                ? cause(client.async().inquiries().approve("inq_1"))
                : catchThrowable(() -> client.inquiries().approve("inq_1"));
        assertThat(failure)
            .isInstanceOfSatisfying(
                CredentialsException.class,
                e -> {
                  assertThat(e)
                      .hasMessageStartingWith(
                          "POST /api/v1/inquiries/inq_1/approve was not sent, because there is no"
                              + " access token: POST /api/v1/oauth/token ")
                      .hasMessageContaining("400")
                      .hasMessageContaining("invalid_client")
                      .hasMessageNotContaining("executed")
                      .hasMessageNotContaining("s3cret")
                      .cause()
                      .isInstanceOf(BadRequestException.class);
                  assertThat(e.attempts()).isZero();
                  assertThat(e.mayHaveBeenExecuted()).isFalse();
                });
      }
      client.events().list(); // the next call tries again
    }
    assertThat(tokens.calls).hasValue(1);
  }

  @Test
  void failedRenewal_failsEachWaitingCallWithItsOwnException() throws Exception {
    tokens.held = new CountDownLatch(1);
    tokens.failures.add(
        new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket()).build());
    try (PersonaClient client = client()) {
      CompletableFuture<?> events = client.async().events().list();
      CompletableFuture<?> inquiries = client.async().inquiries().list();
      tokens.held.countDown();
      Throwable first = cause(events);
      Throwable second = cause(inquiries);
      assertThat(first).isInstanceOf(CredentialsException.class).hasMessageContaining("/events");
      assertThat(second)
          .isInstanceOf(CredentialsException.class)
          .hasMessageContaining("/inquiries");
      assertThat(first.getCause())
          .isSameAs(second.getCause())
          .isInstanceOf(PersonaConnectionException.class);
    }
  }

  @Test
  void renewalAfter401_thatFails_hasThe401AsEarlierAttempt() {
    try (PersonaClient client = client()) {
      client.events().list();
      tokens.revoked = true;
      tokens.failures.add(new MockResponse.Builder().code(401).build());
      CredentialsException failure =
          catchThrowableOfType(CredentialsException.class, () -> client.events().list());
      assertThat(failure)
          .hasCauseInstanceOf(AuthenticationException.class)
          .hasMessageStartingWith(
              "GET /api/v1/events was not sent again, because there is no new access token:"
                  + " POST /api/v1/oauth/token failed with 401");
      assertThat(failure.attempts()).isOne();
      assertThat(failure.getSuppressed())
          .hasSize(1)
          .allSatisfy(e -> assertThat(e).isInstanceOf(AuthenticationException.class));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"access-token\":null}",
        "{\"access-token\":1}",
        "{\"access-token\":\"s3 cret\"}",
        "{\"access-token\":\"s3cret\\n\"}",
        "{\"access-token\":\"oat\",\"expires-in\":\"s3cret\"}",
        "s3cret"
      })
  void responseWithoutUsableToken_failsCall(String body) {
    tokens.failures.add(new MockResponse.Builder().code(201).body(body).build());
    try (PersonaClient client = client()) {
      assertThatExceptionOfType(CredentialsException.class)
          .isThrownBy(() -> client.events().list())
          .withCauseInstanceOf(MalformedResponseException.class)
          .satisfies(e -> assertThat(e.toString() + e.getCause()).doesNotContain("s3cret"));
    }
  }

  @Test
  void retryPolicy_appliesToTheRenewal() {
    tokens.failures.add(new MockResponse.Builder().code(429).build());
    try (PersonaClient client =
        builder(credentials()).retryPolicy(RetryPolicy.standard()).build()) {
      client.events().list();
    }
    assertThat(tokens.forms).hasSize(2);
    assertThat(time.pauses()).hasSize(1);
  }

  @Test
  void waitingCall_obeysItsDeadlineInterruptionAndClose() throws Exception {
    tokens.held = new CountDownLatch(1);
    try (PersonaClient client =
        PersonaClient.builder().credentials(credentials()).baseUrl(api.url()).build()) {
      RequestOptions hurry = RequestOptions.builder().callTimeout(Duration.ofMillis(100)).build();
      for (Throwable late :
          List.of(
              catchThrowable(() -> client.events().list(q -> q.pageSize(1), hurry)),
              cause(client.async().events().list(q -> q.pageSize(1), hurry)))) {
        assertThat(late)
            .isInstanceOfSatisfying(
                PersonaConnectionException.class,
                e -> {
                  assertThat(e.isTimeout()).isTrue();
                  assertThat(e.attempts()).isZero();
                });
      }

      CompletableFuture<Throwable> interrupted = new CompletableFuture<>();
      Thread thread =
          new Thread(
              () -> interrupted.complete(catchThrowable(() -> client.events().list())), "waits");
      thread.start();
      Thread.sleep(50);
      thread.interrupt();
      assertThat(interrupted.get(5, TimeUnit.SECONDS))
          .isInstanceOfSatisfying(
              PersonaConnectionException.class, e -> assertThat(e.isStopped()).isTrue());

      CompletableFuture<?> survivor = client.async().events().list();
      tokens.held.countDown(); // none of that stopped the renewal
      assertThat(survivor.get(5, TimeUnit.SECONDS)).isNotNull();
      assertThat(tokens.issued).hasValue(1);
    }

    tokens.held = new CountDownLatch(1);
    PersonaClient closed = client();
    CompletableFuture<?> waiting = closed.async().events().list();
    closed.close();
    assertThat(cause(waiting))
        .isInstanceOfSatisfying(
            PersonaConnectionException.class, e -> assertThat(e.isStopped()).isTrue());
  }

  @Test
  void fullDispatcher_doesNotStopTheRenewal() throws Exception {
    okhttp3.Dispatcher narrow = new okhttp3.Dispatcher();
    narrow.setMaxRequests(1);
    okhttp3.OkHttpClient http = new okhttp3.OkHttpClient.Builder().dispatcher(narrow).build();
    try (PersonaClient client = builder(credentials()).httpClient(http).build()) {
      List<Future<?>> calls = new ArrayList<>();
      for (int round = 0; round < 3; round++) {
        for (int i = 0; i < 30; i++) {
          calls.add(client.async().events().list());
        }
        for (Future<?> call : calls) {
          assertThat(call.get(20, TimeUnit.SECONDS)).isNotNull();
        }
        time.advance(Duration.ofHours(1));
      }
    } finally {
      narrow.executorService().shutdown();
      http.connectionPool().evictAll();
    }
    assertThat(tokens.issued).hasValue(3);
  }

  // ---- secrets ----

  @Test
  void noText_showsKeyAssertionOrToken() {
    List<String> texts = new ArrayList<>();
    OAuthCredentials credentials = credentials().scopes("inquiry.read");
    tokens.failures.add(new MockResponse.Builder().code(401).body("{").build());
    PersonaClientBuilder builder =
        builder(credentials)
            .addInterceptor(RequestLog.to(texts::add))
            .callListener(report -> texts.add(report.toString()));
    try (PersonaClient client = builder.build()) {
      Throwable failure = catchThrowable(() -> client.events().list());
      for (Throwable e = failure; e != null; e = e.getCause()) {
        texts.add(e.toString());
      }
      client.events().list();
      tokens.revoked = true;
      client.events().list();
      texts.add(client.toString());
    }
    texts.add(credentials.toString());
    texts.add(builder.toString());
    String assertion = tokens.forms.get(0).queryParameter("client_assertion");
    assertThat(texts).hasSizeGreaterThan(10);
    assertThat(credentials)
        .hasToString("OAuthCredentials{clientId=client_1, scopes=[inquiry.read]}");
    for (String text : texts) {
      assertThat(text)
          .doesNotContain("s3cret", "oat_", assertion, assertion.substring(0, 20))
          .doesNotContain(Base64.getEncoder().encodeToString(EC.getPrivate().getEncoded()));
    }
  }

  // ---- arguments ----

  @Test
  void unusableKey_isRefused() throws GeneralSecurityException {
    PrivateKey dsa = KeyPairGenerator.getInstance("DSA").generateKeyPair().getPrivate();
    for (PrivateKey key : List.of(ec("secp384r1").getPrivate(), rsa(1024).getPrivate(), dsa)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> OAuthCredentials.clientCredentials("client_1", key))
          .withMessage(
              "privateKey must be an RSA key of at least 2048 bits, or an EC key on the curve"
                  + " P-256");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "s3cr\u00e9t", "s3cret\n"})
  void unusableClientId_isRefusedWithoutShowingIt(String clientId) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OAuthCredentials.clientCredentials(clientId, EC.getPrivate()))
        .withMessage("clientId must be visible ASCII and not be empty");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "inquiry.read account.read", "a\"b", "\u00e9"})
  void unusableScope_isRefused(String scope) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> credentials().scopes(scope))
        .withMessageStartingWith("scopes must be ");
    assertThatIllegalArgumentException().isThrownBy(() -> credentials().scopes());
  }

  @Test
  void blankAudience_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> credentials().audience(" "))
        .withMessage("audience must not be blank");
  }
}
