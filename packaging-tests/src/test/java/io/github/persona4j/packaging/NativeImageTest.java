package io.github.persona4j.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.persona4j.packaging.Recorder.Use;
import java.lang.reflect.Method;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Type;
import org.objectweb.asm.commons.GeneratorAdapter;

/**
 * Compares the metadata for native images with what the client, the fake and Retrofit use by
 * reflection while {@link TaskList} and {@link EveryInterface} run. No image is built.
 */
class NativeImageTest {
  private static final String OURS = "io.github.persona4j.";
  private static final String APPLICATION = OURS + "packaging.";
  private static final String[] ARTIFACTS = {"persona4j-api", "persona4j", "persona4j-testing"};

  private static final Metadata METADATA = Metadata.of(ARTIFACTS);

  @TempDir static Path folder;

  /** Runs both programs with the fake, all of them recorded. */
  @BeforeAll
  static void run() throws Exception {
    List<URL> jars = new ArrayList<>();
    jars.add(Jars.url(Jars.application()));
    Stream.of(Jars.LIBRARIES, Jars.TESTING)
        .flatMap(each -> Jars.in(each).stream())
        .forEach(jar -> jars.add(Jars.url(jar)));
    try (RecordingClassLoader loader = new RecordingClassLoader(jars)) {
      Class<?> type = loader.loadClass("io.github.persona4j.testing.FakePersona");
      try (AutoCloseable fake = (AutoCloseable) type.getMethod("start").invoke(null)) {
        List<String> arguments =
            new ArrayList<>(
                List.of(
                    type.getMethod("baseUrl").invoke(fake).toString(),
                    (String) type.getMethod("apiKey").invoke(fake)));
        arguments.addAll(Programs.webhook(folder));
        main(loader, TaskList.class, arguments);
        loader
            .loadClass("io.github.persona4j.testing.WebhookRequest")
            .getMethod("describedEvents")
            .invoke(null);
        main(loader, EveryInterface.class, apis());
      }
    }
  }

  private static void main(ClassLoader loader, Class<?> program, List<String> arguments)
      throws Exception {
    Method main = loader.loadClass(program.getName()).getMethod("main", String[].class);
    main.invoke(null, (Object) arguments.toArray(String[]::new));
  }

  private static List<String> apis() {
    return Stream.of("persona4j-api", "persona4j")
        .map(Jars::of)
        .flatMap(
            jar ->
                Jars.entries(jar, name -> name.matches("(.*/api|.*/file)/\\w+Api\\.class"))
                    .keySet()
                    .stream())
        .map(name -> name.substring(0, name.length() - ".class".length()).replace('/', '.'))
        .toList();
  }

  /** What our code and libraries use of our classes and resources; not what the programs use. */
  private static Stream<Use> uses(String kind) {
    return Recorder.uses().stream()
        .filter(use -> use.kind().equals(kind))
        .filter(use -> !use.caller().startsWith(APPLICATION))
        .filter(use -> use.target().replace('/', '.').startsWith(OURS))
        .filter(use -> !use.target().startsWith(APPLICATION));
  }

  private static Set<String> targets(String kind) {
    return uses(kind).map(Use::target).collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void proxies_areThoseThatWereCreated() {
    assertThat(METADATA.proxies).hasSizeGreaterThan(25).isEqualTo(targets("proxy"));
  }

  @Test
  void membersThatWereUsed_areRegistered() {
    Set<String> types = new TreeSet<>();
    Set<String> members = new TreeSet<>();
    uses("member")
        .forEach(
            use -> {
              if (METADATA.types.contains(use.target())) {
                types.add(use.target());
              } else {
                members.add(use.target() + "#" + use.member());
              }
            });

    assertThat(types).isEqualTo(METADATA.types);
    assertThat(members).isEqualTo(METADATA.members);
  }

  @Test
  void resourcesThatWereRead_areRegistered() {
    assertThat(METADATA.resources).isEqualTo(targets("resource"));
  }

  @Test
  void nothingOfOurs_wasUsedByName() {
    assertThat(uses("type")).isEmpty();
    assertThat(uses("other")).isEmpty();
  }

  @Test
  void applications_registerTheirRecordsAndEnums() {
    Set<String> used =
        Recorder.uses().stream()
            .map(Use::target)
            .filter(target -> target.startsWith(APPLICATION))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(used).containsExactly(Loyalty.class.getName(), Loyalty.Tier.class.getName());
  }

  @Test
  void typesOfConditions_exist() {
    assertThat(METADATA.conditions)
        .allSatisfy(
            name ->
                assertThat(
                        Stream.of(Jars.LIBRARIES, Jars.TESTING)
                            .flatMap(each -> Jars.in(each).stream())
                            .map(
                                jar ->
                                    Jars.entries(jar, (name.replace('.', '/') + ".class")::equals)))
                    .anyMatch(entries -> !entries.isEmpty()));
  }

  /** A new line here needs metadata, or a program above that uses it. */
  @Test
  void reflectionInOurClasses_isKnown() {
    Set<String> calls = new TreeSet<>();
    ReflectiveCalls.Found list =
        new ReflectiveCalls.Found() {
          @Override
          public void call(
              String caller, String callee, GeneratorAdapter code, Type[] types, boolean self) {
            calls.add(caller.substring(OURS.length()) + ": " + callee);
          }

          @Override
          public void reference(String caller, String callee) {
            calls.add(caller.substring(OURS.length()) + ": reference to " + callee);
          }
        };
    for (String artifact : ARTIFACTS) {
      Jars.entries(Jars.of(artifact), name -> name.endsWith(".class"))
          .values()
          .forEach(
              bytes ->
                  new ClassReader(bytes)
                      .accept(new ReflectiveCalls(null, list), ClassReader.EXPAND_FRAMES));
    }

    assertThat(calls)
        .containsExactly(
            // Of models that are components of records of an application.
            "json.RecordReader.modelType: Class.getField",
            "json.RecordReader.modelType: Field.get",
            // Of records and enums of an application.
            "json.RecordShape$Component.read: Method.invoke",
            "json.RecordShape.<init>: Class.getDeclaredConstructor",
            "json.RecordShape.<init>: Class.getDeclaredField",
            "json.RecordShape.<init>: Class.getRecordComponents",
            "json.RecordShape.create: Constructor.newInstance",
            "json.RecordShape.nameOf: Class.getField",
            "testing.internal.description.ApiDescription.text: Class.getResourceAsStream",
            "testing.internal.description.EventNames.read: Class.getResourceAsStream",
            "testing.internal.state.TransitionTable.load: Class.getResourceAsStream");
  }
}
