package io.github.persona4j;

import io.github.persona4j.json.JsonModel;
import io.github.persona4j.json.JsonType;
import io.github.persona4j.json.OpenValue;
import io.github.persona4j.paging.Pages;
import io.github.persona4j.request.FileUpload;
import io.github.persona4j.request.FormParameters;
import io.github.persona4j.request.Include;
import io.github.persona4j.request.QueryParameters;
import io.github.persona4j.request.RequestOptions;
import io.github.persona4j.request.Required;
import io.github.persona4j.request.ResourceQuery;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import retrofit2.Call;
import retrofit2.http.Header;
import retrofit2.http.Path;
import retrofit2.http.Query;

/**
 * A public blocking method of a generated class, such as {@code inquiries().approve(id)}.
 *
 * @param accessor the method of {@link PersonaClient} that gives the class
 * @param method the method, in one of its forms
 * @param call the method of the Retrofit interface for the same operation
 * @param positions the index of each argument of the method among those of {@code call}; -1 if it
 *     is a part of the body, or a function that fills the body or the query
 */
record ApiMethod(Method accessor, Method method, Method call, List<Integer> positions) {
  static final RequestOptions OPTIONS = RequestOptions.builder().header("X-Sample", "1").build();

  /** All public methods of all generated classes. */
  static List<ApiMethod> all() {
    List<ApiMethod> all = new ArrayList<>();
    for (Method accessor : PersonaClient.class.getMethods()) {
      Class<?> type = accessor.getReturnType();
      if (type.getPackageName().equals("io.github.persona4j.operations")
          && !List.of("async", "raw").contains(accessor.getName())) {
        for (Method method : type.getDeclaredMethods()) {
          // Those for all pages are tested in PagedOperationsTest.
          if (Modifier.isPublic(method.getModifiers())
              && !method.getName().equals("api")
              && method.getReturnType() != Pages.class) {
            Method call = call(type, method.getName());
            all.add(new ApiMethod(accessor, method, call, positions(method, call)));
          }
        }
      }
    }
    all.sort(Comparator.comparing(ApiMethod::toString));
    return all;
  }

  /** The overload with most parameters of each operation. */
  static List<ApiMethod> operations() {
    return all().stream()
        .filter(
            operation ->
                operation.positions.size() == operation.call.getParameterCount()
                    && !operation.positions.contains(-1))
        .toList();
  }

  /**
   * The call of the same name, or of the name that a method such as createWatchlist starts with.
   */
  private static Method call(Class<?> type, String name) {
    try {
      List<Method> calls =
          Arrays.stream(type.getMethod("api").getReturnType().getMethods())
              .filter(call -> name.startsWith(call.getName()))
              .sorted(Comparator.comparing(call -> -call.getName().length()))
              .toList();
      if (calls.isEmpty()) {
        throw new AssertionError(type + "." + name + " is no form of a call");
      }
      return calls.get(0);
    } catch (NoSuchMethodException e) {
      throw new LinkageError(type.getName(), e);
    }
  }

  // A form leaves out the body, the query or the options, or has other arguments for the body or
  // the query. The order of the parameters is the same.
  private static List<Integer> positions(Method method, Method call) {
    List<Integer> positions = new ArrayList<>();
    List<Class<?>> all = List.of(call.getParameterTypes());
    int next = 0;
    for (Class<?> type : method.getParameterTypes()) {
      int found = all.subList(next, all.size()).indexOf(type);
      if (found < 0) {
        positions.add(-1);
      } else {
        next += found + 1;
        positions.add(next - 1);
      }
    }
    return positions;
  }

  /** The parameters of the method, with Retrofit's annotations if the call has them too. */
  List<Parameter> parameters() {
    List<Parameter> parameters = new ArrayList<>();
    for (int i = 0; i < positions.size(); i++) {
      int position = positions.get(i);
      parameters.add(position < 0 ? method.getParameters()[i] : call.getParameters()[position]);
    }
    return parameters;
  }

  /** Whether the method has arguments from which its body or its query is built. */
  boolean isBuilding() {
    return positions.contains(-1);
  }

  /** Valid arguments, all different. */
  @Nullable Object[] samples() {
    @Nullable Object[] samples = new @Nullable Object[positions.size()];
    for (int i = 0; i < samples.length; i++) {
      Class<?> type = method.getParameterTypes()[i];
      samples[i] =
          type == String.class
              ? "v" + i + " a/b"
              : positions.get(i) < 0
                  ? SampleValues.of(method.getGenericParameterTypes()[i])
                  : sample(type);
    }
    return samples;
  }

