package io.github.persona4j.benchmarks;

import io.github.persona4j.PersonaClient;
import java.io.IOException;
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
 * Programs that make one call, and print how long its phases took, see {@link PhaseTimer}. Each is
 * a class of its own, and loads no class of the others.
 */
final class FirstCallPrograms {
  static final String EVENT_ID = "evt_2mTe8qLbDvKcXw5RzG1oYhJn";
  static final String API_KEY = "persona_sandbox_0";

  private FirstCallPrograms() {}

  private static void print(PhaseTimer timer, String response) {
    String phases = timer.responseRead();
    if (!response.contains(EVENT_ID)) {
      throw new IllegalStateException("The response is not the event");
    }
    System.out.println(phases);
  }

  /** OkHttp alone: the response is a string. */
  static final class RawOkHttp {
    private RawOkHttp() {}

    public static void main(String[] arguments) throws IOException {
      PhaseTimer timer = PhaseTimer.start();
      OkHttpClient http = new OkHttpClient.Builder().addInterceptor(timer).build();
      timer.clientCreated();
      Request request =
          new Request.Builder()
              .url(arguments[0] + "events/" + EVENT_ID)
              .header("Authorization", "Bearer " + API_KEY)
              .build();
      try (Response response = http.newCall(request).execute()) {
        print(timer, Objects.requireNonNull(response.body()).string());
      }
      http.dispatcher().executorService().shutdown();
      http.connectionPool().evictAll();
    }
  }

  /** Our client. */
  static final class Ours {
    private Ours() {}

    public static void main(String[] arguments) {
      PhaseTimer timer = PhaseTimer.start();
      PersonaClient persona =
          PersonaClient.builder()
              .apiKey(API_KEY)
              .baseUrl(arguments[0])
              .addInterceptor(timer)
              .build();
      timer.clientCreated();
      print(timer, persona.events().retrieve(EVENT_ID).data().id());
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
      PhaseTimer timer = PhaseTimer.start();
      OkHttpClient http = new OkHttpClient.Builder().addInterceptor(timer).build();
      Api api = api(http, arguments[0]);
      timer.clientCreated();
      print(timer, Objects.requireNonNull(api.retrieve(EVENT_ID).execute().body()).data.id);
      http.dispatcher().executorService().shutdown();
      http.connectionPool().evictAll();
    }
  }
}
