package io.github.persona4j.request;

import java.io.File;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Compiles Java code against this module, for tests of what does and does not compile. */
public final class JavaSource {
  private JavaSource() {}

  /**
   * Returns the codes of the compiler's errors in a statement.
   *
   * @param imports the imported names, such as {@code java.util.List}
   */
  public static List<String> errors(List<String> imports, String statement) {
    StringBuilder source = new StringBuilder();
    imports.forEach(name -> source.append("import ").append(name).append(";\n"));
    source
        .append("class Snippet { void run() throws Exception { ")
        .append(statement)
        .append(" } }");
    JavaCompiler compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler());
    DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
    String classPath =
        System.getProperty("surefire.test.class.path", "")
            + File.pathSeparator
            + System.getProperty("java.class.path");
    compiler
        .getTask(
            null,
            null,
            diagnostics,
            List.of("-proc:none", "-implicit:none", "-d", "target", "-classpath", classPath),
            null,
            List.of(new Source(source.toString())))
        .call();
    new File("target/Snippet.class").delete();
    return diagnostics.getDiagnostics().stream()
        .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
        .map(diagnostic -> diagnostic.getCode() + ": " + diagnostic.getMessage(Locale.ROOT))
        .toList();
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String text) {
      super(URI.create("string:///Snippet.java"), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
