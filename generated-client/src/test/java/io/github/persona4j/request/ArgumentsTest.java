package io.github.persona4j.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.persona4j.json.JsonValue;
import io.github.persona4j.mini.api.PetsApi;
import io.github.persona4j.mini.api.UploadsApi;
import io.github.persona4j.mini.model.Dog;
import io.github.persona4j.mini.model.ModelTypes;
import io.github.persona4j.mini.model.Pet;
import io.github.persona4j.mini.model.PetResponse;
import io.github.persona4j.mini.model.PetStatus;
import java.lang.reflect.Method;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import mockwebserver3.RecordedRequest;
import okhttp3.ResponseBody;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import retrofit2.Call;
import retrofit2.Callback;
import retrofit2.Response;
import retrofit2.http.GET;
import retrofit2.http.Header;
import retrofit2.http.Path;
import retrofit2.http.Query;

/** The arguments of the Retrofit interfaces, with plain Retrofit. */
class ArgumentsTest {
  private static final OffsetDateTime SINCE = OffsetDateTime.parse("2025-12-08T10:15Z");
  private static final LocalDate DAY = LocalDate.of(2025, 12, 9);

  private MiniServer server;
  private PetsApi api;

  @BeforeEach
  void start() throws Exception {
    server = new MiniServer();
    api = server.api(PetsApi.class);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /** An interface of a user. */
  interface OwnApi {
    @GET("things/{thing-id}/parts/{part}")
    Call<ResponseBody> part(@Path("thing-id") String thing, @Path("part") int part);

    @GET("things")
    Call<ResponseBody> things(@Query("name") String name, @Header("Thing-Note") String note);

    @GET("files/{file-path}")
    Call<ResponseBody> file(@Path(value = "file-path", encoded = true) String path);

    @GET("model")
    Call<PetResponse> model();

    @GET("raw")
    Call<JsonValue> raw();

    @GET("union")
    Call<Pet> union();
  }

  // ---- what is sent ----

  @Test
  void requiredParameters_sent_areInTheQueryBesideTheOthers() throws Exception {
    server.respond("{\"data\":[]}");
    PetsApi.ListVisitsQuery query = PetsApi.ListVisitsQuery.builder().filterVetId("vet 1").build();

    api.listVisits("pet_1", PetStatus.NEEDS_REVIEW, SINCE, DAY, "s1", query, RequestOptions.none())
        .execute();

    RecordedRequest request = server.takeRequest();
    assertThat(request.getTarget())
        .isEqualTo(
            "/api/v1/pets/pet_1/visits?filter%5Bstatus%5D=needs_review"
                + "&filter%5Bsince%5D=2025-12-08T10%3A15%3A00Z&day=2025-12-09"
                + "&filter%5Bvet-id%5D=vet%201");
    assertThat(request.getHeaders().get("Visit-Secret")).isEqualTo("s1");
  }

  @Test
  void operationWithOnlyRequiredParameters_hasNoQuery() throws Exception {
    server.respond("{\"data\":[]}");

    api.findVisits("pet 1&2", RequestOptions.none()).execute();

    assertThat(server.takeRequest().getTarget())
        .isEqualTo("/api/v1/visits?filter%5Bpet-id%5D=pet%201%262");
    assertThat(PetsApi.class.getClasses())
        .extracting(Class::getSimpleName)
        .contains("ListVisitsQuery")
        .doesNotContain("FindVisitsQuery");
  }

  @Test
  void requiredParameter_cannotBeSetByTheQuery() {
    assertThat(PetsApi.ListVisitsQuery.Builder.class.getDeclaredMethods())
        .filteredOn(method -> !method.isSynthetic() && !method.getName().equals("build"))
        .extracting(Method::getName)
        .containsExactly("filterVetId");
  }

  @Test
  void retrofitInterface_hasOneMethodPerOperation() {
    assertThat(PetsApi.class.getMethods())
        .doesNotHaveDuplicates()
        .noneMatch(Method::isDefault)
        .extracting(Method::getName)
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @CsvSource({
    "a/b, a%2Fb",
    "../a, ..%2Fa",
    "a/.., a%2F..",
    "%2e%2e, %252e%252e",
    "..., ...",
    "a?b#c, a%3Fb%23c",
    "a b\u00eb, a%20b%C3%AB",
    "'a\r\nb', a%0D%0Ab",
    "{tag}, %7Btag%7D",
    "a;b=c, a;b=c",
  })
  void pathValue_sent_isOneSegment(String value, String segment) throws Exception {
    String pet = "{\"data\":{\"type\":\"pet/dog\",\"id\":\"1\"}}";
    server.respond(pet);

    api.setTag("p", value, RequestOptions.none()).execute();
    assertThat(server.takeRequest().getTarget()).isEqualTo("/api/v1/pets/p/tags/" + segment);
  }

  // ---- invalid arguments ----

  @ParameterizedTest
  @CsvSource(
      nullValues = "null",
      value = {
        "null, must not be null",
        "'', must not be blank",
        "' \t\r\n', must not be blank",
        "\u00a0, must not be blank",
        "\u3000\u200b, must not be blank",
        "\ufeff\u2060\u00ad, must not be blank",
        "\u3164\u2800, must not be blank",
        "\ud800, must not hold half of a surrogate pair",
        "a\udc00b, must not hold half of a surrogate pair",
        "., must not be . or ..",
        ".., must not be . or ..",
      })
  void pathValueThatIsNone_isRefused(String value, String rule) throws Exception {
    server.respondNotFound();
    Call<?> plain = api.retrieve(value, PetsApi.RetrieveQuery.none(), RequestOptions.none());
    Call<?> own = server.api(OwnApi.class).part(value, 1);

    assertRefused(plain, "pet-id", rule);
    if (value != null) {
      assertThat(failureOf(plain.clone())).hasMessage("petId (pet-id) " + rule);
    }
    assertRefused(own, "thing-id", rule);
    assertThat(server.requestCount()).isZero();
  }

  // Of plain Retrofit the rule on null is its own: it says the same of a path in its own words.
  private static <T> void assertRefused(Call<T> call, String parameter, String rule)
      throws Exception {
    Call<T> another = call.clone();
    assertThatIllegalArgumentException()
        .isThrownBy(call::execute)
        .withMessageContainingAll(parameter, rule);
    assertThat(failureOf(another))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll(parameter, rule);
  }

  private static <T> Throwable failureOf(Call<T> call) throws Exception {
    CompletableFuture<Throwable> failed = new CompletableFuture<>();
    call.enqueue(
        new Callback<T>() {
          @Override
          public void onResponse(Call<T> unused, Response<T> response) {
            failed.completeExceptionally(new AssertionError(response));
          }

          @Override
          public void onFailure(Call<T> unused, Throwable failure) {
            failed.complete(failure);
          }
        });
    return failed.get(5, TimeUnit.SECONDS);
  }

  @Test
  void requiredParameterThatIsNone_isRefused() throws Exception {
    server.respondNotFound();
    assertRefused(api.findVisits("", RequestOptions.none()), "filter[pet-id]", "must not be blank");
    assertRefused(
        api.listVisits(
            "p",
            PetStatus.of(""),
            SINCE,
            DAY,
            "s1",
            PetsApi.ListVisitsQuery.none(),
            RequestOptions.none()),
        "filter[status]",
        "must not be blank");
    assertThat(server.requestCount()).isZero();
  }

  @Test
  void requiredHeader_thatCannotBeSent_isRefusedWithoutItsValue() throws Exception {
    server.respondNotFound();
    Call<Void> call = api.redact("pet_1", "s3cret\n", "PrivateToken t", RequestOptions.none());

    assertRefused(call, "Pet-Secret", "must be printable ASCII");
    assertThat(failureOf(call.clone())).hasMessageNotContaining("s3cret");
    assertRefused(
        api.redact("pet_1", " ", "PrivateToken t", RequestOptions.none()),
        "Pet-Secret",
        "must not be blank");
    assertThat(server.requestCount()).isZero();
  }

  @Test
  void queryParameterThatIsNotMarked_mayBeBlankOrNull() throws Exception {
    server.respond("{\"data\":[]}").respond("{\"data\":[]}");
    OwnApi own = server.api(OwnApi.class);

    own.things("", "note").execute();
    assertThat(server.takeRequest().getTarget()).isEqualTo("/api/v1/things?name=");
    own.things(none(), none()).execute();
    assertThat(server.takeRequest().getTarget()).isEqualTo("/api/v1/things");
  }

  @Test
  void bodyOrQueryThatIsNull_isRefused() throws Exception {
    server.respondNotFound();
    assertRefused(
        api.create(none(), ResourceQuery.none(), RequestOptions.none()),
        "Body",
        "must not be null");
    assertThat(server.requestCount()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "%2e%2e, must not have a segment . or ..",
    "%2E., must not have a segment . or ..",
    "s3cret/../x, must not have a segment . or ..",
    "s3cret/%2e, must not have a segment . or ..",
    "' ', must not be blank",
    "s3cret\ud800, must not hold half of a surrogate pair",
  })
  void encodedPathThatLeadsElsewhere_isRefusedWithoutItsValue(String path, String rule)
      throws Exception {
    assertThat(failureOf(server.api(OwnApi.class).file(path)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("file-path " + rule);
    assertThat(server.requestCount()).isZero();
  }

  @Test
  void encodedPath_isSentAsItIs() throws Exception {
    server.respond("{}");

    server.api(OwnApi.class).file("a/b%20c/...").execute();

    assertThat(server.takeRequest().getTarget()).isEqualTo("/api/v1/files/a/b%20c/...");
  }

  @Test
  void halfOfASurrogatePair_isRefusedInEveryParameter() throws Exception {
    String half = "s3cret\ud83d";
    String rule = " must not hold half of a surrogate pair";
    assertThat(failureOf(api.findVisits(half, RequestOptions.none())))
        .hasMessage("filterPetId (filter[pet-id])" + rule);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PetsApi.ListVisitsQuery.builder().filterVetId(half))
        .withMessage("filter[vet-id]" + rule);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> UploadsApi.CreateForm.builder().listId(half))
        .withMessage("data[attributes][list-id]" + rule);
    assertThat(failureOf(server.api(OwnApi.class).things(half, "note"))).hasMessage("name" + rule);
    assertThat(server.requestCount()).isZero();
  }

  @Test
  void wholeSurrogatePair_isSent() throws Exception {
    server.respond("{\"data\":[]}");

    api.findVisits("\ud83d\ude00", RequestOptions.none()).execute();

    assertThat(server.takeRequest().getTarget())
        .isEqualTo("/api/v1/visits?filter%5Bpet-id%5D=%F0%9F%98%80");
  }

  // ---- models in interfaces of a user's own ----

  @Test
  void modelAsAnswer_withoutAnnotation_isDecoded() throws Exception {
    String pet = "{\"data\":{\"type\":\"pet/dog\",\"id\":\"1\"}}";
    server.respond(pet).respond("[1]").respond("{\"type\":\"pet/dog\",\"id\":\"2\"}");
    OwnApi own = server.api(OwnApi.class);

    assertThat(own.model().execute().body()).isEqualTo(PetResponse.fromJson(pet));
    assertThat(own.raw().execute().body()).isEqualTo(JsonValue.of(List.of(JsonValue.of(1))));
    assertThat(own.union().execute().body()).isInstanceOf(Dog.class);
  }

  static final class Namesake {
    static final class PetResponse {}
  }

  @Test
  void classThatOnlyHasTheNameOfAModel_isNone() {
    assertThat(ModelTypes.ALL.find(PetResponse.class)).isSameAs(PetResponse.TYPE);
    assertThat(ModelTypes.ALL.find(Namesake.PetResponse.class)).isNull();
    assertThat(ModelTypes.ALL.find(String.class)).isNull();
  }

  /** Returns null where the compiler would not allow it. */
  @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
  private static <T> T none() {
    return null;
  }
}
