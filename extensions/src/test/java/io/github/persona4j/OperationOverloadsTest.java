package io.github.persona4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.persona4j.error.NotFoundException;
import io.github.persona4j.json.JsonModel;
import io.github.persona4j.json.JsonType;
import io.github.persona4j.request.FormParameters;
import io.github.persona4j.request.QueryParameters;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import retrofit2.http.Body;
import retrofit2.http.DELETE;
import retrofit2.http.GET;
import retrofit2.http.Header;
import retrofit2.http.PATCH;
import retrofit2.http.POST;
import retrofit2.http.PUT;
import retrofit2.http.Path;
import retrofit2.http.Query;

/**
 * Each overload of each operation, and the request that it sends. The server always responds with
 * 404, so every sent call throws a NotFoundException.
 */
class OperationOverloadsTest {
  private static final Set<Class<? extends Annotation>> VERBS =
      Set.of(GET.class, POST.class, PUT.class, PATCH.class, DELETE.class);

  private static MockApi api;

  @BeforeAll
  static void start() throws IOException {
    api = new MockApi().respondToAll(new MockResponse.Builder().code(404));
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  static List<ApiMethod> overloads() {
    return ApiMethod.all();
  }

  static Stream<ApiMethod> overloadsWithoutBody() {
    return ApiMethod.all().stream()
        .filter(
            overload ->
                body(overload.call()) != null && !hasBody(overload) && !overload.isBuilding());
  }

  private static boolean hasBody(ApiMethod overload) {
    return overload.parameters().stream()
        .anyMatch(parameter -> parameter.isAnnotationPresent(Body.class));
  }

  private static @Nullable Parameter body(Method call) {
    return Arrays.stream(call.getParameters())
        .filter(parameter -> parameter.isAnnotationPresent(Body.class))
        .findFirst()
        .orElse(null);
  }

  @Test
  void allOperations_areFound() {
    assertThat(ApiMethod.operations()).hasSize(218);
    assertThat(ApiMethod.all()).hasSize(1344);
  }

  @Test
  void operationClass_hasEveryMethodOfItsInterface() {
    Map<Class<?>, Set<String>> found = new LinkedHashMap<>();
    for (ApiMethod form : ApiMethod.all()) {
      found
          .computeIfAbsent(form.call().getDeclaringClass(), type -> new TreeSet<>())
          .add(form.call().getName());
    }
    assertThat(found).hasSize(30);
    found.forEach(
        (type, names) ->
            assertThat(names)
                .isEqualTo(
                    Arrays.stream(type.getMethods())
                        .map(Method::getName)
                        .collect(Collectors.toCollection(TreeSet::new))));
  }

  @ParameterizedTest
  @MethodSource("overloads")
  void overload_sendsItsArguments(ApiMethod overload) throws Exception {
    @Nullable Object[] arguments = overload.samples();

    RecordedRequest request = send(overload, arguments);

    HttpUrl url = HttpUrl.get("http://localhost" + request.getTarget());
    Map<String, String> query = new TreeMap<>();
    for (String name : url.queryParameterNames()) {
      query.put(name, url.queryParameter(name));
    }
    assertThat(request.getMethod())
        .isEqualTo(verb(overload.call()).annotationType().getSimpleName());
    assertThat(url.pathSegments()).isEqualTo(segments(overload, arguments));
    assertThat(query).isEqualTo(query(overload, arguments));
    List<Parameter> parameters = overload.parameters();
    for (int i = 0; i < arguments.length; i++) {
      Header header = parameters.get(i).getAnnotation(Header.class);
      if (header != null) {
        assertThat(request.getHeaders().get(header.value())).isEqualTo(arguments[i]);
      } else if (overload.positions().get(i) >= 0 && arguments[i] instanceof JsonModel model) {
        assertThat(body(request)).isEqualTo(model.toJson()).isEqualTo("{\"sample\":1}");
      } else if (arguments[i] instanceof FormParameters) {
        assertThat(body(request)).contains("sample-");
      }
    }
    boolean withOptions = Arrays.asList(arguments).contains(ApiMethod.OPTIONS);
    assertThat(request.getHeaders().get("X-Sample")).isEqualTo(withOptions ? "1" : null);
    if (body(overload.call()) == null) {
      assertThat(body(request)).isEmpty();
    } else if (overload.isBuilding()) {
      assertThat(BuiltBody.differences(overload, arguments, body(request))).isEmpty();
    }
  }

  /** The builders accept the default body, and reject it without any of its parts. */
  @ParameterizedTest
  @MethodSource("overloadsWithoutBody")
  void overloadWithoutBody_sendsSmallestValidBody(ApiMethod overload) throws Exception {
    String sent = body(send(overload, overload.samples()));

    Class<?> type = Objects.requireNonNull(body(overload.call())).getType();
    JsonType<?> json = (JsonType<?>) Objects.requireNonNull(type.getField("TYPE").get(null));
    assertSmallest((JsonModel) json.fromJson(sent, true));
  }

  private static void assertSmallest(JsonModel model) throws ReflectiveOperationException {
    assertThat(build(builder(model))).isEqualTo(model);
    for (String property : model.propertyNames()) {
      JsonModel.Builder<?> without = builder(model).unset(property);
      assertThatExceptionOfType(IllegalStateException.class)
          .as("%s without %s", model, property)
          .isThrownBy(() -> build(without));
    }
    for (Method accessor : model.getClass().getDeclaredMethods()) {
      if (JsonModel.class.isAssignableFrom(accessor.getReturnType())
          && accessor.getParameterCount() == 0
          && Modifier.isPublic(accessor.getModifiers())
          && accessor.invoke(model) instanceof JsonModel part) {
        assertSmallest(part);
      }
    }
  }

  private static JsonModel.Builder<?> builder(JsonModel model) throws ReflectiveOperationException {
    return (JsonModel.Builder<?>)
        Objects.requireNonNull(model.getClass().getMethod("toBuilder").invoke(model));
  }

  private static Object build(JsonModel.Builder<?> builder) {
    try {
      return Objects.requireNonNull(builder.getClass().getMethod("build").invoke(builder));
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException refused) {
        throw refused;
      }
      throw new AssertionError(e);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(builder.getClass().getName(), e);
    }
  }

