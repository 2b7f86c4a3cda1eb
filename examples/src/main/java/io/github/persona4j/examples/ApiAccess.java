package io.github.persona4j.examples;

import io.github.persona4j.PersonaClient;
import io.github.persona4j.testing.FakePersona;
import java.io.PrintStream;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The client of an example and, when there is no key for the real API, the fake behind it. */
final class ApiAccess implements AutoCloseable {
  private static final String KEY = "PERSONA_API_KEY";
  private static final String URL = "PERSONA_BASE_URL";

  private final PersonaClient client;
  private final @Nullable FakePersona fake;

  private ApiAccess(PersonaClient client, @Nullable FakePersona fake) {
    this.client = client;
    this.fake = fake;
  }

  /**
   * The real API with the key and base URL of the environment, or without a key a fake of it.
   *
   * @param fakeSettings what the fake holds, if it is needed
   * @param err where it is said that the fake is used
   * @throws UsageException if the environment asks for what cannot be
   */
  static ApiAccess open(
      Map<String, String> environment, FakePersona.Builder fakeSettings, PrintStream err) {
    return open(environment, fakeSettings, err, client -> {});
  }

  /** The same with a client that has further settings. */
  static ApiAccess open(
      Map<String, String> environment,
      FakePersona.Builder fakeSettings,
      PrintStream err,
      Consumer<PersonaClientBuilder> settings) {
    String key = environment.getOrDefault(KEY, "");
    String url = environment.getOrDefault(URL, "");
    if (key.isBlank()) {
      err.println(
          KEY
              + " is not set: using a fake API in this process, with invented data"
              + (url.isBlank() ? "" : "; " + URL + " does not count without it"));
      FakePersona fake = fakeSettings.start();
      return new ApiAccess(client(fake.apiKey(), fake.baseUrl(), settings), fake);
    }
    try {
      String baseUrl = url.isBlank() ? PersonaClient.DEFAULT_BASE_URL : url;
      return new ApiAccess(client(key, baseUrl, settings), null);
    } catch (IllegalArgumentException e) {
      throw new UsageException(KEY + " or " + URL + " cannot be used: " + e.getMessage());
    }
  }

  private static PersonaClient client(
      String apiKey, String baseUrl, Consumer<PersonaClientBuilder> settings) {
    PersonaClientBuilder builder = PersonaClient.builder().apiKey(apiKey).baseUrl(baseUrl);
    settings.accept(builder);
    return builder.build();
  }

  PersonaClient client() {
    return client;
  }

  boolean isFake() {
    return fake != null;
  }

  @Override
  public void close() {
    client.close();
    if (fake != null) {
      fake.close();
    }
  }
}
