package io.github.persona4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.persona4j.error.PersonaConnectionException;
import io.github.persona4j.error.ServerException;
import io.github.persona4j.internal.retry.TestTimeSource;
import io.github.persona4j.model.UpdateInquiryAttributes;
import io.github.persona4j.model.UpdateInquiryData;
import io.github.persona4j.model.UpdateInquiryRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.UnknownServiceException;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.net.SocketFactory;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the client prevents: automatic retries of OkHttp, and plain HTTP to other machines. */
class OkHttpDefaultsTest {
  private final TestTimeSource time = new TestTimeSource();
  private MockApi api;

  @BeforeEach
  void start() throws IOException {
    api = new MockApi();
  }

  @AfterEach
  void stop() {
    api.close();
  }

  static Stream<Arguments> retryAfterAndCalls() {
    List<Consumer<PersonaClient>> calls =
        List.of(
            client -> client.inquiries().retrieve("inq_1"),
            client -> client.inquiries().create(MockApi.NEW_INQUIRY),
            client -> client.inquiries().update("inq_1", change()));
    return Stream.of("0", "00", "1", "2147483648", "99999999999999999999")
        .flatMap(retryAfter -> calls.stream().map(call -> Arguments.of(retryAfter, call)));
  }

  private static UpdateInquiryRequest change() {
    return UpdateInquiryRequest.builder()
        .data(
            UpdateInquiryData.builder()
                .attributes(UpdateInquiryAttributes.builder().note("n").build())
                .build())
        .build();
  }

  @ParameterizedTest
  @MethodSource("retryAfterAndCalls")
  void status503_withRetryAfter_isNotRetriedByOkHttp(
      String retryAfter, Consumer<PersonaClient> call) {
    api.respond(503, "", "Retry-After", retryAfter).respond(200, MockApi.INQUIRY);

    assertThatExceptionOfType(ServerException.class)
        .isThrownBy(() -> call.accept(api.client()))
        .satisfies(e -> assertThat(e.attempts()).isEqualTo(1));

    assertThat(api.server().getRequestCount()).isEqualTo(1);
  }

  @Test
  void status503_withVeryLongRetryAfter_isNotAwaited() {
    api.respond(503, "", "Retry-After", "99999999999999999999");

    try (PersonaClient client =
        api.builder().time(time).retryPolicy(RetryPolicy.standard()).build()) {
      assertThatExceptionOfType(ServerException.class).isThrownBy(() -> client.events().list());
    }

    assertThat(time.pauses()).isEmpty();
  }

  /** Connects to this machine, whatever the address. */
  private static final class LoopbackSocketFactory extends SocketFactory {
    @Override
    public Socket createSocket() {
      return new Socket() {
        @Override
        public void connect(SocketAddress address, int timeout) throws IOException {
          int port = ((InetSocketAddress) address).getPort();
          super.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), timeout);
        }
      };
    }

    @Override
    public Socket createSocket(String host, int port) {
      return createSocket();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) {
      return createSocket();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
      return createSocket();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
      return createSocket();
    }
  }

  @Test
  void plainHttpToLocalhostAtRemoteAddress_sendsNothing() throws IOException {
    InetAddress remoteAddress =
        InetAddress.getByAddress("localhost", new byte[] {(byte) 192, 0, 2, 1});
    OkHttpClient http =
        new OkHttpClient.Builder()
            .dns(host -> List.of(remoteAddress))
            .socketFactory(new LoopbackSocketFactory())
            .build();

    try (PersonaClient client =
        api.builder()
            .baseUrl("http://localhost:" + api.server().getPort() + "/api/v1")
            .httpClient(http)
            .time(time)
            .retryPolicy(RetryPolicy.standard())
            .build()) {
      assertThatExceptionOfType(PersonaConnectionException.class)
          .isThrownBy(() -> client.events().list())
          .withCauseInstanceOf(UnknownServiceException.class)
          .satisfies(e -> assertThat(e.attempts()).isEqualTo(1));
    }

    assertThat(api.server().getRequestCount()).isZero();
  }
}
