package io.github.persona4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Checks the documents of this repository: their links exist, and they are short. */
class ReadmeTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Path README = ROOT.resolve("README.md");
  private static final Path CONTRIBUTING = ROOT.resolve("CONTRIBUTING.md");
  private static final Path DOCS = ROOT.resolve("docs");
  private static final Path INDEX = DOCS.resolve("README.md");

  private static final Pattern CODE =
      Pattern.compile("^```.*?^```|`[^`\n]+`", Pattern.DOTALL | Pattern.MULTILINE);
  private static final Pattern BLOCK =
      Pattern.compile("^```.*?^```", Pattern.DOTALL | Pattern.MULTILINE);
  private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
  private static final Pattern ABSOLUTE = Pattern.compile("[a-z]+:.*");
  private static final Pattern VERSIONS =
      Pattern.compile("\\| Newest tested version \\|\n.*\n((?:\\|.*\n)+)");
  private static final Pattern HEADING = Pattern.compile("^#{1,6} +(.+)$", Pattern.MULTILINE);

  @Test
  void supportedVersions_areThoseThatTheTestsRunOn() throws IOException {
    List<String> tables = groups(VERSIONS, 1, text(DOCS.resolve("policy.md")));
    assertThat(tables).hasSize(1);
    String java = only("java: \\[(.+)]", text(ROOT.resolve(".github/workflows/ci.yml")));
    assertThat(java).startsWith(property("maven.compiler.release") + ", ");
    String api = only("\\n  version: \"(.+)\"", text(ROOT.resolve("openapi/openapi.yaml")));
    String okhttp4 = property("oldest.okhttp4.version");
    String okio4 = property("oldest.okhttp4.okio.version");

    assertThat(tables.get(0).lines())
        .containsExactly(
            row("Java", property("maven.compiler.release"), java.replaceAll(".*, ", "")),
            row("API", api, api),
            row("`com.squareup.retrofit2:retrofit`", "retrofit"),
            row("`com.squareup.okhttp3:okhttp-jvm` (OkHttp 5)", "okhttp"),
            row("`com.squareup.okhttp3:okhttp` (OkHttp 4)", okhttp4, okhttp4),
            row(
                "`com.squareup.okio:okio-jvm` with OkHttp 5",
                property("oldest.okio.version"),
                version(okio.Okio.class)),
            row("`com.squareup.okio:okio-jvm` with OkHttp 4", okio4, okio4),
            row(
                "`org.jetbrains.kotlin:kotlin-stdlib`",
                property("oldest.kotlin.version"),
                version(kotlin.Unit.class)),
            row("`com.google.code.gson:gson`", "gson"),
            row("`org.jspecify:jspecify`", "jspecify"));
  }

  @Test
  void kotlinOfTheBuild_isInThePolicy() throws IOException {
    String kotlin =
        only(
            "<artifactId>kotlin-maven-plugin</artifactId>\\s+<version>(.+)</version>",
            text(ROOT.resolve("pom.xml")));

    assertThat(text(DOCS.resolve("policy.md"))).contains("is compiled with Kotlin " + kotlin);
  }

  @Test
  void springBootOfTheStarters_isInTheGuide() throws IOException {
    assertThat(text(DOCS.resolve("guides/spring-boot.md")))
        .contains("| `persona4j-spring-boot-4-starter` | " + property("spring-boot.version"))
        .contains("| `persona4j-spring-boot-3-starter` | " + property("spring-boot-3.version"));
  }

  @Test
  void everyRelativeLink_hasAFileAndAHeading() throws IOException {
    List<String> broken = new ArrayList<>();
    int links = 0;

    for (Path document : documents()) {
      String text = CODE.matcher(text(document)).replaceAll("");
      for (MatchResult link : LINK.matcher(text).results().toList()) {
        String target = link.group(1);
        if (!ABSOLUTE.matcher(target).matches()) {
          links++;
          if (!exists(document, target)) {
            broken.add(ROOT.relativize(document) + " -> " + target);
          }
        }
      }
    }
    assertThat(links).isGreaterThan(1);
    assertThat(broken).isEmpty();
  }

  @Test
  void everyDocumentInDocs_isLinkedFromTheIndex() throws IOException {
    Set<Path> linked = new TreeSet<>(Set.of(INDEX));
    LINK.matcher(text(INDEX))
        .results()
        .map(link -> DOCS.resolve(link.group(1)).normalize())
        .forEach(linked::add);

    assertThat(documents().stream().filter(document -> document.startsWith(DOCS)))
        .hasSizeGreaterThan(1)
        .isSubsetOf(linked);
  }

  @Test
  void readmeAndContributing_areShort() throws IOException {
    assertThat(text(README).lines()).hasSizeLessThanOrEqualTo(150);
    assertThat(text(CONTRIBUTING).lines()).hasSizeLessThanOrEqualTo(100);
  }

  private static String row(String what, String property) throws IOException {
    return row(what, property("oldest." + property + ".version"), property(property + ".version"));
  }

  private static String row(String what, String oldest, String newest) {
    return "| %s | %s | %s |".formatted(what, oldest, newest);
  }

  private static String property(String name) throws IOException {
    return only("<" + name + ">([0-9.]+)</" + name + ">", text(ROOT.resolve("pom.xml")));
  }

  private static String only(String pattern, String text) {
    List<String> found = groups(Pattern.compile(pattern), 1, text);
    assertThat(found).as(pattern).hasSize(1);
    return found.get(0);
  }

  /** Returns the version of the jar that a class is from. */
  private static String version(Class<?> type) {
    String jar = type.getProtectionDomain().getCodeSource().getLocation().getPath();
    return only("-([0-9.]+)\\.jar$", jar);
  }

  private static boolean exists(Path document, String target) throws IOException {
    int hash = target.indexOf('#');
    String path = hash < 0 ? target : target.substring(0, hash);
    Path file = path.isEmpty() ? document : document.resolveSibling(path).normalize();
    if (!file.startsWith(ROOT) || !Files.exists(file)) {
      return false;
    }
    return hash < 0 || (isMarkdown(file) && anchors(file).contains(target.substring(hash + 1)));
  }

  /** Returns the anchors of the headings of a document, as created by GitHub. */
  private static Set<String> anchors(Path document) throws IOException {
    Map<String, Integer> counts = new HashMap<>();
    Set<String> anchors = new TreeSet<>();
    String text = BLOCK.matcher(text(document)).replaceAll("");
    for (MatchResult heading : HEADING.matcher(text).results().toList()) {
      String anchor =
          heading
              .group(1)
              .strip()
              .toLowerCase(Locale.ROOT)
              .replaceAll("[^\\p{L}\\p{N} _-]", "")
              .replace(' ', '-');
      int earlier = counts.merge(anchor, 1, Integer::sum) - 1;
      anchors.add(earlier == 0 ? anchor : anchor + "-" + earlier);
    }
    return anchors;
  }

  /** Returns all Markdown files of the repository, except in hidden folders and build folders. */
  private static List<Path> documents() throws IOException {
    List<Path> documents = new ArrayList<>();
    Files.walkFileTree(
        ROOT,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            String name = String.valueOf(folder.getFileName());
            boolean isSource =
                folder.equals(ROOT)
                    || !(name.startsWith(".")
                        || name.equals("target")
                        || name.equals("node_modules"));
            return isSource ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (isMarkdown(file)) {
              documents.add(file);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    assertThat(documents).contains(README, CONTRIBUTING, INDEX);
    return documents;
  }

  private static boolean isMarkdown(Path file) {
    return file.toString().endsWith(".md");
  }

  // A checkout may change line endings.
  private static String text(Path file) throws IOException {
    return Files.readString(file).replace("\r\n", "\n");
  }

  private static List<String> groups(Pattern pattern, int group, String text) {
    return pattern.matcher(text).results().map(match -> match.group(group)).toList();
  }
}
