package io.github.persona4j.benchmarks;

import io.github.persona4j.PersonaClient;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import retrofit2.Call;
import retrofit2.Retrofit;
import retrofit2.converter.gson.GsonConverterFactory;
import retrofit2.http.GET;
import retrofit2.http.Path;

/**
 * Programs that make one call. They print the milliseconds from the start of {@code main} until
 * there is a client, and until there is a response, and the milliseconds of CPU time since the
 * start of the JVM. Each is a class of its own, and loads no class of the others.
 */
final class FirstCallPrograms {
  static final String EVENT_ID = "evt_2mTe8qLbDvKcXw5RzG1oYhJn";
  static final String API_KEY = "persona_sandbox_0";

  private FirstCallPrograms() {}

  private static void print(long start, long client, String response) {
    long end = System.nanoTime();
    if (!response.contains(EVENT_ID)) {
      throw new IllegalStateException("The response is not the event");
    }
    Duration cpu = ProcessHandle.current().info().totalCpuDuration().orElseThrow();
    System.out.println((client - start) / 1e6 + " " + (end - start) / 1e6 + " " + cpu.toMillis());
  }

  /** OkHttp alone: the response is a string. */
  static final class RawOkHttp {
    private RawOkHttp() {}

    public static void main(String[] arguments) throws IOException {
      long start = System.nanoTime();
      OkHttpClient http = new OkHttpClient();
      long client = System.nanoTime();
      Request request =
          new Request.Builder()
              .url(arguments[0] + "events/" + EVENT_ID)
              .header("Authorization", "Bearer " + API_KEY)
              .build();
      try (Response response = http.newCall(request).execute()) {
        print(start, client, Objects.requireNonNull(response.body()).string());
      }
      http.dispatcher().executorService().shutdown();
      http.connectionPool().evictAll();
    }
  }

  /** Our client. */
  static final class Ours {
    private Ours() {}

    public static void main(String[] arguments) {
      long start = System.nanoTime();
      PersonaClient persona = PersonaClient.builder().apiKey(API_KEY).baseUrl(arguments[0]).build();
      long client = System.nanoTime();
      print(start, client, persona.events().retrieve(EVENT_ID).data().id());
      persona.close();
    }
  }

  /** Retrofit with converter-gson and POJOs. */
  static final class RetrofitWithGson {
    private RetrofitWithGson() {}

    interface Api {
      @GET("events/{id}")
      Call<PojoEvent.Response> retrieve(@Path("id") String id);
    }

    static Api api(OkHttpClient http, String url) {
      return new Retrofit.Builder()
          .baseUrl(url)
          .client(http)
          .addConverterFactory(GsonConverterFactory.create())
          .build()
          .create(Api.class);
    }

    public static void main(String[] arguments) throws IOException {
      long start = System.nanoTime();
      OkHttpClient http = new OkHttpClient();
      Api api = api(http, arguments[0]);
      long client = System.nanoTime();
      print(start, client, Objects.requireNonNull(api.retrieve(EVENT_ID).execute().body()).data.id);
      http.dispatcher().executorService().shutdown();
      http.connectionPool().evictAll();
    }
  }
}
