package io.github.persona4j.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.persona4j.mini.model.Cat;
import io.github.persona4j.mini.model.DogAttributes;
import io.github.persona4j.mini.model.Owner;
import io.github.persona4j.mini.model.PetFields;
import io.github.persona4j.mini.model.PetPage;
import io.github.persona4j.mini.model.Registration;
import java.io.File;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The types of models, which are created from data. */
class ModelTypeTest {
  private static final int THREADS = 8;

  @ParameterizedTest
  @EnumSource
  void anyPropertyOfAnyModel_hasATypeThatIsFoundOnce(Descriptions description) {
    for (ModelType<?> type : description.models().values()) {
      for (int position = 1; position <= type.properties().size(); position++) {
        JsonType<?> found = type.type(position);
        assertThat(type.type(position))
            .as(type.name() + "." + type.property(position))
            .isSameAs(found);
      }
    }
  }

  @Test
  void anyModel_hasNoClassForItsType() {
    for (Class<?> model : Descriptions.API.classes()) {
      if (JsonModel.class.isAssignableFrom(model) || OpenValue.class.isAssignableFrom(model)) {
        assertThat(anonymousClass(model)).as(model.getName()).isFalse();
      }
    }
  }

  private static boolean anonymousClass(Class<?> type) {
    return type.getResource(type.getSimpleName() + "$1.class") != null;
  }

  @Test
  void properties_haveWhatIsDescribed() {
    ModelType<Registration> registration = Registration.TYPE;
    DescribedProperty number = property(registration, "number");

    assertThat(property(registration, "register").isRequired()).isTrue();
    assertThat(property(registration, "register").isNullable()).isFalse();
    assertThat(number.isRequired()).isTrue();
    assertThat(number.isNullable()).isTrue();
    assertThat(property(DogAttributes.TYPE, "homepage").isRequired()).isFalse();
    assertThat(property(Cat.TYPE, "type").constant()).isEqualTo("pet/cat");
    assertThat(property(Cat.TYPE, "id").constant()).isNull();
    assertThat(PetFields.TYPE.hasOwnNames()).isTrue();
    assertThat(Owner.TYPE.hasOwnNames()).isFalse();
    assertThatThrownBy(() -> PetPage.fromJson("{}"))
        .isInstanceOf(MalformedJsonException.class)
        .hasMessageContaining("$.data");
  }

  private static DescribedProperty property(ModelType<?> type, String name) {
    return type.described(type.properties().indexOf(name) + 1);
  }

  @Test
  void lines_areParsed() {
    DescribedProperty[] parsed =
        DescribedProperty.parse(
            """
            type "pet/cat" required loggable
            names [string]
            by-name {[Owner]} required nullable
            required string
            at date-time loggable
            """);

    assertThat(parsed)
        .extracting(DescribedProperty::name)
        .containsExactly("type", "names", "by-name", "required", "at");
    assertThat(parsed)
        .extracting(DescribedProperty::isRequired)
        .containsExactly(true, false, true, false, false);
    assertThat(parsed)
        .extracting(DescribedProperty::isNullable)
        .containsExactly(false, false, true, false, false);
    assertThat(parsed)
        .extracting(DescribedProperty::isLoggable)
        .containsExactly(true, false, false, false, true);
    assertThat(parsed)
        .extracting(DescribedProperty::constant)
        .containsExactly("pet/cat", null, null, null, null);
    JsonTypes schemas = Descriptions.MINI.types();
    assertThat(parsed[0].type(schemas)).isSameAs(JsonType.STRING);
    assertThat(parsed[1].type(schemas)).isSameAs(JsonType.list(JsonType.STRING));
    assertThat(parsed[4].type(schemas)).isSameAs(JsonType.DATE_TIME);
    assertThat(parsed[2].type(schemas).fromJson("{\"a\":[{\"id\":\"1\"}]}", true).toString())
        .isEqualTo("{1 entries}");
    assertThat(DescribedProperty.parse("")).isEmpty();
  }

  @Test
  void typeOfASchemaThatDoesNotExist_isRefusedByName() {
    DescribedProperty property = DescribedProperty.parse("owner [Nobody]\n")[0];

    assertThatThrownBy(() -> property.type(Descriptions.MINI.types()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("owner has the type Nobody, which does not exist");
  }

  /** Each round loads all classes again, and initializes them in a different order per thread. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void allModels_firstUsedByManyThreadsAtOnce_areInitialized(long seed) throws Exception {
    List<String> names = new ArrayList<>();
    Descriptions.API.classes().forEach(type -> names.add(type.getName()));
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try (URLClassLoader loader = new OwnClasses()) {
      CountDownLatch start = new CountDownLatch(1);
      List<Future<Integer>> results = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        List<String> order = new ArrayList<>(names);
        Collections.shuffle(order, new Random(seed * THREADS + i));
        results.add(
            threads.submit(
                () -> {
                  start.await();
                  return readAll(order, loader);
                }));
      }
      start.countDown();
      threads.shutdown();
      boolean ended = threads.awaitTermination(120, TimeUnit.SECONDS);
      assertThat(ended).as(() -> stacks()).isTrue();
      for (Future<Integer> result : results) {
        assertThat(result.get()).isGreaterThan(800);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /** Initializes classes and resolves the types of their properties; returns how many have one. */
  private static int readAll(List<String> names, ClassLoader loader) throws Exception {
    int models = 0;
    for (String name : names) {
      Class<?> model = Class.forName(name, true, loader);
      if (Arrays.stream(model.getMethods()).anyMatch(m -> m.getName().equals("builder"))) {
        Object type = model.getField("TYPE").get(null);
        Method propertyType = type.getClass().getDeclaredMethod("type", int.class);
        propertyType.setAccessible(true); // of the same name in another class loader
        Method properties = type.getClass().getDeclaredMethod("properties");
        properties.setAccessible(true);
        int count = ((List<?>) properties.invoke(type)).size();
        for (int position = 1; position <= count; position++) {
          assertThat(propertyType.invoke(type, position)).isNotNull();
        }
        models++;
      }
    }
    return models;
  }

  private static String stacks() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    return Arrays.toString(threads.dumpAllThreads(true, true));
  }

  /** Loads the classes of this project again. */
  private static final class OwnClasses extends URLClassLoader {
    static {
      ClassLoader.registerAsParallelCapable();
    }

    OwnClasses() {
      super(classPath(), OwnClasses.class.getClassLoader());
    }

    private static URL[] classPath() {
      return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
          .map(OwnClasses::url)
          .toArray(URL[]::new);
    }

    private static URL url(String path) {
      try {
        return Path.of(path).toUri().toURL();
      } catch (MalformedURLException e) {
        throw new LinkageError(path, e);
      }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.startsWith("io.github.persona4j.")) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        Class<?> loaded = findLoadedClass(name);
        return loaded == null ? findClass(name) : loaded;
      }
    }
  }
}
