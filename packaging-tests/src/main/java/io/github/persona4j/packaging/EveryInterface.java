package io.github.persona4j.packaging;

import io.github.persona4j.PersonaClient;
import io.github.persona4j.model.ModelTypes;
import io.github.persona4j.request.JsonConverterFactory;
import retrofit2.Retrofit;

/** Creates each Retrofit interface, with the client and with Retrofit alone. */
public final class EveryInterface {
  private EveryInterface() {}

  /**
   * Sends nothing. Retrofit alone parses all methods, as it otherwise does on their first calls.
   *
   * @param names the names of the interfaces
   */
  public static void main(String... names) throws ClassNotFoundException {
    Retrofit retrofit =
        new Retrofit.Builder()
            .baseUrl("http://127.0.0.1/")
            .addConverterFactory(JsonConverterFactory.create(ModelTypes.ALL))
            .validateEagerly(true)
            .build();
    try (PersonaClient client = PersonaClient.builder().apiKey("key").build()) {
      client.files();
      for (String name : names) {
        Class<?> type = Class.forName(name);
        client.api(type);
        retrofit.create(type);
      }
    }
  }
}
