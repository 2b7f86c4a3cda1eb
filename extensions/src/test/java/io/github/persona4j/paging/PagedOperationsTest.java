package io.github.persona4j.paging;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.persona4j.MockApi;
import io.github.persona4j.PersonaClient;
import io.github.persona4j.model.SearchPage;
import io.github.persona4j.model.SearchRequest;
import io.github.persona4j.operations.AsyncOperations;
import io.github.persona4j.request.PagedQuery;
import io.github.persona4j.request.QueryParameters;
import io.github.persona4j.request.RequestOptions;
import io.github.persona4j.search.Condition;
import io.github.persona4j.search.Search;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import mockwebserver3.RecordedRequest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The generated lists and searches, in all their forms. */
class PagedOperationsTest {
  private static final RequestOptions OPTIONS =
      RequestOptions.builder().header("X-Sample", "1").build();

  private MockApi api;

  @BeforeEach
  void start() throws IOException {
    api = new MockApi();
    String page = "{\"data\":[],\"links\":{\"next\":\"/x?page%5Bafter%5D=c1\",\"prev\":null}}";
    api.respond(200, page).respond(200, MockApi.EMPTY_PAGE);
  }

  @AfterEach
  void stop() {
    api.close();
  }

  /** A form of a list or of a search. */
  private record Form(Method group, Method method) {
    @Override
    public String toString() {
      return group.getName()
          + "."
          + method.getName()
          + Arrays.stream(method.getParameterTypes()).map(Class::getSimpleName).toList();
    }

    String operation() {
      return group.getName() + "." + method.getName().replaceFirst("All", "");
    }
  }

  private static Stream<Form> forms(Predicate<Method> returned) {
    return Arrays.stream(PersonaClient.class.getMethods())
        .filter(group -> group.getParameterCount() == 0)
        .filter(
            group ->
                group.getReturnType().getPackageName().equals("io.github.persona4j.operations"))
        .flatMap(
            group ->
                Arrays.stream(group.getReturnType().getDeclaredMethods())
                    .filter(method -> Modifier.isPublic(method.getModifiers()))
                    .filter(returned)
                    .map(method -> new Form(group, method)))
        .sorted(Comparator.comparing(Form::toString));
  }

  static Stream<Form> ofAllPages() {
    return forms(method -> method.getReturnType() == Pages.class);
  }

  static Stream<Form> ofOnePage() {
    return forms(method -> method.getReturnType() == Page.class);
  }

  @Test
  void everyPage_hasAMethodForAllPages_withTheSameForms() {
    List<String> one = ofOnePage().map(Form::toString).toList();
    List<String> all = ofAllPages().map(form -> form.toString().replaceFirst("All", "")).toList();

    assertThat(all).containsExactlyInAnyOrderElementsOf(one).hasSizeGreaterThan(60);
    assertThat(ofOnePage().map(Form::operation).distinct()).hasSize(25);
  }

  @Test
  void listWithoutCursor_returnsItsResponse() {
    Set<String> others = new TreeSet<>();
    forms(method -> method.getReturnType().getSimpleName().matches(".+Page"))
        .forEach(form -> others.add(form.operation()));

    assertThat(others)
        .containsExactly("accounts.listRelations", "devices.list", "inquirySessions.list");
  }

  @ParameterizedTest
  @MethodSource("ofOnePage")
  void formOfOnePage_sendsItsArguments_alsoForNextPage(Form form) throws Exception {
    Page<?> page = (Page<?>) call(form);
    page.next();

    checkRequests(form, null);
  }

  @ParameterizedTest
  @MethodSource("ofAllPages")
  void formOfAllPages_sendsItsArguments_alsoForNextPage(Form form) throws Exception {
    Pages<?> pages = (Pages<?>) call(form);
    assertThat(api.server().getRequestCount()).isZero();
    assertThat(pages.pages()).hasSize(2);

    checkRequests(form, 100);
  }

  @ParameterizedTest
  @MethodSource("ofOnePage")
  void formOfOnePage_withoutWaiting_sendsItsArguments_alsoForNextPage(Form form) throws Exception {
    AsyncPage<?> page = (AsyncPage<?>) ((CompletableFuture<?>) callWithoutWaiting(form)).join();
    page.next().join();

    checkRequests(form, null);
  }

