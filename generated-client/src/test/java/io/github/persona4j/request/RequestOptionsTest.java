package io.github.persona4j.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Options of one call, and how they are combined with those of all calls. */
class RequestOptionsTest {
  @Test
  void optionsOfTheCall_overrideDefaults_andHeadersAreCombined() {
    RequestOptions defaults =
        RequestOptions.builder()
            .header("X-Team", "a")
            .header("X-Trace", "default")
            .apiVersion("2023-01-05")
            .readTimeout(Duration.ofSeconds(5))
            .maxRetries(7)
            .build();
    RequestOptions call =
        RequestOptions.builder()
            .header("x-trace", "call")
            .idempotencyKey("k")
            .maxRetries(0)
            .callTimeout(Duration.ofSeconds(9))
            .build();

    RequestOptions joined = call.withDefaults(defaults);

    assertThat(joined.headers())
        .hasSize(2)
        .containsEntry("X-Team", "a")
        .containsEntry("x-trace", "call");
    assertThat(joined.apiVersion()).isEqualTo("2023-01-05");
    assertThat(joined.readTimeout()).isEqualTo(Duration.ofSeconds(5));
    assertThat(joined.callTimeout()).isEqualTo(Duration.ofSeconds(9));
    assertThat(joined.maxRetries()).isZero();
    assertThat(joined.idempotencyKey()).isEqualTo("k");
    assertThat(defaults.maxRetries()).isEqualTo(7);
  }

  @Test
  void noOptions_changeNothing() {
    RequestOptions some = RequestOptions.builder().maxRetries(1).build();

    assertThat(RequestOptions.none().withDefaults(some)).isSameAs(some);
    assertThat(some.withDefaults(RequestOptions.none())).isSameAs(some);
  }

  @Test
  void toBuilder_copies() {
    RequestOptions one =
        RequestOptions.builder()
            .connectTimeout(Duration.ofSeconds(1))
            .writeTimeout(Duration.ofSeconds(2))
            .apiKey("other")
            .build();

    RequestOptions two = one.toBuilder().header("X-A", "b").build();

    assertThat(one.headers()).isEmpty();
    assertThat(two.connectTimeout()).isEqualTo(Duration.ofSeconds(1));
    assertThat(two.writeTimeout()).isEqualTo(Duration.ofSeconds(2));
    assertThat(two.apiKey()).isEqualTo("other");
  }

