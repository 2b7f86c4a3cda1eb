package io.github.persona4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.persona4j.api.EventsApi;
import io.github.persona4j.json.JsonValue;
import io.github.persona4j.model.EventPage;
import io.github.persona4j.request.RequestOptions;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import okhttp3.ResponseBody;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import retrofit2.Call;
import retrofit2.Callback;
import retrofit2.Response;
import retrofit2.http.GET;
import retrofit2.http.Path;

/**
 * An application that is unloaded, as in an application server: after it has closed its client,
 * nothing references its class loader.
 */
class UnloadedApplicationTest {
  private final AtomicInteger requests = new AtomicInteger();
  private MockApi api;

  @BeforeEach
  void start() throws IOException {
    api = new MockApi();
    api.server()
        .setDispatcher(
            new Dispatcher() {
              @Override
              public MockResponse dispatch(RecordedRequest request) {
                if (requests.getAndIncrement() == 0) {
                  return new MockResponse.Builder().code(503).build(); // so that a retry follows
                }
                return new MockResponse.Builder().body(MockApi.EMPTY_PAGE).build();
              }
            });
  }

  @AfterEach
  void stop() {
    api.close();
  }

  /** Loads some classes itself instead of by its parent. */
  private static final class ApplicationLoader extends ClassLoader {
    private final String prefix;

    ApplicationLoader(String prefix) {
      super(UnloadedApplicationTest.class.getClassLoader());
      this.prefix = prefix;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      synchronized (getClassLoadingLock(name)) {
        if (!name.startsWith(prefix)) {
          return super.loadClass(name, resolve);
        }
        Class<?> known = findLoadedClass(name);
        return known == null ? findClass(name) : known;
      }
    }

    // Uses the protection domain of the test: until Java 24 a thread references the domains of its
    // creator, and the threads that all OkHttp clients share live for a minute.
    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      try (InputStream file = getResourceAsStream(name.replace('.', '/') + ".class")) {
        if (file == null) {
          throw new ClassNotFoundException(name);
        }
        byte[] bytes = file.readAllBytes();
        return defineClass(
            name, bytes, 0, bytes.length, UnloadedApplicationTest.class.getProtectionDomain());
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }

  /** An interface of the application. */
  interface CustomApi {
    @GET("things/{thing-id}")
    Call<ResponseBody> thing(@Path("thing-id") String thing);

    @GET("things")
    Call<JsonValue> things();
  }

  /** Makes all types of calls; the argument is the URL of the API. */
  static final class Application implements Consumer<String> {
    @Override
    public void accept(String url) {
      RetryPolicy policy = RetryPolicy.builder().initialDelay(Duration.ofMillis(1)).build();
      try (PersonaClient client =
          PersonaClient.builder().apiKey("k").baseUrl(url).retryPolicy(policy).build()) {
        client.events().list();
        client.events().list(EventsApi.ListQuery.builder().pageSize(5).build());
        client.events().listAll().forEach(event -> {});
        client.events().listAll().prefetch().forEach(event -> {});
        EventsApi events = client.api(EventsApi.class);
        Call<EventPage> call = events.list(EventsApi.ListQuery.none(), RequestOptions.none());
        client.send(call);
        client.sendAsync(call.clone()).join();
        enqueue(call.clone());
        enqueue(client.api(CustomApi.class).thing("a"));
        client.send(client.api(CustomApi.class).things()); // over a reused connection
        for (Method overload : EventsApi.class.getMethods()) {
          if (overload.getName().equals("list")) {
            enqueue(call(events, overload));
          }
        }
      }
    }

    // Any overload; default methods are the relevant case.
    private static Call<?> call(EventsApi events, Method overload) {
      Object[] arguments =
          Arrays.stream(overload.getParameterTypes())
              .map(
                  type ->
                      type == RequestOptions.class
                          ? RequestOptions.none()
                          : EventsApi.ListQuery.none())
              .toArray();
      try {
        return (Call<?>) Objects.requireNonNull(overload.invoke(events, arguments));
      } catch (ReflectiveOperationException e) {
        throw new LinkageError(overload.toString(), e);
      }
    }

    private static <T> void enqueue(Call<T> call) {
      CompletableFuture<Integer> done = new CompletableFuture<>();
      call.enqueue(
          new Callback<T>() {
            @Override
            public void onResponse(Call<T> unused, Response<T> response) {
              done.complete(response.code());
              if (response.body() instanceof ResponseBody body) {
                body.close();
              }
            }

            @Override
            public void onFailure(Call<T> unused, Throwable failure) {
              done.completeExceptionally(failure);
            }
          });
      try {
        int unused = done.get(10, TimeUnit.SECONDS);
      } catch (InterruptedException | ExecutionException | TimeoutException e) {
        throw new IllegalStateException("the call failed", e);
      }
    }
  }

  @Test
  void applicationIncludingClient_isCollected() throws Exception {
    assertCollected("io.github.persona4j.");
  }

  /** Several applications share the classes of the client, as a library of their server. */
  @Test
  void applicationSharingClient_isCollected() throws Exception {
    assertCollected(UnloadedApplicationTest.class.getName() + "$");
  }

  private void assertCollected(String prefix) throws Exception {
    WeakReference<ClassLoader> loader = run(prefix);
    assertThat(api.server().getRequestCount()).isGreaterThan(7);

    // A thread that all OkHttp clients share may reference its last task for a while.
    for (int i = 0; i < 150 && loader.get() != null; i++) {
      ManagementFactory.getMemoryMXBean().gc();
      Thread.sleep(200);
    }
    assertThat(loader.get()).as("class loader of the application").isNull();
  }

  // A separate method, so that no local variable references the application.
  private WeakReference<ClassLoader> run(String prefix) throws Exception {
    ApplicationLoader loader = new ApplicationLoader(prefix);
    Class<?> application = loader.loadClass(Application.class.getName());
    assertThat(application).isNotEqualTo(Application.class);
    Constructor<?> constructor = application.getDeclaredConstructor();
    constructor.setAccessible(true);
    @SuppressWarnings("unchecked") // Application implements it
    Consumer<String> instance = (Consumer<String>) constructor.newInstance();
    instance.accept(api.url());
    return new WeakReference<>(loader);
  }
}
