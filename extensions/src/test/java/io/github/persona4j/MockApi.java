package io.github.persona4j;

import io.github.persona4j.api.EventsApi;
import io.github.persona4j.model.CreateInquiryAttributes;
import io.github.persona4j.model.CreateInquiryData;
import io.github.persona4j.model.CreateInquiryRequest;
import io.github.persona4j.model.EventPage;
import io.github.persona4j.request.RequestOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ServerSocketFactory;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.jspecify.annotations.Nullable;
import retrofit2.Call;
import retrofit2.Callback;
import retrofit2.Response;

/** A scripted API on a real socket, and a client for it. */
public final class MockApi implements AutoCloseable {
  public static final String KEY = "persona_sandbox_0b5c-not-a-real-key";
  public static final String EMPTY_PAGE = "{\"data\":[],\"links\":{\"prev\":null,\"next\":null}}";
  public static final String INQUIRY =
      "{\"data\":{\"type\":\"inquiry\",\"id\":\"inq_1\",\"attributes\":{\"status\":\"created\"}}}";

  /** The minimal request for a new inquiry. */
  public static final CreateInquiryRequest NEW_INQUIRY =
      CreateInquiryRequest.builder()
          .data(
              CreateInquiryData.builder()
                  .attributes(
                      CreateInquiryAttributes.builder().inquiryTemplateId("itmpl_1").build())
                  .build())
          .build();

  private final MockWebServer server = new MockWebServer();
  private final PersonaClient client;

  public MockApi() throws IOException {
    server.setServerSocketFactory(new NoDelayServerSocketFactory());
    server.start();
    client = builder().build();
  }

  /** A builder for further clients of this server, without retries by default. */
  public PersonaClientBuilder builder() {
    return PersonaClient.builder().apiKey(KEY).baseUrl(url()).retryPolicy(RetryPolicy.none());
  }

  public String url() {
    return "http://127.0.0.1:" + server.getPort() + "/api/v1";
  }

  public PersonaClient client() {
    return client;
  }

  public MockWebServer server() {
    return server;
  }

  /** Queues a response; headers are alternating names and values. */
  public MockApi respond(int status, String body, String... headers) {
    MockResponse.Builder response = new MockResponse.Builder().code(status).body(body);
    for (int i = 0; i < headers.length; i += 2) {
      response.addHeader(headers[i], headers[i + 1]);
    }
    return respond(response);
  }

  public MockApi respond(MockResponse.Builder response) {
    server.enqueue(response.build());
    return this;
  }

  /** Responds to every request alike, instead of with queued responses. */
  public MockApi respondToAll(MockResponse.Builder response) {
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            return response.build();
          }
        });
    return this;
  }

  /** The Retrofit call that lists events, without query and options. */
  public static Call<EventPage> listEvents(PersonaClient client) {
    return client.events().api().list(EventsApi.ListQuery.none(), RequestOptions.none());
  }

  /** The failure that the callback of an enqueued call gets. */
  public static <T> Throwable callbackFailure(Call<T> call) throws Exception {
    CompletableFuture<Throwable> failed = new CompletableFuture<>();
    call.enqueue(
        new Callback<T>() {
          @Override
          public void onResponse(Call<T> unused, Response<T> response) {
            failed.completeExceptionally(new AssertionError(response));
          }

          @Override
          public void onFailure(Call<T> unused, Throwable failure) {
            failed.complete(failure);
          }
        });
    return failed.get(5, TimeUnit.SECONDS);
  }

  /** The next request that arrived. */
  public RecordedRequest request() throws InterruptedException {
    RecordedRequest request = server.takeRequest(5, TimeUnit.SECONDS);
    if (request == null) {
      throw new AssertionError("no request arrived");
    }
    return request;
  }

  @Override
  public void close() {
    client.close();
    server.close();
  }

  /**
   * Sockets without Nagle's algorithm. With it each response waits about 40 ms for the
   * acknowledgement of its headers.
   */
  private static final class NoDelayServerSocketFactory extends ServerSocketFactory {
    @Override
    public ServerSocket createServerSocket() throws IOException {
      return new ServerSocket() {
        @Override
        public Socket accept() throws IOException {
          Socket socket = super.accept();
          socket.setTcpNoDelay(true);
          return socket;
        }
      };
    }

    @Override
    public ServerSocket createServerSocket(int port) throws IOException {
      return createServerSocket(port, 50, null);
    }

    @Override
    public ServerSocket createServerSocket(int port, int backlog) throws IOException {
      return createServerSocket(port, backlog, null);
    }

    @Override
    public ServerSocket createServerSocket(int port, int backlog, @Nullable InetAddress address)
        throws IOException {
      ServerSocket socket = createServerSocket();
      socket.bind(new InetSocketAddress(address, port), backlog);
      return socket;
    }
  }
}
