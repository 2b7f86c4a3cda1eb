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
 * Each form of each method that the client has for an operation, and the request that it sends. The
 * server knows nothing, so that a call which sends its request ends as not found.
 */
class PublishedFormsTest {
  private static final Set<Class<? extends Annotation>> VERBS =
      Set.of(GET.class, POST.class, PUT.class, PATCH.class, DELETE.class);

  private static MockApi api;

  @BeforeAll
  static void start() throws IOException {
    api = new MockApi().answerAll(new MockResponse.Builder().code(404));
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  static List<ApiMethod> forms() {
    return ApiMethod.all();
  }

  static Stream<ApiMethod> formsWithoutTheirBody() {
    return ApiMethod.all().stream().filter(form -> body(form.call()) != null && !hasBody(form));
  }

  private static boolean hasBody(ApiMethod form) {
    return form.parameters().stream()
        .anyMatch(parameter -> parameter.isAnnotationPresent(Body.class));
  }

  private static @Nullable Parameter body(Method call) {
    return Arrays.stream(call.getParameters())
        .filter(parameter -> parameter.isAnnotationPresent(Body.class))
        .findFirst()
        .orElse(null);
  }

  @Test
  void operations_areAllCalled() {
    assertThat(ApiMethod.operations()).hasSize(209);
    assertThat(ApiMethod.all()).hasSize(617);
  }

  @Test
  void operationClass_hasEveryMethodOfItsInterface() {
    Map<Class<?>, Set<String>> found = new LinkedHashMap<>();
    for (ApiMethod form : ApiMethod.all()) {
      found
          .computeIfAbsent(form.call().getDeclaringClass(), type -> new TreeSet<>())
          .add(form.method().getName());
    }
    assertThat(found).hasSize(28);
    found.forEach(
        (type, names) ->
            assertThat(names)
                .isEqualTo(
                    Arrays.stream(type.getMethods())
                        .map(Method::getName)
                        .collect(Collectors.toCollection(TreeSet::new))));
  }

  @ParameterizedTest
  @MethodSource("forms")
  void form_sendsItsArguments(ApiMethod form) throws Exception {
    @Nullable Object[] arguments = form.samples();

    RecordedRequest request = sent(form, arguments);

    HttpUrl url = HttpUrl.get("http://localhost" + request.getTarget());
    Map<String, String> query = new TreeMap<>();
    for (String name : url.queryParameterNames()) {
      query.put(name, url.queryParameter(name));
    }
    assertThat(request.getMethod()).isEqualTo(verb(form.call()).annotationType().getSimpleName());
    assertThat(url.pathSegments()).isEqualTo(segments(form, arguments));
    assertThat(query).isEqualTo(query(form, arguments));
    List<Parameter> parameters = form.parameters();
    for (int i = 0; i < arguments.length; i++) {
      Header header = parameters.get(i).getAnnotation(Header.class);
      if (header != null) {
        assertThat(request.getHeaders().get(header.value())).isEqualTo(arguments[i]);
      } else if (arguments[i] instanceof JsonModel model) {
        assertThat(body(request)).isEqualTo(model.toJson()).isEqualTo("{\"sample\":1}");
      } else if (arguments[i] instanceof FormParameters) {
        assertThat(body(request)).contains("sample-");
      }
    }
    boolean withOptions = Arrays.asList(arguments).contains(ApiMethod.OPTIONS);
    assertThat(request.getHeaders().get("X-Sample")).isEqualTo(withOptions ? "1" : null);
    if (body(form.call()) == null) {
      assertThat(body(request)).isEmpty();
    }
  }

  /**
   * Whatever the description says: the builders accept the body, and without any part they do not.
   */
  @ParameterizedTest
  @MethodSource("formsWithoutTheirBody")
  void formWithoutItsBody_sendsTheSmallestValidOne(ApiMethod form) throws Exception {
    String sent = body(sent(form, form.samples()));

    Class<?> type = Objects.requireNonNull(body(form.call())).getType();
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
  void operationsWithAnOptionalBody_sendThis() throws Exception {
    Map<String, String> sent = new TreeMap<>();
    for (ApiMethod form : formsWithoutTheirBody().toList()) {
      sent.put(form.accessor().getName() + "." + form.method().getName(), body(sent(form)));
    }

    Map<String, String> expected = new LinkedHashMap<>();
    expected.put("connect.redeemShareToken", "{\"data\":{\"attributes\":{}}}");
    expected.put("inquiries.approve", "{\"meta\":{}}");
    expected.put("inquiries.decline", "{\"meta\":{}}");
    expected.put("inquiries.generateOneTimeLink", "{\"meta\":{}}");
    expected.put("webhooks.rotateSecret", "{\"meta\":{}}");
    assertThat(sent).isEqualTo(expected);
  }

  private static RecordedRequest sent(ApiMethod form) throws Exception {
    return sent(form, form.samples());
  }

  private static RecordedRequest sent(ApiMethod form, @Nullable Object[] arguments)
      throws Exception {
    Throwable failure = catchThrowable(() -> form.invoke(api.client(), arguments));
    assertThat(failure).as(form.toString()).isInstanceOf(NotFoundException.class);
    return api.request();
  }

  private static Annotation verb(Method call) {
    return Arrays.stream(call.getAnnotations())
        .filter(annotation -> VERBS.contains(annotation.annotationType()))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> segments(ApiMethod form, @Nullable Object[] arguments)
      throws ReflectiveOperationException {
    Annotation verb = verb(form.call());
    String path = (String) verb.annotationType().getMethod("value").invoke(verb);
    String whole = path.startsWith("/") ? path.substring(1) : "api/v1/" + path;
    return Arrays.stream(whole.split("/", -1)).map(part -> filled(part, form, arguments)).toList();
  }

  private static String filled(String segment, ApiMethod form, @Nullable Object[] arguments) {
    for (int i = 0; i < arguments.length; i++) {
      Path path = form.parameters().get(i).getAnnotation(Path.class);
      if (path != null && segment.equals("{" + path.value() + "}")) {
        return String.valueOf(arguments[i]);
      }
    }
    return segment;
  }

  private static Map<String, String> query(ApiMethod form, @Nullable Object[] arguments) {
    Map<String, String> query = new TreeMap<>();
    for (int i = 0; i < arguments.length; i++) {
      Query one = form.parameters().get(i).getAnnotation(Query.class);
      if (one != null) {
        query.put(one.value(), String.valueOf(arguments[i]));
      } else if (arguments[i] instanceof QueryParameters several) {
        assertThat(several).isNotEmpty();
        query.putAll(several);
      }
    }
    return query;
  }

  private static String body(RecordedRequest request) {
    return request.getBody() == null ? "" : request.getBody().utf8();
  }
}