  private static Object sample(Class<?> type) {
    try {
      if (type == RequestOptions.class) {
        return OPTIONS;
      } else if (JsonModel.class.isAssignableFrom(type)) {
        JsonType<?> json = (JsonType<?>) Objects.requireNonNull(type.getField("TYPE").get(null));
        return json.fromJson("{\"sample\":1}", true);
      } else if (type == ResourceQuery.class) {
        return ResourceQuery.include(Include.of("sample-include"));
      } else if (QueryParameters.class.isAssignableFrom(type)
          || FormParameters.class.isAssignableFrom(type)) {
        return buildSample(type);
      }
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(type.getName(), e);
    }
    throw new AssertionError("No sample is known for " + type);
  }

  private static Object buildSample(Class<?> type) throws ReflectiveOperationException {
    Object builder = Objects.requireNonNull(type.getMethod("builder").invoke(null));
    for (Method setter : builder.getClass().getDeclaredMethods()) {
      if (!setter.isSynthetic() && setter.getReturnType() == builder.getClass()) {
        Object[] values =
            Arrays.stream(setter.getParameterTypes())
                .map(parameter -> value(parameter, setter.getName()))
                .toArray();
        setter.invoke(builder, values);
      }
    }
    return Objects.requireNonNull(builder.getClass().getMethod("build").invoke(builder));
  }

  private static Object value(Class<?> type, String name) {
    if (type == String.class) {
      return "sample-" + name;
    } else if (type == String[].class) {
      return new String[] {"sample-" + name};
    } else if (type.isArray() && OpenValue.class.isAssignableFrom(type.getComponentType())) {
      Object values = Array.newInstance(type.getComponentType(), 1);
      Array.set(values, 0, value(Objects.requireNonNull(type.getComponentType()), name));
      return values;
    } else if (type == Include[].class) {
      return new Include<?>[] {Include.of("sample-" + name)};
    } else if (type == Integer.class) {
      return 7;
    } else if (type == Boolean.class) {
      return true;
    } else if (type == OffsetDateTime.class) {
      return OffsetDateTime.parse("2026-01-14T09:31:07Z");
    } else if (type == FileUpload.class) {
      return FileUpload.of(
          "sample-" + name + ".csv", "text/csv", "a,b\n".getBytes(StandardCharsets.UTF_8));
    } else if (OpenValue.class.isAssignableFrom(type)) {
      try {
        return Objects.requireNonNull(
            type.getMethod("of", String.class).invoke(null, "sample-" + name));
      } catch (ReflectiveOperationException e) {
        throw new LinkageError(type.getName(), e);
      }
    }
    throw new AssertionError("No value is known for " + type);
  }

  /** Calls the method. */
  @Nullable Object invoke(PersonaClient client, @Nullable Object... arguments) {
    return run(Objects.requireNonNull(run(client, accessor)), method, arguments);
  }

  /** The Retrofit call with the same arguments, for the overload with most parameters. */
  Call<?> call(PersonaClient client, @Nullable Object... arguments) {
    Object api = client.api(call.getDeclaringClass());
    return (Call<?>) Objects.requireNonNull(run(api, call, arguments));
  }

  private static @Nullable Object run(Object target, Method method, @Nullable Object... arguments) {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new AssertionError(method + " failed", e.getCause());
    } catch (IllegalAccessException e) {
      throw new LinkageError(method + " cannot be called", e);
    }
  }

  /** Whether a parameter is required for the URL or a header. */
  static boolean isNeeded(Parameter parameter) {
    return parameter.isAnnotationPresent(Path.class)
        || parameter.isAnnotationPresent(Required.class);
  }

  /** The name of a parameter on the wire. */
  static String wireName(Parameter parameter) {
    Path path = parameter.getAnnotation(Path.class);
    Query query = parameter.getAnnotation(Query.class);
    return path != null
        ? path.value()
        : query != null ? query.value() : parameter.getAnnotation(Header.class).value();
  }

  /** The name of the operation and the types of the arguments. */
  @Override
  public String toString() {
    return accessor.getName()
        + "."
        + method.getName()
        + Arrays.stream(method.getParameterTypes()).map(Class::getSimpleName).toList();
  }
}
