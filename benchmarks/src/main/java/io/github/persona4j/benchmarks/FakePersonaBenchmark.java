package io.github.persona4j.benchmarks;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import okhttp3.ConnectionPool;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * The first start of a fake, and a fake with 512 MB of heap and 100,000 accounts that is called
 * from 16 threads of another process; prints two tables.
 */
public final class FakePersonaBenchmark {
  private static final String KEY = "persona_sandbox_benchmark";
  private static final int THREADS = 16;
  private static final MediaType JSON = MediaType.get("application/json");

  private final Instant begin = Instant.now();
  private final String url;
  private final OkHttpClient client =
      new OkHttpClient.Builder()
          .connectionPool(new ConnectionPool(THREADS, 1, TimeUnit.MINUTES))
          .build();

  private FakePersonaBenchmark(String url) {
    this.url = url;
  }

  /**
   * Runs the benchmark.
   *
   * @param arguments the number of rounds of the first start, and the number of accounts
   */
  public static void main(String[] arguments) throws Exception {
    start(Integer.parseInt(arguments[0]));
    int accounts = Integer.parseInt(arguments[1]);
    try (ServerProcess server =
        ServerProcess.start(FakePersonaPrograms.Server.class, List.of("-Xmx512m"), KEY)) {
      new FakePersonaBenchmark(server.url("http")).serve(accounts);
    }
  }

  private static void start(int rounds) throws Exception {
    JavaProgram program =
        new JavaProgram("FakePersona", List.of(), FakePersonaPrograms.Start.class, List.of());
    Rounds<JavaProgram> results = Rounds.run(List.of(program), rounds, JavaProgram::run);
    System.out.println("| first start, ms | second start, ms |");
    System.out.println("|---:|---:|");
    System.out.printf(
        Locale.ROOT, "| %.0f | %.1f |%n%n", results.median(program, 0), results.median(program, 1));
  }

  private void serve(int accounts) throws Exception {
    System.out.println("| 16 threads, 512 MB | requests | requests/s |");
    System.out.println("|---|---:|---:|");
    measure("create an account, the first 10,000", 10_000, this::create);
    measure("create an account, the others", accounts - 10_000, i -> create(i + 10_000));
    String id = id(send(create(accounts)));
    measure("retrieve an account", 50_000, i -> get("accounts/" + id));
    measure(
        "list the accounts of a reference ID",
        5_000,
        i -> get("accounts?filter[reference-id]=user-" + i));
    measure("list 100 accounts", 1_000, i -> get("accounts?page[size]=100"));
    measure("search by time", 100, this::search);
  }

  private Request create(int i) {
    String attributes = "\"reference-id\":\"user-" + i + "\",\"country-code\":\"US\"";
    return post("accounts", "{\"data\":{\"attributes\":{" + attributes + "}}}");
  }

  private Request search(int i) {
    String time = "\"attribute\":\"created_at\",\"operator\":\"gte\",\"value\":\"" + begin + "\"";
    return post("accounts/search", "{\"query\":{" + time + "}}");
  }

  private Request get(String path) {
    return request(path).build();
  }

  private Request post(String path, String json) {
    return request(path).post(RequestBody.create(json, JSON)).build();
  }

  private Request.Builder request(String path) {
    return new Request.Builder().url(url + path).header("Authorization", "Bearer " + KEY);
  }

  private void measure(String name, int requests, IntFunction<Request> request) throws Exception {
    AtomicInteger next = new AtomicInteger();
    Callable<Void> caller =
        () -> {
          for (int i = next.getAndIncrement(); i < requests; i = next.getAndIncrement()) {
            if (send(request.apply(i)).isEmpty()) {
              throw new IOException("The response is empty");
            }
          }
          return null;
        };
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Callable<Void>> callers = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        callers.add(caller);
      }
      long begin = System.nanoTime();
      for (Future<Void> future : threads.invokeAll(callers)) {
        future.get();
      }
      double seconds = (System.nanoTime() - begin) / 1e9;
      System.out.printf(Locale.ROOT, "| %s | %d | %.0f |%n", name, requests, requests / seconds);
    } catch (ExecutionException e) {
      throw new IOException(name + " failed", e);
    } finally {
      threads.shutdown();
    }
  }

  private String send(Request request) throws IOException {
    try (Response response = client.newCall(request).execute()) {
      String body = response.body().string();
      if (!response.isSuccessful()) {
        throw new IOException(request.url().encodedPath() + " returned " + response.code());
      }
      return body;
    }
  }

  private static String id(String response) {
    return JsonParser.parseString(response)
        .getAsJsonObject()
        .getAsJsonObject("data")
        .get("id")
        .getAsString();
  }
}
