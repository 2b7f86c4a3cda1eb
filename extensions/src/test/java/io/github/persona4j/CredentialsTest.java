package io.github.persona4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.persona4j.api.InquiriesApi;
import io.github.persona4j.error.AuthenticationException;
import io.github.persona4j.error.PersonaConnectionException;
import io.github.persona4j.model.UpdateInquiryAttributes;
import io.github.persona4j.request.RequestOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import mockwebserver3.MockResponse;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okhttp3.ResponseBody;
import okio.BufferedSink;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import retrofit2.Call;
import retrofit2.http.Body;
import retrofit2.http.POST;
import retrofit2.http.PUT;

/** Credentials of a supplier; on real sockets. */
class CredentialsTest {
  private MockApi api;

  /** Supplies numbered tokens: a new one after each rejection. */
  private static final class Vault implements Credentials {
    final AtomicInteger asked = new AtomicInteger();
    final List<String> rejected = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger version = new AtomicInteger(1);

    @Override
    public String token() {
      asked.incrementAndGet();
      return "key" + version.get();
    }

    @Override
    public void rejected(String token) {
      rejected.add(token);
      version.incrementAndGet();
    }
  }

  @BeforeEach
  void start() throws IOException {
    api = new MockApi();
  }

  @AfterEach
  void stop() {
    api.close();
  }

  private PersonaClient client(Credentials credentials) {
    return PersonaClient.builder()
        .credentials(credentials)
        .baseUrl(api.url())
        .retryPolicy(RetryPolicy.none())
        .build();
  }

  private String authorization() throws InterruptedException {
    return api.request().getHeaders().get("Authorization");
  }

  @Test
  void lambda_isAskedForEachAttempt() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    api.respond(503, "").respond(200, MockApi.EMPTY_PAGE).respond(200, MockApi.EMPTY_PAGE);

    try (PersonaClient client =
        PersonaClient.builder()
            .credentials(() -> "key" + asked.incrementAndGet())
            .baseUrl(api.url())
            .retryPolicy(RetryPolicy.builder().initialDelay(Duration.ofMillis(1)).build())
            .build()) {
      client.events().list();
      client.async().events().list().join();
    }

    assertThat(List.of(authorization(), authorization(), authorization()))
        .containsExactly("Bearer key1", "Bearer key2", "Bearer key3");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void rejectedToken_isReplacedOnce(boolean async) throws Exception {
    Vault vault = new Vault();
    api.respond(401, "").respond(200, MockApi.INQUIRY).respond(401, "").respond(401, "");
    try (PersonaClient client = client(vault)) {
      approve(client, async);
      assertThat(vault.rejected).containsExactly("key1");
      var first = api.request().getHeaders();
      var second = api.request().getHeaders();
      assertThat(first.get("Authorization")).isEqualTo("Bearer key1");
      assertThat(second.get("Authorization")).isEqualTo("Bearer key2");
      assertThat(second.get("Idempotency-Key")).isEqualTo(first.get("Idempotency-Key"));

      assertThatExceptionOfType(AuthenticationException.class)
          .isThrownBy(() -> approve(client, async))
          .satisfies(
              e -> {
                assertThat(e.attempts()).isEqualTo(2);
                assertThat(e.getSuppressed()).hasSize(1);
                assertThat(e.mayHaveBeenExecuted()).isFalse();
              });
    }
    assertThat(vault.asked).hasValue(4);
    assertThat(api.server().getRequestCount()).isEqualTo(4);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
    while (vault.rejected.size() < 3 && System.nanoTime() < end) {
      Thread.sleep(5); // an asynchronous call does not wait for it
    }
    assertThat(vault.rejected).containsExactly("key1", "key2", "key3");
  }

