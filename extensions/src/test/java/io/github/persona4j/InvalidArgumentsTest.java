package io.github.persona4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.persona4j.request.Required;
import java.io.IOException;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.List;
import mockwebserver3.MockResponse;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import retrofit2.Call;
import retrofit2.http.Body;
import retrofit2.http.GET;
import retrofit2.http.Header;
import retrofit2.http.Path;
import retrofit2.http.Query;
import retrofit2.http.QueryMap;
import retrofit2.http.Tag;

/**
 * Invalid path segments and required parameters, for every operation and every call type. Nothing
 * is sent.
 */
class InvalidArgumentsTest {
  private static MockApi api;

  @BeforeAll
  static void start() throws IOException {
    api = new MockApi().respondToAll(new MockResponse.Builder().code(404));
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  private int before;

  @BeforeEach
  void count() {
    before = api.server().getRequestCount();
  }

  @AfterEach
  void checkNothingWasSent() {
    assertThat(api.server().getRequestCount()).isEqualTo(before);
  }

  /**
   * An argument that must not be sent.
   *
   * @param position its index
   * @param rule how the message ends
   */
  record InvalidArgument(ApiMethod operation, int position, @Nullable String value, String rule) {
    @Nullable Object[] arguments() {
      @Nullable Object[] arguments = operation.samples();
      arguments[position] = value;
      return arguments;
    }

    Parameter parameter() {
      return operation.parameters().get(position);
    }

    @Override
    public String toString() {
      return operation + ", " + ApiMethod.wireName(parameter()) + " = " + value;
    }
  }

  static List<InvalidArgument> invalidArguments() {
    List<InvalidArgument> all = new ArrayList<>();
    for (ApiMethod operation : ApiMethod.operations()) {
      List<Parameter> parameters = operation.parameters();
      for (int i = 0; i < parameters.size(); i++) {
        if (ApiMethod.isNeeded(parameters.get(i))) {
          all.add(new InvalidArgument(operation, i, null, "must not be null"));
          all.add(new InvalidArgument(operation, i, "", "must not be blank"));
          all.add(new InvalidArgument(operation, i, " \t\n", "must not be blank"));
          if (!parameters.get(i).isAnnotationPresent(Header.class)) {
            all.add(new InvalidArgument(operation, i, "\u00a0\u200b", "must not be blank"));
            all.add(
                new InvalidArgument(
                    operation, i, "a\ud800", "must not hold half of a surrogate pair"));
          }
          if (parameters.get(i).isAnnotationPresent(Path.class)) {
            all.add(new InvalidArgument(operation, i, ".", "must not be . or .."));
            all.add(new InvalidArgument(operation, i, "..", "must not be . or .."));
          }
        }
      }
    }
    return all;
  }

  @Test
  void operationsWithRequiredQueryParameter_takeItAsArgument() {
    assertThat(ApiMethod.operations())
        .filteredOn(
            operation ->
                operation.parameters().stream()
                    .anyMatch(parameter -> parameter.isAnnotationPresent(Query.class)))
        .extracting(ApiMethod::toString)
        .containsExactly(
            "accounts.listRelations[String, String, ListRelationsQuery, RequestOptions]",
            "devices.list[String, RequestOptions]",
            "inquiryTemplates.listVersions[String, ListVersionsQuery, RequestOptions]",
            "workflows.listVersions[String, ListVersionsQuery, RequestOptions]");
  }

  @ParameterizedTest
  @MethodSource("invalidArguments")
  void invalidArgument_isRejectedForEveryCallType(InvalidArgument invalid) throws Exception {
    ApiMethod operation = invalid.operation();
    PersonaClient client = api.client();
    String wireName = ApiMethod.wireName(invalid.parameter());

    Throwable blocking = catchThrowable(() -> operation.invoke(client, invalid.arguments()));
    assertThat(blocking)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(displayName(invalid.parameter()) + " " + invalid.rule());
    // For a null path Retrofit has its own message.
    boolean ownMessage =
        invalid.value() != null || !invalid.parameter().isAnnotationPresent(Path.class);

    Call<?> call = operation.call(client, invalid.arguments());
    for (Throwable failure :
        List.of(
            catchThrowable(() -> client.send(call.clone())),
            catchThrowable(() -> client.sendAsync(call.clone())),
            catchThrowable(() -> call.clone().execute()),
            MockApi.callbackFailure(call.clone()))) {
      assertThat(failure)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContainingAll(wireName, invalid.rule());
      if (ownMessage) {
        assertThat(failure).hasMessage(blocking.getMessage());
      }
    }
  }

  /** The name in Java, and the name on the wire if it differs. */
  private static String displayName(Parameter parameter) {
    String wireName = ApiMethod.wireName(parameter);
    String name = parameter.getName();
    assertThat(name).isEqualToIgnoringCase(wireName.replaceAll("[^A-Za-z]", ""));
    return name.equals(wireName) ? name : name + " (" + wireName + ")";
  }

  /** Every overload of every operation, with one argument null. */
  @Test
  void nullArgument_inAnyOverload_throwsExceptionNamingIt() throws Exception {
    PersonaClient client = api.client();
    int rejected = 0;
    for (ApiMethod overload : ApiMethod.all()) {
      for (int i = 0; i < overload.parameters().size(); i++) {
        Parameter parameter = overload.method().getParameters()[i];
        if (parameter.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
          continue;
        }
        @Nullable Object[] arguments = overload.samples();
        arguments[i] = null;
        assertThat(catchThrowable(() -> overload.invoke(client, arguments)))
            .as("%s, %s", overload, parameter)
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageMatching(parameter.getName() + "( \\(.+\\))? must not be null");
        rejected++;
      }
    }
    assertThat(rejected).isGreaterThan(2000);
  }

  @Test
  void nullBodyQueryOrOptions_isRejectedForEveryCallType() throws Exception {
    PersonaClient client = api.client();
    int rejected = 0;
    for (ApiMethod operation : ApiMethod.operations()) {
      for (int i = 0; i < operation.parameters().size(); i++) {
        Parameter parameter = operation.parameters().get(i);
        String start = messageForNull(parameter);
        if (start == null) {
          continue;
        }
        @Nullable Object[] arguments = operation.samples();
        arguments[i] = null;
        Call<?> call = operation.call(client, arguments);
        for (Throwable failure :
            List.of(
                catchThrowable(() -> client.send(call.clone())),
                catchThrowable(() -> client.sendAsync(call.clone())),
                catchThrowable(() -> call.clone().execute()),
                MockApi.callbackFailure(call.clone()))) {
          assertThat(failure)
              .as("%s, %s", operation, parameter)
              .isInstanceOf(IllegalArgumentException.class)
              .hasMessageStartingWith(start);
        }
        rejected++;
      }
    }
    assertThat(rejected).isGreaterThan(300);
  }

  /**
   * The start of the message, which is Retrofit's if it checks first; null for other types of
   * parameters.
   */
  private static @Nullable String messageForNull(Parameter parameter) {
    if (parameter.isAnnotationPresent(Body.class)) {
      return "Body parameter value ";
    } else if (parameter.isAnnotationPresent(QueryMap.class)) {
      return "Query map was null";
    }
    return parameter.isAnnotationPresent(Tag.class) ? "options must not be null" : null;
  }

  /** A custom Retrofit interface. */
  interface CustomApi {
    @GET("things/{thing-id}")
    Call<ResponseBody> thing(
        @Path("thing-id") @Nullable String thing,
        @Required @Query("kind") @Nullable String kind,
        @Query("name") @Nullable String name);
  }

  @Test
  void customInterface_isValidated() {
    CustomApi customApi = api.client().api(CustomApi.class);

    for (Call<?> call : List.of(customApi.thing("", "k", null), customApi.thing("..", "k", null))) {
      assertThatIllegalArgumentException()
          .isThrownBy(call::execute)
          .withMessageStartingWith("thing-id must not be ");
    }
    assertThatIllegalArgumentException()
        .isThrownBy(customApi.thing("a", null, null)::execute)
        .withMessage("kind must not be null");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> api.client().sendAsync(customApi.thing("a", " ", null)))
        .withMessage("kind must not be blank");
    assertThat(customApi.thing("a", "k", null).request().url().encodedQuery()).isEqualTo("kind=k");
  }
}