  @Test
  void options_areImmutable() {
    RequestOptions.Builder builder = RequestOptions.builder().header("X-A", "1").maxRetries(1);
    RequestOptions options = builder.build();

    builder.header("X-A", "2").header("X-B", "2").maxRetries(2).apiKey("other");
    options.toBuilder().header("X-C", "3").build();

    assertThat(options.headers()).hasSize(1).containsEntry("X-A", "1");
    assertThat(options.maxRetries()).isEqualTo(1);
    assertThat(options.apiKey()).isNull();
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> options.headers().put("X-B", "2"));
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> options.headers().clear());
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT-1S", "PT0.0005S", "P25D"})
  void timeouts_outOfRange_areRejectedByName(String text) {
    Duration timeout = Duration.parse(text);
    RequestOptions.Builder builder = RequestOptions.builder();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.callTimeout(timeout))
        .withMessage("callTimeout must be from 1 ms to 24 days");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.connectTimeout(timeout))
        .withMessageStartingWith("connectTimeout");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.readTimeout(timeout))
        .withMessageStartingWith("readTimeout");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.writeTimeout(timeout))
        .withMessageStartingWith("writeTimeout");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 21, Integer.MAX_VALUE})
  void maxRetries_outOfRange_isRejected(int number) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RequestOptions.builder().maxRetries(number))
        .withMessage("maxRetries must be from 0 to 20");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "s3c ret", "s3cret\n", "s3crét"})
  void apiKey_thatIsNotAHeaderValue_isRejectedWithoutShowingIt(String key) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RequestOptions.builder().apiKey(key))
        .withMessageStartingWith("apiKey must")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("s3c"));
  }

  /** A line break would start another header. */
  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\t", "s3cret\r\nX-B: 2", "s3c\0ret", "s3c\u007fret", "s3crét"})
  void stringsThatAreNotHeaderValues_areRejectedWithoutShowingThem(String text) {
    RequestOptions.Builder builder = RequestOptions.builder();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.idempotencyKey(text))
        .withMessageStartingWith("idempotencyKey must")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("s3c"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.header("X-A", text))
        .withMessageStartingWith("value must")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("s3c"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.header(text, "1"))
        .withMessageStartingWith("name must");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"X A", " X-A", "X-A ", "X-A:", ":path", "X(A)", "X/A", "X=A", "\"X\"", "X,A"})
  void headerNames_thatAreNotTokens_areRejected(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RequestOptions.builder().header(name, "1"))
        .withMessageStartingWith("name must");
  }

  @Test
  void headerNames_mayHaveEveryCharacterOfAToken() {
    String name = "!#$%&'*+-.^_`|~0aZ";

    assertThat(RequestOptions.builder().header(name, "1").build().headers()).containsKey(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "latest",
        "2025-12-8",
        "2025-12-081",
        "2025/12/08",
        "2025-12-0x",
        "2025-12-08\n"
      })
  void apiVersion_thatIsNotADate_isRejected(String version) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RequestOptions.builder().apiVersion(version))
        .withMessage("apiVersion must be a date in the format YYYY-MM-DD");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Authorization",
        "idempotency-key",
        "Persona-Version",
        "Key-Inflection",
        "Content-Type",
        "Accept-Encoding"
      })
  void managedHeaders_areRejected(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RequestOptions.builder().header(name, "x"))
        .withMessageContaining("the client sets");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Connection",
        "Content-Length",
        "expect",
        "Host",
        "HTTP2-Settings",
        "Keep-Alive",
        "Proxy-Connection",
        "Te",
        "TRAILER",
        "Transfer-Encoding",
        "Upgrade"
      })
  void headersOfTheConnection_areRejected(String name) {
    for (String value : new String[] {"100-continue", "close", "0"}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> RequestOptions.builder().header(name, value))
          .withMessage(
              "name: " + name + " governs the connection, which the client sets up itself");
    }
  }

  @Test
  void contentEncoding_isRefused_sinceBodiesAreSentUnencoded() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RequestOptions.builder().header("content-Encoding", "gzip"))
        .withMessage("name: content-Encoding is not sent, since the client sends bodies unencoded");
  }

  @Test
  @SuppressWarnings("NullAway") // on purpose
  void nulls_areRejectedByName() {
    assertThatNullPointerException()
        .isThrownBy(() -> RequestOptions.builder().callTimeout(null))
        .withMessage("callTimeout");
    assertThatNullPointerException()
        .isThrownBy(() -> RequestOptions.builder().apiKey(null))
        .withMessage("apiKey");
    assertThatNullPointerException()
        .isThrownBy(() -> RequestOptions.builder().idempotencyKey(null))
        .withMessage("idempotencyKey");
    assertThatNullPointerException()
        .isThrownBy(() -> RequestOptions.builder().header(null, "1"))
        .withMessage("name");
    assertThatNullPointerException()
        .isThrownBy(() -> RequestOptions.builder().header("X-A", null))
        .withMessage("value");
  }

  @Test
  void toString_showsNoSecrets() {
    RequestOptions options =
        RequestOptions.builder()
            .apiKey("s3cret")
            .idempotencyKey("s3cret")
            .header("X-Person", "s3cret")
            .maxRetries(2)
            .build();

    assertThat(options.toString())
        .isEqualTo(
            "RequestOptions{idempotencyKey=set, headers=[X-Person], apiKey=set, maxRetries=2}");
  }
}