  private static void approve(PersonaClient client, boolean async) {
    if (async) {
      try {
        client.async().inquiries().approve("inq_1").get(10, TimeUnit.SECONDS);
      } catch (ExecutionException e) {
        throw (RuntimeException) e.getCause();
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    } else {
      client.inquiries().approve("inq_1");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void sameTokenAfter401_endsCall(boolean async) {
    api.respond(401, "{\"errors\":[{\"title\":\"Unauthorized\"}]}");
    try (PersonaClient client = client(() -> "key")) {
      assertThatExceptionOfType(AuthenticationException.class)
          .isThrownBy(() -> approve(client, async))
          .satisfies(
              e -> {
                assertThat(e.attempts()).isEqualTo(1);
                assertThat(e.getSuppressed()).isEmpty();
                assertThat(e.errors()).hasSize(1);
              });
    }
    assertThat(api.server().getRequestCount()).isOne();
  }

  @Test
  void patch_isSentAgainAfter401() throws Exception {
    api.respond(401, "").respond(200, MockApi.INQUIRY);
    try (PersonaClient client = client(new Vault())) {
      client.inquiries().update("inq_1", (UpdateInquiryAttributes.Builder a) -> a.note("x"));
    }
    api.request();
    assertThat(authorization()).isEqualTo("Bearer key2");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void putOfAnInterface_isSentAgainAfter401_butNotAfter503(boolean async) throws Exception {
    api.respond(401, "").respond(200, "{}").respond(503, "");
    try (PersonaClient client = client(new Vault())) {
      Uploads uploads = client.api(Uploads.class);
      RequestBody body = RequestBody.create("x", MediaType.get("text/plain"));
      Runnable put =
          async
              ? () -> client.sendAsync(uploads.replace(body)).join()
              : () -> client.send(uploads.replace(body));
      put.run();
      assertThat(authorization()).isEqualTo("Bearer key1");
      assertThat(authorization()).isEqualTo("Bearer key2");
      assertThatExceptionOfType(RuntimeException.class).isThrownBy(put::run);
    }
    assertThat(api.server().getRequestCount()).isEqualTo(3);
  }

  interface Uploads {
    @POST("things")
    Call<ResponseBody> upload(@Body RequestBody body);

    @PUT("things/1")
    Call<ResponseBody> replace(@Body RequestBody body);
  }

  @Test
  void bodyThatCanBeReadOnce_isNotSentAgain() {
    api.respond(401, "");
    RequestBody once =
        new RequestBody() {
          @Override
          public MediaType contentType() {
            return MediaType.get("text/plain");
          }

          @Override
          public boolean isOneShot() {
            return true;
          }

          @Override
          public void writeTo(BufferedSink sink) throws IOException {
            sink.writeUtf8("x");
          }
        };
    Vault vault = new Vault();
    try (PersonaClient client = client(vault)) {
      assertThatExceptionOfType(AuthenticationException.class)
          .isThrownBy(() -> client.send(client.api(Uploads.class).upload(once)));
    }
    assertThat(vault.rejected).containsExactly("key1");
    assertThat(vault.asked).hasValue(1);
  }

  @Test
  void fixedKey_isNotSentAgainAfter401() {
    api.respond(401, "");

    assertThatExceptionOfType(AuthenticationException.class)
        .isThrownBy(() -> api.client().events().list());
    assertThat(api.server().getRequestCount()).isOne();
  }

  @Test
  void keyInOptions_replacesCredentials() throws Exception {
    api.respond(200, MockApi.EMPTY_PAGE);
    Vault vault = new Vault();
    try (PersonaClient client = client(vault)) {
      client.withOptions(RequestOptions.builder().apiKey("other").build()).events().list();
    }
    assertThat(authorization()).isEqualTo("Bearer other");
    assertThat(vault.asked).hasValue(0);
  }

  @Test
  void lastSetting_counts() throws Exception {
    api.respondToAll(new MockResponse.Builder().code(200).body(MockApi.EMPTY_PAGE));
    PersonaClientBuilder builder = PersonaClient.builder().baseUrl(api.url());
    try (PersonaClient supplied = builder.apiKey("key").credentials(() -> "token").build();
        PersonaClient keyed = builder.apiKey("key").build()) {
      supplied.events().list();
      keyed.events().list();
    }
    assertThat(authorization()).isEqualTo("Bearer token");
    assertThat(authorization()).isEqualTo("Bearer key");
  }

  @Test
  void operationWithoutKey_doesNotAsk() throws Exception {
    api.respond(200, "{\"relay-token\":\"r\"}");
    Vault vault = new Vault();
    try (PersonaClient client = client(vault)) {
      client.relay().generateClaim("r", "secret", "PrivateToken token=t");
    }
    assertThat(authorization()).isEqualTo("PrivateToken token=t");
    assertThat(vault.asked).hasValue(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "s3cret\n", "s3 cret", "s3cr\u00e9t"})
  void unusableToken_isNotSentAndNotShown(String token) {
    try (PersonaClient client = client(() -> token)) {
      for (Throwable failure :
          List.of(
              catchThrowable(() -> client.events().list()),
              catchThrowable(() -> client.async().events().list().get()).getCause())) {
        assertThat(failure)
            .isExactlyInstanceOf(IllegalStateException.class)
            .hasMessage("credentials: token() must return visible ASCII without spaces");
      }
    }
    assertThat(api.server().getRequestCount()).isZero();
  }

  @Test
  @SuppressWarnings("NullAway")
  void nullToken_throwsIllegalState() {
    try (PersonaClient client = client(() -> null)) {
      assertThatIllegalStateException()
          .isThrownBy(() -> client.events().list())
          .withMessage("credentials: token() returned null");
    }
  }

  @Test
  void exceptionOfSupplier_reachesCallerUnchanged() {
    IllegalArgumentException broken = new IllegalArgumentException("the vault is sealed");
    Credentials failing =
        () -> {
          throw broken;
        };
    try (PersonaClient client = client(failing)) {
      assertThat(catchThrowable(() -> client.events().list())).isSameAs(broken);
      assertThat(catchThrowable(() -> client.async().events().list().get()).getCause())
          .isSameAs(broken);
    }
    assertThat(api.server().getRequestCount()).isZero();
  }

  @Test
  void exceptionOfRejected_isIgnored() throws Exception {
    api.respond(401, "").respond(200, MockApi.EMPTY_PAGE);
    AtomicInteger asked = new AtomicInteger();
    Credentials failing =
        new Credentials() {
          @Override
          public String token() {
            return "key" + asked.incrementAndGet();
          }

          @Override
          public void rejected(String token) {
            throw new IllegalStateException("broken");
          }
        };
    try (PersonaClient client = client(failing)) {
      client.events().list();
    }
    api.request();
    assertThat(authorization()).isEqualTo("Bearer key2");
  }

  @Test
  void blockingSupplier_delaysNeitherSendAsyncNorItsDeadline() throws Exception {
    CountDownLatch open = new CountDownLatch(1);
    api.respondToAll(new MockResponse.Builder().code(200).body(MockApi.EMPTY_PAGE));
    Credentials slow =
        () -> {
          try {
            open.await();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          return "key";
        };
    try (PersonaClient client = client(slow)) {
      RequestOptions hurry = RequestOptions.builder().callTimeout(Duration.ofMillis(50)).build();
      List<CompletableFuture<?>> calls = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        calls.add(client.async().events().list()); // more than there are threads for suppliers
      }
      CompletableFuture<?> cancelled = client.async().events().list();
      CompletableFuture<?> late =
          client.async().inquiries().list(InquiriesApi.ListQuery.none(), hurry);

      assertThat(catchThrowable(() -> late.get(5, TimeUnit.SECONDS)).getCause())
          .isInstanceOfSatisfying(
              PersonaConnectionException.class, e -> assertThat(e.isTimeout()).isTrue());
      assertThat(cancelled.cancel(true)).isTrue();
      open.countDown();
      CompletableFuture.allOf(calls.toArray(new CompletableFuture<?>[0])).get(30, TimeUnit.SECONDS);
    }
    assertThat(api.server().getRequestCount()).isEqualTo(200);
  }

  @Test
  void expectedEnvironment_warnsOfSuppliedToken() {
    api.respond(200, MockApi.EMPTY_PAGE);
    List<String> warnings = new ArrayList<>();
    try (PersonaClient client =
        PersonaClient.builder()
            .credentials(() -> MockApi.KEY)
            .baseUrl(api.url())
            .expectEnvironment(Environment.PRODUCTION, warnings::add)
            .build()) {
      assertThat(warnings).isEmpty();
      client.events().list();
    }
    assertThat(warnings).hasSize(1).first().asString().doesNotContain(MockApi.KEY);
  }

  @Test
  void rateLimits_areThoseOfTheCredentials() {
    AtomicInteger asked = new AtomicInteger();
    api.respond(
        200,
        MockApi.EMPTY_PAGE,
        "RateLimit-Limit",
        "300",
        "RateLimit-Remaining",
        "299",
        "RateLimit-Reset",
        "30");
    try (PersonaClient client = client(() -> "key" + asked.incrementAndGet())) {
      client.events().list();
      assertThat(client.rateLimits().remaining()).isEqualTo(299);
    }
  }
}
