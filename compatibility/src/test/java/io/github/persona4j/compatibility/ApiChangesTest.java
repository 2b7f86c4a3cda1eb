package io.github.persona4j.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ApiChangesTest {
  private static final String ORIGINAL =
      "public class Page { public int size() { return 0; } public static final int LIMIT = 1; }";

  @TempDir Path folder;

  @Test
  void sameClass_hasNoChange() throws IOException {
    assertThat(kinds(jar("Page", ORIGINAL), jar("Page", ORIGINAL))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "public class Page { public static final int LIMIT = 1; }|size: METHOD_REMOVED",
        "public class Page { int size() { return 0; } public static final int LIMIT = 1; }"
            + "|size: METHOD_LESS_ACCESSIBLE",
        "public class Page { public long size() { return 0; } public static final int LIMIT = 1; }"
            + "|size: METHOD_RETURN_TYPE_CHANGED",
        "public class Page { public int size() { return 0; } }|LIMIT: FIELD_REMOVED",
        "public final class Page { public int size() { return 0; } public static final int LIMIT ="
            + " 1; }|: CLASS_NOW_NOT_EXTENDABLE",
        "class Page { public int size() { return 0; } public static final int LIMIT = 1; }"
            + "|: CLASS_LESS_ACCESSIBLE",
      })
  void incompatibleChange_isFound(String changed, String kind) throws IOException {
    assertThat(kinds(jar("Page", ORIGINAL), jar("Page", changed))).contains(kind.strip());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "public class A { public B<String> m() { return null; } }"
            + "|public class A { public B<Integer> m() { return null; } }"
            + "|m: METHOD_RETURN_TYPE_GENERICS_CHANGED",
        "public class A { public void m(int i, B<String> b) {} }"
            + "|public class A { public void m(int i, B<Integer> b) {} }"
            + "|m: METHOD_PARAMETER_GENERICS_CHANGED",
        "public class A { public A(B<String> b) {} }|public class A { public A(B<Integer> b) {} }"
            + "|A: METHOD_PARAMETER_GENERICS_CHANGED",
        "public class A { public B<String> b; }|public class A { public B<Integer> b; }"
            + "|b: FIELD_GENERICS_CHANGED",
        "public class A {}|public class A<T> {}|: CLASS_GENERIC_TEMPLATE_CHANGED",
        "public abstract class A implements B<String> {}"
            + "|public abstract class A implements B<Integer> {}"
            + "|: CLASS_SUPERTYPE_GENERICS_CHANGED",
        "public class A extends C<String> {}|public class A extends C<Integer> {}"
            + "|: CLASS_SUPERTYPE_GENERICS_CHANGED",
        "public interface A {}|public sealed interface A { final class X implements A {} }"
            + "|: CLASS_NOW_SEALED",
        "public sealed interface A { final class X implements A {} }"
            + "|public sealed interface A { final class X implements A {} final class Y implements"
            + " A {} }|: CLASS_PERMITS_MORE_SUBCLASSES",
      })
  void incompatibleTypeArgumentOrSubclass_isFound(String old, String changed, String kind)
      throws IOException {
    String others = " interface B<T> {} class C<T> {}";

    assertThat(kinds(jar("A", old + others), jar("A", changed + others))).containsExactly(kind);
    assertThat(kinds(jar("A", old + others), jar("A", old + others))).isEmpty();
  }

  @Test
  void removedSubclass_isTheChangeOfThatClass() throws IOException {
    Path sealed =
        jar(
            "A",
            "public sealed interface A {"
                + " final class X implements A {} final class Y implements A {} }");
    Path fewer =
        jar(
            "A",
            "public sealed interface A {" + " final class X implements A {} final class Y {} }");

    assertThat(kinds(sealed, fewer)).containsExactly(": INTERFACE_REMOVED");
  }

  @Test
  void newParameterAndNewCheckedException_areFound() throws IOException {
    Path old = jar("Calls", "public class Calls { public void list() {} public void get() {} }");
    Path changed =
        jar(
            "Calls",
            "public class Calls { public void list(int size) {} public void get() throws Exception"
                + " {} }");

    assertThat(kinds(old, changed))
        .containsExactlyInAnyOrder(
            "list: METHOD_REMOVED", "get: METHOD_NOW_THROWS_CHECKED_EXCEPTION");
  }

  @Test
  void changedMembersThatNobodySees_areNoChange() throws IOException {
    Path old =
        jar("A", "public class A { A(int size) {} private A() {} void list() {} int size; }");
    Path changed = jar("A", "public class A { A(long size) {} long size; }");

    assertThat(kinds(old, changed)).isEmpty();
  }

  @Test
  void removedClass_isOneChange() throws IOException {
    assertThat(kinds(jar("Page", ORIGINAL), jar("Other", "public class Other {}")))
        .containsExactly(": CLASS_REMOVED");
  }

  @Test
  void addedMembersAndClass_areAdditions() throws IOException {
    Path old = jar("Page", ORIGINAL);
    Path changed =
        jar(
            "Page",
            "public class Page { public int size() { return 0; } public static final int LIMIT = 1;"
                + " public int total() { return 0; } int hidden() { return 0; }"
                + " public static class Item {} }");
    ApiChanges changes = ApiChanges.between(old, List.of(), changed, List.of());

    assertThat(changes.incompatible()).isEmpty();
    assertThat(changes.added()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({"io.github.persona4j,true", "io.github.persona4j.api,false"})
  void methodAddedToInterface_isIncompatible_exceptWhereUsersImplementNone(
      String packageName, boolean incompatible) throws IOException {
    String name = packageName + ".Things";
    Path old = jar(name, "package " + packageName + "; public interface Things { void a(); }");
    Path changed =
        jar(name, "package " + packageName + "; public interface Things { void a(); void b(); }");

    assertThat(kinds(old, changed))
        .isEqualTo(incompatible ? List.of("b: METHOD_ADDED_TO_INTERFACE") : List.of());
  }

  @Test
  void internalPackage_isNotCompared() throws IOException {
    String name = "io.github.persona4j.internal.call.Sender";
    Path old = jar(name, "package io.github.persona4j.internal.call; public class Sender {}");
    Path changed = jar("Other", "public class Other {}");

    assertThat(kinds(old, changed)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void signatures_haveTheApiOfTheirJar(PublishedArtifact artifact) throws IOException {
    List<Path> libraries = ApiChanges.classPath();
    Path file = folder.resolve("signatures");
    SignatureJar.write(artifact.jar(), file);
    Path signatures = folder.resolve("signatures.jar");
    SignatureJar.read(file, signatures);

    ApiChanges lost = ApiChanges.between(artifact.jar(), libraries, signatures, libraries);
    ApiChanges more = ApiChanges.between(signatures, libraries, artifact.jar(), libraries);
    assertThat(lost).isEqualTo(new ApiChanges(List.of(), 0));
    assertThat(more).isEqualTo(new ApiChanges(List.of(), 0));
    assertThat(Files.size(file)).isLessThan(Files.size(artifact.jar()) / 3);
  }

  private List<String> kinds(Path old, Path changed) {
    return ApiChanges.between(old, List.of(), changed, List.of()).incompatible().stream()
        .map(change -> change.member() + ": " + change.kind())
        .toList();
  }

  /** The jar of a class, and of the classes in it. */
  private Path jar(String name, String source) throws IOException {
    Path root = Files.createTempDirectory(folder, "jar");
    Path file = root.resolve(name.replace('.', '/') + ".java");
    Files.createDirectories(file.getParent());
    Files.writeString(file, source);
    int status =
        ToolProvider.getSystemJavaCompiler().run(null, null, null, "-proc:none", file.toString());
    assertThat(status).isZero();
    Path jar = root.resolve("classes.jar");
    List<Path> classes = new ArrayList<>();
    try (Stream<Path> files = Files.walk(root)) {
      files.filter(each -> each.toString().endsWith(".class")).forEach(classes::add);
    }
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      for (Path each : classes) {
        out.putNextEntry(new ZipEntry(root.relativize(each).toString().replace('\\', '/')));
        Files.copy(each, out);
        out.closeEntry();
      }
    }
    return jar;
  }
}
