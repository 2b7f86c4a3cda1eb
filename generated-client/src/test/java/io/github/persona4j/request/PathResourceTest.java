package io.github.persona4j.request;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.persona4j.api.InquiriesApi;
import io.github.persona4j.json.JsonResponse;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import retrofit2.http.DELETE;
import retrofit2.http.GET;
import retrofit2.http.PATCH;
import retrofit2.http.POST;

/** Compares the annotations of all operations with their paths and the models that they return. */
class PathResourceTest {
  private static final Path APIS =
      Path.of("target/generated-sources/openapi/src/main/java/io/github/persona4j/api");
  private static final Pattern PARAMETER = Pattern.compile("\\{([^}]+)-id}");
  private static final Pattern TYPE = Pattern.compile("\n +type \"([^\"]+)\"");

  /** Operations that return a new resource of the type in their path. */
  private static final Set<String> NEW = Set.of("ApiKeysApi.clone", "WebhooksApi.clone");

  /** An operation is annotated if and only if it returns the resource in its path. */
  @TestFactory
  Stream<DynamicTest> operation_isMarkedAsItsPathAndItsModelSay() throws Exception {
    return operations().stream()
        .map(
            operation ->
                DynamicTest.dynamicTest(
                    name(operation),
                    () -> {
                      PathResource annotation = operation.getAnnotation(PathResource.class);
                      assertThat(
                              annotation == null
                                  ? ""
                                  : annotation.parameter() + " " + annotation.type())
                          .isEqualTo(NEW.contains(name(operation)) ? "" : expected(operation));
                    }));
  }

  @Test
  void operations_areComplete() throws Exception {
    List<Method> operations = operations();

    assertThat(operations).hasSize(218);
    assertThat(operations).filteredOn(o -> o.isAnnotationPresent(PathResource.class)).hasSize(134);
    assertThat(operations).extracting(PathResourceTest::name).containsAll(NEW);
  }

  @Test
  void operationWithOneTypeOfAUnion_hasTheCompleteType() {
    PathResource family = annotation(operation("VerificationsApi.retrieve"));
    PathResource member = annotation(operation("VerificationsApi.retrieveSelfie"));

    assertThat(family.type()).isEqualTo("verification");
    assertThat(member.type()).isEqualTo("verification/selfie");
  }

  @Test
  void operationsThatReturnSomethingElse_areNotAnnotated() {
    for (String name :
        List.of(
            "InquiriesApi.create",
            "InquiriesApi.list",
            "InquiriesApi.print",
            "AccountsApi.listRelations",
            "ReportsApi.listHistory",
            "WorkflowsApi.trigger",
            "InquiryTemplatesApi.importTranslations",
            "ApiKeysApi.clone")) {
      assertThat(operation(name).isAnnotationPresent(PathResource.class)).as(name).isFalse();
    }
  }

  private static PathResource annotation(Method operation) {
    PathResource annotation = operation.getAnnotation(PathResource.class);
    assertThat(annotation).isNotNull();
    return annotation;
  }

  private static Method operation(String name) {
    try {
      return operations().stream().filter(o -> name(o).equals(name)).findFirst().orElseThrow();
    } catch (Exception e) {
      throw new AssertionError(name, e);
    }
  }

  private static String name(Method operation) {
    return operation.getDeclaringClass().getSimpleName() + "." + operation.getName();
  }

  private static List<Method> operations() throws IOException, ClassNotFoundException {
    List<Method> operations = new ArrayList<>();
    try (Stream<Path> files = Files.list(APIS)) {
      for (Path file : files.filter(f -> f.toString().endsWith("Api.java")).sorted().toList()) {
        String type = file.getFileName().toString().replace(".java", "");
        Class<?> api = Class.forName(InquiriesApi.class.getPackageName() + "." + type);
        Stream.of(api.getDeclaredMethods())
            .filter(method -> Modifier.isAbstract(method.getModifiers()))
            .sorted(Comparator.comparing(Method::getName))
            .forEach(operations::add);
      }
    }
    return operations;
  }

  /** Returns the parameter and the type; empty if the operation returns something else. */
  private static String expected(Method operation) throws Exception {
    String stem = lastParameter(operation);
    JsonResponse response = operation.getAnnotation(JsonResponse.class);
    if (stem == null || response == null) {
      return "";
    }
    Set<String> types = types(response.value());
    if (types.size() == 1) {
      String type = types.iterator().next();
      boolean named = type.equals(stem) || type.startsWith(stem + "/") || type.endsWith("/" + stem);
      return named ? stem + "-id " + type : "";
    }
    boolean family = !types.isEmpty() && types.stream().allMatch(t -> t.startsWith(stem + "/"));
    return family ? stem + "-id " + stem : "";
  }

  private static @Nullable String lastParameter(Method operation) {
    Matcher parameter = PARAMETER.matcher(path(operation));
    String last = null;
    while (parameter.find()) {
      last = parameter.group(1);
    }
    return last;
  }

  private static String path(Method operation) {
    for (Annotation annotation : operation.getAnnotations()) {
      if (annotation instanceof GET get) {
        return get.value();
      } else if (annotation instanceof POST post) {
        return post.value();
      } else if (annotation instanceof PATCH patch) {
        return patch.value();
      } else if (annotation instanceof DELETE delete) {
        return delete.value();
      }
    }
    throw new AssertionError("no method of HTTP on " + operation);
  }

  /**
   * Returns the possible types of the {@code data} of a response; none for a list and for no data.
   */
  private static Set<String> types(String response) throws Exception {
    Class<?> model = Class.forName("io.github.persona4j.model." + response);
    Set<String> types = new TreeSet<>();
    for (Method accessor : model.getMethods()) {
      if (accessor.getName().equals("data") && accessor.getParameterCount() == 0) {
        Class<?> data = accessor.getReturnType();
        if (Collection.class.isAssignableFrom(data)) {
          return Set.of();
        }
        if (!data.isInterface()) {
          types.add(type(data));
          continue;
        }
        for (Method visit : Class.forName(data.getName() + "$Visitor").getMethods()) {
          if (visit.getName().startsWith("visit")) {
            types.add(type(visit.getParameterTypes()[0]));
          }
        }
      }
    }
    return types;
  }

  /** Returns the type of a model of a resource, which its builder sets. */
  private static String type(Class<?> model) throws IOException {
    Path source = APIS.resolveSibling("model").resolve(model.getSimpleName() + ".java");
    Matcher type = TYPE.matcher(Files.readString(source));
    assertThat(type.find()).as(model.getSimpleName() + " has a type").isTrue();
    return type.group(1);
  }
}