  @ParameterizedTest
  @MethodSource("ofAllPages")
  void formOfAllPages_withoutWaiting_sendsItsArguments_alsoForNextPage(Form form) throws Exception {
    AsyncPages<?> pages = (AsyncPages<?>) callWithoutWaiting(form);
    assertThat(api.server().getRequestCount()).isZero();
    pages.forEach(item -> {}).join();

    checkRequests(form, 100);
  }

  private void checkRequests(Form form, @Nullable Integer size) throws Exception {
    RecordedRequest first = api.request();
    RecordedRequest second = api.request();
    List<Class<?>> types = Arrays.asList(form.method().getParameterTypes());
    boolean search = form.operation().endsWith("search");
    for (RecordedRequest request : List.of(first, second)) {
      assertThat(request.getUrl().encodedPath()).isEqualTo(first.getUrl().encodedPath());
      assertThat(request.getMethod()).isEqualTo(search ? "POST" : "GET");
      assertThat(request.getHeaders().get("X-Sample"))
          .isEqualTo(types.contains(RequestOptions.class) ? "1" : null);
      @Nullable Integer sent =
          types.stream().anyMatch(PagedOperationsTest::setsSize) ? Integer.valueOf(7) : size;
      String page =
          search
              ? Objects.requireNonNull(request.getBody()).utf8()
              : String.valueOf(request.getUrl().query());
      if (sent != null) {
        assertThat(page).contains(search ? "\"size\":" + sent : "page[size]=" + sent);
      } else {
        assertThat(page).doesNotContain("size");
      }
      if (request == second) {
        assertThat(page).contains(search ? "\"after\":\"c1\"" : "page[after]=c1");
      } else {
        assertThat(page).doesNotContain("after");
      }
    }
  }

  // A search has its size in the body.
  private static boolean setsSize(Class<?> type) {
    return type == SearchRequest.class
        || type == Search.class
        || (PagedQuery.class.isAssignableFrom(type) && !type.getSimpleName().equals("SearchQuery"))
        || type == Consumer.class;
  }

  private Object call(Form form) throws ReflectiveOperationException {
    return call(form, Objects.requireNonNull(form.group().invoke(api.client())));
  }

  private Object callWithoutWaiting(Form form) throws ReflectiveOperationException {
    AsyncOperations async = api.client().async();
    Method accessor = AsyncOperations.class.getMethod(form.group().getName());
    return call(form, Objects.requireNonNull(accessor.invoke(async)));
  }

  private static Object call(Form form, Object group) throws ReflectiveOperationException {
    List<Object> arguments = new ArrayList<>();
    for (Class<?> type : form.method().getParameterTypes()) {
      arguments.add(sample(type));
    }
    Method method =
        group.getClass().getMethod(form.method().getName(), form.method().getParameterTypes());
    return Objects.requireNonNull(method.invoke(group, arguments.toArray()));
  }

  private static Object sample(Class<?> type) throws ReflectiveOperationException {
    if (type == String.class) {
      return "sample";
    } else if (type == RequestOptions.class) {
      return OPTIONS;
    } else if (type == SearchRequest.class) {
      return SearchRequest.builder().build().withPageSize(7);
    } else if (type == Search.class) {
      return Search.where(Condition.of("sample", "eq", "sample")).pageSize(7);
    } else if (type == Consumer.class) {
      return (Consumer<Object>) PagedOperationsTest::setSize;
    } else if (QueryParameters.class.isAssignableFrom(type)) {
      Object query = Objects.requireNonNull(type.getMethod("none").invoke(null));
      return setsSize(type) ? ((PagedQuery<?>) query).withPageSize(7) : query;
    }
    throw new AssertionError("No sample is known for " + type);
  }

  private static void setSize(Object builder) {
    if (builder instanceof SearchRequest.Builder search) {
      search.page(SearchPage.builder().size(7L).build());
      return;
    }
    try {
      builder.getClass().getMethod("pageSize", Integer.class).invoke(builder, 7);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("no page size", e);
    }
  }
}
