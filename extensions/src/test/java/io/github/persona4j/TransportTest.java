package io.github.persona4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.persona4j.request.RequestOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import okhttp3.ResponseBody;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Creation and release of the OkHttpClient of a client. */
class TransportTest {
  private static final String STORE = "javax.net.ssl.trustStore";

  private MockApi api;

  @BeforeEach
  void start() throws IOException {
    api = new MockApi();
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void unreadableTrustStore_isReportedByBuild(@TempDir Path folder) throws IOException {
    Path broken = Files.writeString(folder.resolve("store"), "no key store");
    String before = System.getProperty(STORE);
    System.setProperty(STORE, broken.toString());
    try {
      assertThatIllegalStateException()
          .isThrownBy(() -> api.builder().build())
          .withMessage("OkHttp cannot be set up on this machine");
    } finally {
      if (before == null) {
        System.clearProperty(STORE);
      } else {
        System.setProperty(STORE, before);
      }
    }
    assertThat(api.server().getRequestCount()).isZero();
  }

  @Test
  void close_whileReadingBody_closesConnection() throws Exception {
    api.respond(200, "x".repeat(500_000), "Content-Type", "application/pdf");
    PersonaClient client = api.builder().build();
    ConnectionPool connections = client.http().connectionPool();
    ResponseBody print =
        client.send(client.inquiries().api().print("inq_1", RequestOptions.none())).body();
    InputStream bytes = print.byteStream();
    assertThat(bytes.read()).isEqualTo('x');

    client.close();
    assertThatIOException()
        .isThrownBy(bytes::readAllBytes)
        .withMessage("This PersonaClient is closed");
    print.close();

    assertThat(connections.connectionCount()).isZero();
  }

  @Test
  void clientsOfOneHttpClient_shareConnections() {
    OkHttpClient http = new OkHttpClient();
    api.respond(200, MockApi.EMPTY_PAGE).respond(200, MockApi.EMPTY_PAGE);
    for (int i = 0; i < 2; i++) {
      try (PersonaClient client = api.builder().httpClient(http).build()) {
        client.events().list();
      }
    }

    assertThat(http.connectionPool().connectionCount()).isEqualTo(1);
    http.connectionPool().evictAll();
    http.dispatcher().executorService().shutdown();
  }
}
