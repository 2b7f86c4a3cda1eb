package io.github.persona4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.persona4j.model.EventPage;
import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import retrofit2.Call;
import retrofit2.Callback;
import retrofit2.Response;

/** Resources that remain after clients are closed or unreachable. */
class LeakTest {
  private RawServer server;

  @BeforeEach
  void start() throws Exception {
    String response =
        "HTTP/1.1 200 OK\r\nContent-Length: "
            + MockApi.EMPTY_PAGE.length()
            + "\r\n\r\n"
            + MockApi.EMPTY_PAGE;
    server = new RawServer((request, socket) -> RawServer.write(socket, response));
    // The first client loads classes and starts threads that remain.
    try (PersonaClient first = client()) {
      first.events().list();
      enqueue(first);
    }
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private PersonaClient client() {
    return PersonaClient.builder().apiKey("k").baseUrl(server.origin() + "/api/v1").build();
  }

  private static void enqueue(PersonaClient client) throws Exception {
    CompletableFuture<Integer> done = new CompletableFuture<>();
    MockApi.listEvents(client)
        .enqueue(
            new Callback<EventPage>() {
              @Override
              public void onResponse(Call<EventPage> call, Response<EventPage> response) {
                done.complete(response.code());
              }

              @Override
              public void onFailure(Call<EventPage> call, Throwable failure) {
                done.completeExceptionally(failure);
              }
            });
    assertThat(done.get(5, TimeUnit.SECONDS)).isEqualTo(200);
  }

  @Test
  void thousandClosedClients_leaveNoResources() throws Exception {
    List<Reference<PersonaClient>> clients = new ArrayList<>();
    List<Reference<Object>> parts = new ArrayList<>();
    awaitTrue(() -> server.connections() == 0);
    Set<Thread> before = threads();
    long sharedBefore = sharedThreads();
    for (int i = 0; i < 1000; i++) {
      // One blocking call each; every tenth client also makes an async call.
      try (PersonaClient client = client()) {
        client.events().list();
        if (i % 10 == 0) {
          enqueue(client);
        }
        clients.add(new WeakReference<>(client));
        parts.add(new WeakReference<>(client.http()));
        parts.add(new WeakReference<>(client.http().connectionPool()));
      }
    }

    assertThat(server.requests()).hasSizeGreaterThanOrEqualTo(1100);
    awaitTrue(() -> server.connections() == 0);
    awaitTrue(() -> before.containsAll(threads()));
    assertThat(server.connections()).as("open sockets").isZero();
    assertThat(threads()).as("threads").isSubsetOf(before);
    assertThat(sharedThreads()).as("shared threads").isLessThan(Math.max(100, sharedBefore + 1));

    awaitTrue(() -> remaining(clients) == 0 && areCollected(parts));
    assertThat(remaining(clients)).as("clients in memory").isZero();
    assertThat(remaining(parts)).as("OkHttp clients and pools in memory").isZero();
  }

  // A thread that all OkHttp clients share may reference its last task until it runs another.
  private boolean areCollected(List<Reference<Object>> parts) {
    if (remaining(parts) > 0) {
      try (PersonaClient another = client()) {
        another.events().list();
      }
    }
    return remaining(parts) == 0;
  }

  // Their connections stay open until they were idle for five minutes, the default of OkHttp.
  @Test
  void unclosedClients_areGarbageCollected() throws Exception {
    List<Reference<PersonaClient>> clients = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      PersonaClient client = client();
      client.events().list();
      clients.add(new WeakReference<>(client));
    }

    awaitTrue(() -> remaining(clients) == 0);
    assertThat(remaining(clients)).isZero();
  }

  private static <T> long remaining(List<Reference<T>> objects) {
    return objects.stream().filter(object -> object.get() != null).count();
  }

  // The threads except those of the server and those that all clients share.
  private static Set<Thread> threads() {
    Set<Thread> threads = new HashSet<>(Thread.getAllStackTraces().keySet());
    threads.removeIf(thread -> thread.getName().equals("raw server") || isShared(thread));
    return threads;
  }

  // Threads that all OkHttp clients and the JDK share. Their number is that of concurrent tasks,
  // and they live for a minute. Some may be from earlier tests.
  private static long sharedThreads() {
    return Thread.getAllStackTraces().keySet().stream().filter(LeakTest::isShared).count();
  }

  // OkHttp names its threads after their last task.
  private static boolean isShared(Thread thread) {
    String name = thread.getName();
    return (name.startsWith("OkHttp ") && !ClientThreads.runsCalls(name))
        || name.equals("Okio Watchdog")
        || name.equals("CompletableFutureDelayScheduler");
  }

  private static void awaitTrue(BooleanSupplier condition) throws InterruptedException {
    for (int i = 0; i < 600 && !condition.getAsBoolean(); i++) {
      ManagementFactory.getMemoryMXBean().gc();
      Thread.sleep(50);
    }
  }
}
