package io.github.persona4j.request;

import io.github.persona4j.mini.model.ModelTypes;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import retrofit2.Retrofit;

/** A mock server of the mini API, and a plain Retrofit client of it. */
final class MiniServer implements AutoCloseable {
  private final MockWebServer server = new MockWebServer();
  private final Retrofit retrofit;

  MiniServer() throws IOException {
    server.start();
    retrofit =
        new Retrofit.Builder()
            .baseUrl(server.url("/api/v1/"))
            .addConverterFactory(JsonConverterFactory.create(ModelTypes.ALL))
            .build();
  }

  <T> T api(Class<T> type) {
    return retrofit.create(type);
  }

  MiniServer respond(String body) {
    return respond(new MockResponse.Builder().body(body).build());
  }

  MiniServer respond(MockResponse response) {
    server.enqueue(response);
    return this;
  }

  RecordedRequest takeRequest() throws InterruptedException {
    return Objects.requireNonNull(server.takeRequest(5, TimeUnit.SECONDS), "no request arrived");
  }

  /** Responds to every request with 404. */
  void respondNotFound() {
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            return new MockResponse.Builder().code(404).build();
          }
        });
  }

  int requestCount() {
    return server.getRequestCount();
  }

  @Override
  public void close() {
    server.close();
  }
}