  @Test
  void operationsWithOptionalBody_sendExpectedDefault() throws Exception {
    Map<String, String> sent = new TreeMap<>();
    for (ApiMethod overload : overloadsWithoutBody().toList()) {
      sent.put(
          overload.accessor().getName() + "." + overload.method().getName(), body(send(overload)));
    }

    Map<String, String> expected = new LinkedHashMap<>();
    expected.put("connect.redeemShareToken", "{\"data\":{\"attributes\":{}}}");
    expected.put("inquiries.approve", "{\"meta\":{}}");
    expected.put("inquiries.decline", "{\"meta\":{}}");
    expected.put("inquiries.generateOneTimeLink", "{\"meta\":{}}");
    expected.put("webhooks.rotateSecret", "{\"meta\":{}}");
    assertThat(sent).isEqualTo(expected);
  }

  private static RecordedRequest send(ApiMethod overload) throws Exception {
    return send(overload, overload.samples());
  }

  private static RecordedRequest send(ApiMethod overload, @Nullable Object[] arguments)
      throws Exception {
    Throwable failure = catchThrowable(() -> overload.invoke(api.client(), arguments));
    assertThat(failure).as(overload.toString()).isInstanceOf(NotFoundException.class);
    return api.request();
  }

  private static Annotation verb(Method call) {
    return Arrays.stream(call.getAnnotations())
        .filter(annotation -> VERBS.contains(annotation.annotationType()))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> segments(ApiMethod overload, @Nullable Object[] arguments)
      throws ReflectiveOperationException {
    Annotation verb = verb(overload.call());
    String path = (String) verb.annotationType().getMethod("value").invoke(verb);
    String fullPath = path.startsWith("/") ? path.substring(1) : "api/v1/" + path;
    return Arrays.stream(fullPath.split("/", -1))
        .map(part -> substitute(part, overload, arguments))
        .toList();
  }

  private static String substitute(
      String segment, ApiMethod overload, @Nullable Object[] arguments) {
    for (int i = 0; i < arguments.length; i++) {
      Path path = overload.parameters().get(i).getAnnotation(Path.class);
      if (path != null && segment.equals("{" + path.value() + "}")) {
        return String.valueOf(arguments[i]);
      }
    }
    return segment;
  }

  private static Map<String, String> query(ApiMethod overload, @Nullable Object[] arguments) {
    Map<String, String> query = new TreeMap<>();
    for (int i = 0; i < arguments.length; i++) {
      Query annotation = overload.parameters().get(i).getAnnotation(Query.class);
      if (annotation != null) {
        query.put(annotation.value(), String.valueOf(arguments[i]));
      } else if (arguments[i] instanceof SampleValues.Filling filling
          && QueryParameters.class.isAssignableFrom(filling.type())) {
        query.putAll((QueryParameters) filling.built());
      } else if (arguments[i] instanceof QueryParameters parameters) {
        assertThat(parameters).isNotEmpty();
        query.putAll(parameters);
      }
    }
    return query;
  }

  private static String body(RecordedRequest request) {
    return request.getBody() == null ? "" : request.getBody().utf8();
  }
}
