package io.github.persona4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.persona4j.error.MalformedResponseException;
import io.github.persona4j.error.NotFoundException;
import io.github.persona4j.file.Download;
import io.github.persona4j.model.InquiryResponse;
import io.github.persona4j.paging.AsyncPage;
import io.github.persona4j.paging.AsyncPages;
import io.github.persona4j.paging.Page;
import io.github.persona4j.paging.Pages;
import io.github.persona4j.response.ApiResponse;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The asynchronous and the raw operations are those of the blocking classes. */
class MirrorsTest {
  private static final String INQUIRY = "{\"data\":{\"type\":\"inquiry\",\"id\":\"inq_1\"}}";

  private MockApi api;
  private PersonaClient client;

  @BeforeEach
  void start() throws IOException {
    api = new MockApi();
    client = api.client();
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void mirrors_haveTheMethodsOfTheBlockingClasses_andNoOthers() throws Exception {
    int compared = 0;
    for (Method accessor : client.async().getClass().getMethods()) {
      if (accessor.getReturnType().getSimpleName().endsWith("Async")) {
        Class<?> blocking = client.getClass().getMethod(accessor.getName()).getReturnType();
        Class<?> raw = client.raw().getClass().getMethod(accessor.getName()).getReturnType();
        List<Method> expected = new ArrayList<>(List.of(blocking.getMethods()));
        expected.removeIf(
            method -> method.getDeclaringClass() == Object.class || method.getName().equals("api"));
        assertThat(signatures(accessor.getReturnType()))
            .containsExactlyInAnyOrderElementsOf(
                expected.stream().map(MirrorsTest::withoutWaiting).toList());
        expected.removeIf(method -> method.getReturnType() == Pages.class); // not a single call
        assertThat(signatures(raw))
            .containsExactlyInAnyOrderElementsOf(
                expected.stream().map(MirrorsTest::withHeaders).toList());
        compared++;
      }
    }
    assertThat(compared).isEqualTo(30);
  }

  private static List<String> signatures(Class<?> type) {
    return Arrays.stream(type.getDeclaredMethods())
        .filter(method -> Modifier.isPublic(method.getModifiers()))
        .map(method -> signature(method, method.getGenericReturnType().getTypeName()))
        .toList();
  }

  private static String signature(Method method, String result) {
    return method.getName() + Arrays.toString(method.getGenericParameterTypes()) + result;
  }

  private static String withoutWaiting(Method method) {
    String result = method.getGenericReturnType().getTypeName();
    if (method.getReturnType() == Pages.class) {
      return signature(method, result.replace(Pages.class.getName(), AsyncPages.class.getName()));
    }
    String later = result.replace(Page.class.getName() + "<", AsyncPage.class.getName() + "<");
    return signature(method, CompletableFuture.class.getName() + "<" + later + ">");
  }

  // The raw result of a list is the whole response, such as InquiryPage.
  private static String withHeaders(Method method) {
    Type result =
        method.getReturnType() == Page.class ? response(method) : method.getGenericReturnType();
    return signature(method, ApiResponse.class.getName() + "<" + result.getTypeName() + ">");
  }

  /** The response of the Retrofit call with the same name. */
  private static Type response(Method method) {
    try {
      Class<?> calls = method.getDeclaringClass().getMethod("api").getReturnType();
      for (Method call : calls.getMethods()) {
        if (call.getName().equals(method.getName())) {
          return ((ParameterizedType) call.getGenericReturnType()).getActualTypeArguments()[0];
        }
      }
    } catch (NoSuchMethodException e) {
      throw new LinkageError(method.toString(), e);
    }
    throw new AssertionError(method + " has no call");
  }

  @Test
  void everyForm_ofEachMirror_sendsTheSameRequest() throws Exception {
    api.respondToAll(new MockResponse.Builder().code(404));
    for (ApiMethod form : ApiMethod.all()) {
      @Nullable Object[] arguments = form.samples();
      assertThat(catchThrowable(() -> form.invoke(client, arguments)))
          .isInstanceOf(NotFoundException.class);
      List<String> expected = sent(api.request());

      CompletableFuture<?> future = (CompletableFuture<?>) invoke(client.async(), form, arguments);
      assertThatExceptionOfType(CompletionException.class)
          .isThrownBy(future::join)
          .withCauseInstanceOf(NotFoundException.class);
      assertThat(sent(api.request())).as("%s", form).isEqualTo(expected);

      assertThat(catchThrowable(() -> invoke(client.raw(), form, arguments)))
          .isInstanceOf(NotFoundException.class);
      assertThat(sent(api.request())).as("%s", form).isEqualTo(expected);
    }
  }

  private static List<String> sent(RecordedRequest request) {
    String body = request.getBody() == null ? "" : request.getBody().utf8();
    String boundary = String.valueOf(request.getHeaders().get("Content-Type"));
    int start = boundary.indexOf("boundary=");
    return List.of(
        String.valueOf(request.getMethod()),
        request.getTarget(),
        start < 0 ? body : body.replace(boundary.substring(start + 9), "boundary"),
        String.valueOf(request.getHeaders().get("X-Sample")));
  }

  private static Object invoke(Object mirror, ApiMethod form, @Nullable Object[] arguments) {
    try {
      Object group =
          Objects.requireNonNull(
              mirror.getClass().getMethod(form.accessor().getName()).invoke(mirror));
      Method method =
          group.getClass().getMethod(form.method().getName(), form.method().getParameterTypes());
      return Objects.requireNonNull(method.invoke(group, arguments));
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new AssertionError(e);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(form.toString(), e);
    }
  }

  @Test
  void asyncResponse_completesTheFutureWithTheModel() {
    api.respond(200, INQUIRY);

    CompletableFuture<InquiryResponse> later = client.async().inquiries().retrieve("inq_1");

    assertThat(later.join().data().id()).isEqualTo("inq_1");
  }

  @Test
  void rawResponse_hasTheModelTheStatusAndTheHeaders() {
    api.respond(new MockResponse.Builder().code(200).addHeader("Request-Id", "r1").body(INQUIRY));

    ApiResponse<InquiryResponse> raw = client.raw().inquiries().retrieve("inq_1");

    assertThat(raw.status()).isEqualTo(200);
    assertThat(raw.requestId()).isEqualTo("r1");
    assertThat(raw.body().data().id()).isEqualTo("inq_1");
  }

  @Test
  void invalidArgumentOfAnAsyncOperation_isThrownAtOnce() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> client.async().inquiries().retrieve(" "))
        .withMessage("inquiryId (inquiry-id) must not be blank");
    assertThat(api.server().getRequestCount()).isZero();
  }

  @Test
  void closedClient_failsTheFuture() {
    client.close();

    CompletableFuture<?> later = client.async().inquiries().retrieve("inq_1");

    assertThatExceptionOfType(CompletionException.class)
        .isThrownBy(later::join)
        .withCauseInstanceOf(IllegalStateException.class);
  }

  @Test
  void cancelledFuture_cancelsTheCall() throws Exception {
    api.respondToAll(new MockResponse.Builder().onResponseStart(SocketEffect.Stall.INSTANCE));
    CompletableFuture<?> later = client.async().inquiries().retrieve("inq_1");
    api.request();

    assertThat(later.cancel(true)).isTrue();

    // Closing waits for no response if the call has ended.
    long begin = System.nanoTime();
    client.close();
    assertThat(System.nanoTime() - begin).isLessThan(10_000_000_000L);
    assertThat(later).isCancelled();
  }

  @Test
  void print_asynchronouslyAndRaw_isADownload() throws Exception {
    for (int i = 0; i < 2; i++) {
      api.respond(
          new MockResponse.Builder()
              .code(200)
              .addHeader("Content-Type", "application/pdf")
              .body("%PDF"));
    }

    try (Download later = client.async().inquiries().print("inq_1").join()) {
      assertThat(new String(later.stream().readAllBytes(), StandardCharsets.UTF_8))
          .isEqualTo("%PDF");
    }
    ApiResponse<Download> raw = client.raw().inquiries().print("inq_1");
    assertThat(raw.status()).isEqualTo(200);
    try (Download file = raw.body()) {
      assertThat(file.contentType()).isEqualTo("application/pdf");
    }
  }

  @Test
  void printOfAnotherType_asynchronouslyAndRaw_fails() {
    for (int i = 0; i < 2; i++) {
      api.respond(
          new MockResponse.Builder().code(200).addHeader("Content-Type", "text/html").body("x"));
    }

    assertThatExceptionOfType(CompletionException.class)
        .isThrownBy(() -> client.async().inquiries().print("inq_1").join())
        .withCauseInstanceOf(MalformedResponseException.class);
    assertThatExceptionOfType(MalformedResponseException.class)
        .isThrownBy(() -> client.raw().inquiries().print("inq_1"));
  }
}
