package io.github.persona4j.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.persona4j.api.EventsApi;
import io.github.persona4j.model.Event;
import io.github.persona4j.model.EventPage;
import io.github.persona4j.model.ModelTypes;
import io.github.persona4j.request.JsonConverterFactory;
import io.github.persona4j.request.RequestOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import retrofit2.Retrofit;

/**
 * A separate process decodes and encodes one page and reports the classes that it loads: no
 * reflective adapter, and no model that is not in the page.
 */
class NoReflectionTest {
  private static final Pattern LOADED = Pattern.compile("\\[class,load\\] (\\S+) source:");
  private static final String PAGE =
      """
      {"data":[{"type":"event","id":"evt_1","attributes":{"name":"account.created",
        "created-at":"2025-12-08T10:15:30.000Z","payload":{"data":{"type":"planet","id":"p"}}}}],
       "links":{"next":null,"prev":null}}
      """;

  private static Set<String> loaded = Set.of();

  /** The program of the process. */
  static final class Program {
    private Program() {}

    public static void main(String[] arguments) throws IOException {
      try (MockWebServer server = new MockWebServer()) {
        server.start();
        server.enqueue(new MockResponse.Builder().body(PAGE).build());
        Retrofit retrofit =
            new Retrofit.Builder()
                .baseUrl(server.url("/"))
                .addConverterFactory(JsonConverterFactory.create(ModelTypes.ALL))
                .build();
        EventPage page =
            Objects.requireNonNull(
                retrofit
                    .create(EventsApi.class)
                    .list(EventsApi.ListQuery.none(), RequestOptions.none())
                    .execute()
                    .body());
        Event event = page.items().get(0);
        if (event.attributes().createdAt() == null || page.nextLink() != null) {
          throw new AssertionError("The page is not read as it is");
        }
        if (!EventPage.fromJson(page.toJson()).equals(page)) {
          throw new AssertionError("The page is not written as it is");
        }
      }
    }
  }

  @BeforeAll
  @Timeout(120)
  static void runProgram() throws Exception {
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xlog:class+load:stdout",
                    "-cp",
                    System.getProperty("java.class.path"),
                    Program.class.getName()))
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue())
        .as(() -> output.lines().filter(line -> !line.contains("source:")).toList().toString())
        .isZero();
    Set<String> names = new TreeSet<>();
    Matcher matcher = LOADED.matcher(output);
    while (matcher.find()) {
      names.add(matcher.group(1));
    }
    loaded = names;
  }

  @Test
  void decodingAndEncoding_aPage_loadsNoReflectiveAdapter() {
    assertThat(loaded)
        .contains("io.github.persona4j.json.JsonTokenizer", "io.github.persona4j.model.EventPage")
        .doesNotContain("com.google.gson.Gson", "com.google.gson.GsonBuilder")
        .noneMatch(name -> name.startsWith("com.google.gson.internal.bind"))
        .noneMatch(name -> name.startsWith("com.google.gson.internal.reflect"));
  }

  @Test
  void decodingAPage_withFewTypes_loadsOnlyThose() {
    Set<String> models = new TreeSet<>();
    for (String name : loaded) {
      String prefix = "io.github.persona4j.model.";
      if (name.startsWith(prefix) && !name.contains("$")) {
        models.add(name.substring(prefix.length()));
      }
    }

    assertThat(models)
        .contains("ModelTypes", "EventPage", "Event", "EventAttributes", "PageLinks")
        .allMatch(
            name ->
                name.equals("ModelTypes")
                    || name.startsWith("Event")
                    || name.startsWith("PageLinks")
                    || name.equals("Resource"));
    assertThat(models).hasSizeLessThan(Descriptions.API.models().size() / 4);
  }
}
