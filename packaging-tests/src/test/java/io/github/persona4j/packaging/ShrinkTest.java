package io.github.persona4j.packaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The rules for shrinkers in our jars. */
class ShrinkTest {
  private static final Pattern CLASS_NAME =
      Pattern.compile("(?:[a-z0-9]+\\.){2,}[A-Z]\\w*(?![\\w*])");

  /** What an application adds: its entry point, and its records and enums for fields. */
  private static final String APPLICATION =
      """
      -keep class io.github.persona4j.packaging.TaskList {
        public static void main(java.lang.String[]);
      }
      -keep class io.github.persona4j.packaging.Loyalty { *; }
      -keepclassmembers enum io.github.persona4j.packaging.Loyalty$Tier { *; }
      """;

  @TempDir Path folder;

  /** R8 reads them by itself; plain ProGuard does not. */
  private static Map<String, byte[]> rules(Path jar) {
    return Jars.entries(jar, name -> name.matches("META-INF/proguard/.*\\.pro"));
  }

  @Test
  void classesInRules_exist() {
    List<Path> jars =
        Stream.of(Jars.LIBRARIES, Jars.TESTING).flatMap(each -> Jars.in(each).stream()).toList();
    Set<String> classes =
        jars.stream()
            .flatMap(jar -> Jars.entries(jar, name -> name.endsWith(".class")).keySet().stream())
            .map(name -> name.replace(".class", "").replace('/', '.'))
            .collect(Collectors.toSet());
    Set<String> named = new TreeSet<>();
    for (String artifact : List.of("persona4j-api", "persona4j", "persona4j-testing")) {
      String name = "META-INF/proguard/" + artifact + ".pro";
      CLASS_NAME
          .matcher(Jars.text(Jars.of(artifact), name))
          .results()
          .map(result -> result.group().trim())
          .filter(each -> !each.startsWith("java.lang."))
          .forEach(named::add);
    }

    assertThat(named).hasSizeGreaterThan(4).isSubsetOf(classes);
  }

  /** Takes two minutes, so it is part of {@code .ci/full} only. */
  @Test
  @EnabledIfSystemProperty(named = "persona4j.shrink", matches = "true")
  void shrunkProgram_printsTheSame() throws Exception {
    Path shrunk = shrink();
    String libraries =
        Jars.application() + File.pathSeparator + Jars.LIBRARIES + File.separator + "*";

    String expected = Programs.taskList(libraries, folder);
    assertThat(expected.lines()).hasSizeGreaterThan(30);
    assertThat(Programs.taskList(shrunk.toString(), folder)).isEqualTo(expected);

    long before = Files.size(Jars.application());
    for (Path jar : Jars.in(Jars.LIBRARIES)) {
      before += Files.size(jar);
    }
    System.out.printf("Shrunk from %d kB to %d kB%n", before / 1000, Files.size(shrunk) / 1000);
    assertThat(Files.size(shrunk)).isLessThan(before / 2);
  }

  private Path shrink() throws Exception {
    Path shrunk = folder.resolve("shrunk.jar");
    List<String> lines = new ArrayList<>();
    List<Path> jars = new ArrayList<>(Jars.in(Jars.LIBRARIES));
    jars.add(0, Jars.application());
    for (Path jar : jars) {
      lines.add("-injars '" + jar.toAbsolutePath() + "'(!META-INF/**,!module-info.class)");
    }
    lines.add("-outjars '" + shrunk + "'");
    try (Stream<Path> modules = Files.list(Path.of(System.getProperty("java.home"), "jmods"))) {
      modules
          .filter(
              module -> module.getFileName().toString().matches("java\\..*|jdk\\.unsupported.*"))
          .sorted()
          .forEach(
              module -> lines.add("-libraryjars '" + module + "'(!**.jar;!module-info.class)"));
    }
    for (Path jar : jars) {
      for (byte[] rule : rules(jar).values()) {
        lines.add(new String(rule, UTF_8));
      }
    }
    lines.add(APPLICATION);
    // With these, ProGuard 7.10 makes invalid code of Okio.
    lines.add("-optimizations !class/merging/*,!method/specialization/*,!field/specialization/*");
    lines.add("-dontnote");
    Path configuration = write(lines);
    System.out.println(
        Programs.java(
            folder,
            List.of(
                "-cp",
                Path.of("target", "proguard", "*").toString(),
                "proguard.ProGuard",
                "@" + configuration)));
    return shrunk;
  }

  private Path write(List<String> lines) throws IOException {
    return Files.write(folder.resolve("application.pro"), lines);
  }
}
