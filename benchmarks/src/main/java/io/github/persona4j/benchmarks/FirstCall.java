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
 * Programs that make one call and print how many nanoseconds that took from the start of {@code
 * main}. Each is a class of its own, so that it loads nothing of the others.
 */
final class FirstCall {
  static final String ID = "evt_2mTe8qLbDvKcXw5RzG1oYhJn";

  private FirstCall() {}

  /** Says how long it took since a moment, and that the answer was the right one. */
  static void print(long since, String id) {
    long nanos = System.nanoTime() - since;
    if (!id.contains(ID)) {
      throw new IllegalStateException("Another answer came");
    }
    System.out.println(nanos);
  }

  /** Our client. */
  static final class Ours {
    private Ours() {}

    public static void main(String[] arguments) {
      long start = System.nanoTime();
      PersonaClient client =
          PersonaClient.builder().apiKey("persona_sandbox_0").baseUrl(arguments[0]).build();
      print(start, client.events().retrieve(ID).data().id());
      client.close();
    }
  }

  /** OkHttp alone, which reads the bytes. */
  static final class Raw {
    private Raw() {}

    public static void main(String[] arguments) throws IOException {
      long start = System.nanoTime();
      OkHttpClient client = new OkHttpClient();
      Request request =
          new Request.Builder()
              .url(arguments[0] + "events/" + ID)
              .header("Authorization", "Bearer persona_sandbox_0")
              .build();
      try (Response response = client.newCall(request).execute()) {
        print(start, Objects.requireNonNull(response.body()).string());
      }
      client.dispatcher().executorService().shutdown();
      client.connectionPool().evictAll();
    }
  }

  /** Retrofit with its converter for Gson and plain objects. */
  static final class Stock {
    private Stock() {}

    interface Api {
      @GET("events/{id}")
      Call<PlainEvent.Answer> retrieve(@Path("id") String id);
    }

    public static void main(String[] arguments) throws IOException {
      long start = System.nanoTime();
      OkHttpClient client = new OkHttpClient();
      Api api =
          new Retrofit.Builder()
              .baseUrl(arguments[0])
              .client(client)
              .addConverterFactory(GsonConverterFactory.create())
              .build()
              .create(Api.class);
      print(start, Objects.requireNonNull(api.retrieve(ID).execute().body()).data.id);
      client.dispatcher().executorService().shutdown();
      client.connectionPool().evictAll();
    }
  }
}
