package io.github.persona4j.modulepath;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.persona4j.modulepath.Application.Result;
import io.github.persona4j.testing.FakePersona;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The jars of the client as modules, in one folder, as an application has them. */
class ModulePathTest {
  private static final String CLIENT = "module app { requires io.github.persona4j; }";

  private static final String LIST_EVENTS =
      """
      package app;

      import io.github.persona4j.PersonaClient;
      import io.github.persona4j.model.Event;

      final class ListEvents {
        public static void main(String... args) {
          try (PersonaClient client =
              PersonaClient.builder().baseUrl(args[0]).apiKey(args[1]).build()) {
            for (Event event : client.events().listAll()) {
              System.out.println(event.id());
            }
          }
        }
      }
      """;

  private static final String FIELDS =
      """
      package app;

      import com.google.gson.Gson;
      import io.github.persona4j.json.FieldValues;
      import io.github.persona4j.model.Inquiry;

      final class Fields {
        record Person(String nameFirst) {}

        public static void main(String... args) {
          Inquiry inquiry =
              Inquiry.fromJson(
                  "{\\"attributes\\":{\\"fields\\":{\\"name-first\\":{\\"type\\":\\"string\\",\\"value\\":\\"Ada\\"}}}}");
          System.out.println(new Gson().toJson(inquiry).equals(inquiry.toJson()));
          System.out.println(new Gson().fromJson(inquiry.toJson(), Inquiry.class).equals(inquiry));
          FieldValues fields = inquiry.attributes().fields();
          System.out.println(fields.as(Person.class).nameFirst());
        }
      }
      """;

  @TempDir Path folder;

  private static void succeeds(Result result) {
    assertThat(result.output()).isEmpty();
    assertThat(result.status()).isZero();
  }

  private static ModuleReference module(String name) {
    return ModuleFinder.of(Application.MODULES).find(name).orElseThrow();
  }

  @Test
  void applicationThatRequiresTheClientOnly_listsEvents() throws Exception {
    Application app =
        new Application(folder, Application.MODULES)
            .source("module-info.java", CLIENT)
            .source("app/ListEvents.java", LIST_EVENTS);
    succeeds(app.compile());
    try (FakePersona fake = FakePersona.builder().events(250).start()) {
      Result result = app.start("app.ListEvents", fake.baseUrl().toString(), fake.apiKey());

      assertThat(result.status()).as(result.output()).isZero();
      assertThat(result.output().lines())
          .hasSize(250)
          .doesNotHaveDuplicates()
          .allMatch(line -> line.startsWith("evt_"));
      assertThat(fake.requests()).hasSize(3);
    }
  }

  @Test
  void applicationWithTheFake_needsNeitherModelsNorAssertJ() throws Exception {
    Application app =
        new Application(folder, Application.MODULES)
            .source("module-info.java", "module app { requires io.github.persona4j.testing; }")
            .source(
                "app/StartFake.java",
                """
                package app;

                import io.github.persona4j.testing.FakePersona;

                final class StartFake {
                  public static void main(String... args) {
                    try (FakePersona fake = FakePersona.start()) {
                      System.out.println(fake.requests().size());
                      System.out.println(
                          ModuleLayer.boot().findModule("io.github.persona4j.api").isPresent());
                    }
                  }
                }
                """);
    succeeds(app.compile());

    assertThat(app.start("app.StartFake").output().lines()).containsExactly("0", "false");
  }

  @Test
  void recordOfFields_inAPackageThatIsOpen_isRead() throws Exception {
    Application app =
        new Application(folder, Application.MODULES)
            .source(
                "module-info.java",
                "module app { requires io.github.persona4j; opens app to io.github.persona4j.api; }")
            .source("app/Fields.java", FIELDS);
    succeeds(app.compile());

    assertThat(app.start("app.Fields").output().lines()).containsExactly("true", "true", "Ada");
  }

  @Test
  void recordOfFields_inAPackageThatIsNotOpen_isRefusedWithTheRemedy() throws Exception {
    Application app =
        new Application(folder, Application.MODULES)
            .source("module-info.java", CLIENT)
            .source("app/Fields.java", FIELDS);
    succeeds(app.compile());
    Result result = app.start("app.Fields");

    assertThat(result.status()).isNotZero();
    assertThat(result.output())
        .contains("java.lang.IllegalArgumentException")
        .contains("opens app to io.github.persona4j.api;");
  }

  @Test
  void ownRetrofitInterface_inAnExportedPackage_isCalled() throws Exception {
    Application app =
        new Application(folder, Application.MODULES)
            .source(
                "module-info.java",
                "module app { requires transitive io.github.persona4j; exports app; }")
            .source(
                "app/OwnInterface.java",
                """
                package app;

                import io.github.persona4j.PersonaClient;
                import io.github.persona4j.model.EventPage;
                import retrofit2.Call;
                import retrofit2.http.GET;

                /** An interface of an application. */
                public final class OwnInterface {
                  private OwnInterface() {}

                  /** Events. */
                  public interface Events {
                    /** The first page. */
                    @GET("events")
                    Call<EventPage> first();

                    /** The number of its items. */
                    default int count() throws java.io.IOException {
                      return first().execute().body().data().size();
                    }
                  }

                  public static void main(String... args) throws java.io.IOException {
                    try (PersonaClient client =
                        PersonaClient.builder().baseUrl(args[0]).apiKey(args[1]).build()) {
                      System.out.println(client.api(Events.class).count());
                    }
                  }
                }
                """);
    succeeds(app.compile());
    try (FakePersona fake = FakePersona.builder().events(5).start()) {
      Result result = app.start("app.OwnInterface", fake.baseUrl().toString(), fake.apiKey());

      assertThat(result.output().lines()).containsExactly("5");
    }
  }

