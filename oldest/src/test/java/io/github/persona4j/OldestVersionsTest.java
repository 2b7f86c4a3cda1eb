package io.github.persona4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Checks the libraries that the tests run on, here and in {@code okhttp4-tests}. */
class OldestVersionsTest {
  /** A class of each runtime dependency of the client. */
  private static final List<String> CLASSES =
      List.of(
          "retrofit2.Retrofit",
          "okhttp3.OkHttpClient",
          "okio.Buffer",
          "kotlin.KotlinVersion",
          "com.google.gson.stream.JsonReader",
          "org.jspecify.annotations.NullMarked");

  private static String jar(Class<?> type) throws Exception {
    URL location = type.getProtectionDomain().getCodeSource().getLocation();
    return Path.of(location.toURI()).getFileName().toString();
  }

  @Test
  void everyLibrary_hasTheOldestSupportedVersion() throws Exception {
    List<String> jars = new ArrayList<>();
    for (String name : CLASSES) {
      jars.add(jar(Class.forName(name)));
    }
    String found = String.join(" ", jars);
    System.out.println("The tests run on " + found);

    assertThat(found).isEqualTo(System.getProperty("expected.jars"));
  }

  @Test
  void everyLibrary_isOnTheClassPathOnce() throws Exception {
    for (String name : CLASSES) {
      String file = name.replace('.', '/') + ".class";
      assertThat(Collections.list(getClass().getClassLoader().getResources(file)))
          .as(name)
          .hasSize(1);
    }
  }
}
