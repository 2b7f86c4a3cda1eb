package io.github.persona4j.examples;

import io.github.persona4j.PersonaClient;
import io.github.persona4j.testing.FakePersona;
import java.io.PrintStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The client of an example and, without a key for the real API, the fake that it uses. */
final class ApiAccess implements AutoCloseable {
  private static final String KEY = "PERSONA_API_KEY";
  private static final String URL = "PERSONA_BASE_URL";

  private final PersonaClient persona;
  private final @Nullable FakePersona fake;

  private ApiAccess(PersonaClient persona, @Nullable FakePersona fake) {
    this.persona = persona;
    this.fake = fake;
  }

  /**
   * Opens the real API with the key and base URL of the environment, or a fake if there is no key.
   *
   * @param fakeSettings the settings of the fake
   * @param err receives a line if the fake is used
   * @throws UsageException if the key or the base URL is invalid
   */
  static ApiAccess open(
      Map<String, String> environment, FakePersona.Builder fakeSettings, PrintStream err) {
    String key = environment.getOrDefault(KEY, "");
    String url = environment.getOrDefault(URL, "");
    if (key.isBlank()) {
      err.println(
          KEY
              + " is not set: using an in-process fake of the API with invented data"
              + (url.isBlank() ? "" : "; " + URL + " is ignored"));
      FakePersona fake = fakeSettings.start();
      return new ApiAccess(client(fake.apiKey(), fake.baseUrl()), fake);
    }
    try {
      String baseUrl = url.isBlank() ? PersonaClient.DEFAULT_BASE_URL : url;
      return new ApiAccess(client(key, baseUrl), null);
    } catch (IllegalArgumentException e) {
      throw new UsageException(KEY + " or " + URL + " is invalid: " + e.getMessage());
    }
  }

  private static PersonaClient client(String apiKey, String baseUrl) {
    return PersonaClient.builder().apiKey(apiKey).baseUrl(baseUrl).build();
  }

  PersonaClient client() {
    return persona;
  }

  boolean isFake() {
    return fake != null;
  }

  @Override
  public void close() {
    persona.close();
    if (fake != null) {
      fake.close();
    }
  }
}