  @Test
  void jackson_writesModels() throws Exception {
    Application app =
        new Application(folder, Application.MODULES, Application.JACKSON)
            .source(
                "module-info.java",
                "module app { requires io.github.persona4j; requires com.fasterxml.jackson.databind; }")
            .source(
                "app/Json.java",
                """
                package app;

                import com.fasterxml.jackson.databind.ObjectMapper;
                import io.github.persona4j.json.JsonValue;
                import io.github.persona4j.model.Inquiry;
                import java.util.List;

                final class Json {
                  public static void main(String... args) throws Exception {
                    Inquiry inquiry =
                        Inquiry.fromJson(
                            "{\\"attributes\\":{\\"status\\":\\"created\\",\\"fields\\":{\\"a\\":{\\"type\\":\\"hash\\",\\"value\\":{\\"b\\":1}}}}}");
                    var attributes = inquiry.attributes();
                    var hash = attributes.fields().getHash("a");
                    for (Object value :
                        List.of(inquiry, attributes.status(), hash, inquiry.account(), JsonValue.of(1))) {
                      System.out.println(new ObjectMapper().writeValueAsString(value));
                    }
                  }
                }
                """);
    succeeds(app.compile());

    assertThat(app.start("app.Json").output().lines())
        .containsExactly(
            "{\"attributes\":{\"status\":\"created\",\"fields\":{\"a\":{\"type\":\"hash\",\"value\":{\"b\":1}}}}}",
            "\"created\"",
            "{\"b\":1}",
            "{}",
            "1");
  }

  @Test
  void jacksonModule_isFoundAndReadsModels() throws Exception {
    readsModels(
        "com.fasterxml.jackson.databind",
        new Application(
            folder, Application.MODULES, Application.JACKSON, Application.JACKSON_MODULE));
  }

  @Test
  void jackson3Module_isFoundAndReadsModels() throws Exception {
    readsModels(
        "tools.jackson.databind",
        new Application(folder, Application.MODULES, Application.JACKSON_3));
  }

  private static void readsModels(String jackson, Application app) throws Exception {
    app.source(
            "module-info.java",
            "module app { requires io.github.persona4j; requires %s; opens app to %s; }"
                .formatted(jackson, jackson))
        .source(
            "app/Json.java",
            """
            package app;

            import %s.json.JsonMapper;
            import io.github.persona4j.model.Inquiry;

            final class Json {
              record Seen(Inquiry inquiry) {}

              public static void main(String... args) throws Exception {
                JsonMapper mapper = JsonMapper.builder().findAndAddModules().build();
                Seen seen = mapper.readValue("{\\"inquiry\\":{\\"new\\":1.25}}", Seen.class);
                System.out.println(seen.inquiry().toJson());
                System.out.println(mapper.valueToTree(seen).toString());
              }
            }
            """
                .formatted(jackson));
    succeeds(app.compile());

    assertThat(app.start("app.Json").output().lines())
        .containsExactly("{\"new\":1.25}", "{\"inquiry\":{\"new\":1.25}}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"internal.call", "internal.file", "internal.http", "internal.retry"})
  void internalPackage_isNotVisible(String internal) throws Exception {
    Application app =
        new Application(folder, Application.MODULES)
            .source("module-info.java", CLIENT)
            .source(
                "app/Internal.java",
                "package app; import io.github.persona4j." + internal + ".*; class Internal {}");
    Result result = app.compile();

    assertThat(result.status()).isNotZero();
    assertThat(result.output()).contains("package io.github.persona4j." + internal);
  }

  @Test
  void allPackagesButInternalOnes_areExported() {
    for (String name :
        List.of("io.github.persona4j", "io.github.persona4j.api", "io.github.persona4j.testing")) {
      ModuleDescriptor descriptor = module(name).descriptor();
      Set<String> expected = new TreeSet<>(descriptor.packages());
      expected.removeIf(each -> each.contains(".internal"));

      assertThat(descriptor.isAutomatic()).isFalse();
      assertThat(descriptor.exports())
          .noneMatch(ModuleDescriptor.Exports::isQualified)
          .extracting(ModuleDescriptor.Exports::source)
          .containsExactlyInAnyOrderElementsOf(expected);
      assertThat(descriptor.opens()).isEmpty();
    }
  }

  @Test
  void libraries_areModules() {
    Set<String> automatic =
        ModuleFinder.of(Application.MODULES).findAll().stream()
            .map(ModuleReference::descriptor)
            .filter(ModuleDescriptor::isAutomatic)
            .map(ModuleDescriptor::name)
            .collect(Collectors.toCollection(TreeSet::new));

    // docs/guides/modules.md has what follows from this. The jar okhttp is empty.
    assertThat(automatic).containsExactly("annotations", "okhttp", "okio", "retrofit2");
  }

  @Test
  void classPathWithoutJackson_compilesWithoutWarnings() throws Exception {
    Application app =
        new Application(folder, Application.MODULES)
            .source(
                "app/Plain.java",
                """
                package app;

                import io.github.persona4j.json.FieldValues;
                import io.github.persona4j.json.JsonValue;
                import io.github.persona4j.json.JsonWritable;
                import io.github.persona4j.model.Inquiry;
                import io.github.persona4j.model.InquiryStatus;
                import io.github.persona4j.model.Verification;

                final class Plain implements JsonWritable {
                  @Override
                  public String toJson() {
                    return Inquiry.fromJson("{}").toJson()
                        + InquiryStatus.CREATED.value()
                        + JsonValue.NULL.json();
                  }

                  static String all(Verification union, FieldValues fields) {
                    return union.toJson() + fields.toJson();
                  }
                }
                """);

    succeeds(app.compileOnClassPath());
  }
}
