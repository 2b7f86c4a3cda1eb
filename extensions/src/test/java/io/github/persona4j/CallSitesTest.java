package io.github.persona4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.persona4j.json.JsonModel;
import java.io.StringWriter;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/**
 * Every form of every operation compiles where it is called with lambda expressions and literals.
 */
class CallSitesTest {
  private static final String LAMBDA = "each -> { if (flag) { each.hashCode(); } }";

  @Test
  void everyForm_calledWithLambdasAndLiterals_compiles() {
    List<String> statements = new ArrayList<>();
    for (ApiMethod form : ApiMethod.all()) {
      List<String> variables = new ArrayList<>();
      List<String> arguments = new ArrayList<>();
      for (Type type : form.method().getGenericParameterTypes()) {
        arguments.add(argument(type, variables));
      }
      String call = "client." + form.accessor().getName() + "()." + form.method().getName();
      statements.add(
          String.join(" ", variables) + call + "(" + String.join(", ", arguments) + ");");
      if (arguments.contains(LAMBDA)) {
        List<String> expressions =
            arguments.stream().map(a -> a.equals(LAMBDA) ? "each -> each.toString()" : a).toList();
        statements.add(
            String.join(" ", variables) + call + "(" + String.join(", ", expressions) + ");");
      }
    }

    assertThat(statements).hasSizeGreaterThan(1500);
    assertThat(errors(statements)).isEmpty();
  }

  @Test
  void everyNestedBuilder_calledWithALambda_compiles() {
    List<String> statements = new ArrayList<>();
    for (Class<?> builder : buildersOfBodies()) {
      for (Method setter : builder.getDeclaredMethods()) {
        if (isNested(setter)) {
          String type = Objects.requireNonNull(builder.getCanonicalName());
          String model = model(setter).getCanonicalName();
          String call = type + " builder = null; builder." + setter.getName();
          statements.add(call + "(" + LAMBDA + ");");
          statements.add(call + "(each -> each.toString());");
          statements.add(model + " value = null; " + call + "(value);");
        }
      }
    }

    assertThat(statements).hasSizeGreaterThan(50);
    assertThat(errors(statements)).isEmpty();
  }

  /** A literal null could be either argument; both mean the same, and unset() says it better. */
  @Test
  void literalNull_forANestedBuilder_isRefusedByTheCompiler() {
    String builder = "io.github.persona4j.model.CreateInquiryAttributes.builder()";

    assertThat(errors(List.of(builder + ".fields(null);"))).contains("ambiguous");
  }

  private static String argument(Type type, List<String> variables) {
    if (type instanceof ParameterizedType generic && generic.getRawType() == Consumer.class) {
      return LAMBDA;
    } else if (type == String.class) {
      return "\"text\"";
    } else if (type == Long.class) {
      return "7L";
    } else if (type instanceof ParameterizedType generic && generic.getRawType() == List.class) {
      return "java.util.List.of()";
    }
    String name = "value" + variables.size();
    variables.add(type.getTypeName().replace('$', '.') + " " + name + " = null;");
    return name;
  }

  /** The builders of all models that a lambda expression can reach. */
  private static Set<Class<?>> buildersOfBodies() {
    Set<Class<?>> found = new LinkedHashSet<>();
    for (ApiMethod form : ApiMethod.all()) {
      for (Type type : form.method().getGenericParameterTypes()) {
        if (type instanceof ParameterizedType generic && generic.getRawType() == Consumer.class) {
          add((Class<?>) generic.getActualTypeArguments()[0], found);
        }
      }
    }
    return found;
  }

  private static void add(Class<?> builder, Set<Class<?>> found) {
    if (JsonModel.Builder.class.isAssignableFrom(builder) && found.add(builder)) {
      for (Method setter : builder.getDeclaredMethods()) {
        if (isNested(setter)) {
          add(builderOf(setter), found);
        }
      }
    }
  }

  private static boolean isNested(Method setter) {
    return setter.getParameterCount() == 1 && setter.getParameterTypes()[0] == Consumer.class;
  }

  private static Class<?> builderOf(Method setter) {
    ParameterizedType type = (ParameterizedType) setter.getGenericParameterTypes()[0];
    return (Class<?>) type.getActualTypeArguments()[0];
  }

  private static Class<?> model(Method setter) {
    return Objects.requireNonNull(builderOf(setter).getEnclosingClass());
  }

  /** Compiles the statements, each in a method of its own. */
  private static String errors(List<String> statements) {
    StringBuilder source = new StringBuilder("abstract class CallSites { boolean flag;\n");
    for (int i = 0; i < statements.size(); i++) {
      source.append("void call").append(i);
      source.append("(io.github.persona4j.PersonaClient client) throws Exception { ");
      source.append(statements.get(i)).append(" }\n");
    }
    JavaCompiler compiler = Objects.requireNonNull(ToolProvider.getSystemJavaCompiler());
    StringWriter errors = new StringWriter();
    List<String> options =
        List.of(
            "-proc:none",
            "-implicit:none",
            "-d",
            System.getProperty("java.io.tmpdir"),
            "-Xmaxerrs",
            "5",
            "-XDshould-stop.ifNoError=FLOW",
            // Deprecated properties are called, too.
            "-XDsuppressNotes",
            "-classpath",
            System.getProperty("java.class.path"));
    compiler
        .getTask(
            errors, null, null, options, null, List.of(new Source(source.append("}").toString())))
        .call();
    return errors.toString();
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String text) {
      super(URI.create("string:///CallSites.java"), JavaFileObject.Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
