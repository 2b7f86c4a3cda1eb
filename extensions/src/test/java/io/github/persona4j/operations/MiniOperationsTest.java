package io.github.persona4j.operations;

import static io.github.persona4j.search.Condition.not;
import static io.github.persona4j.search.Search.where;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.persona4j.MockApi;
import io.github.persona4j.file.Download;
import io.github.persona4j.internal.call.OperationRunner;
import io.github.persona4j.mini.api.PetSearch;
import io.github.persona4j.mini.api.PetsApi;
import io.github.persona4j.mini.api.UploadsApi;
import io.github.persona4j.mini.model.Check;
import io.github.persona4j.mini.model.CreatePetAttributes;
import io.github.persona4j.mini.model.CreatePetMeta;
import io.github.persona4j.mini.model.CreatePetRequest;
import io.github.persona4j.mini.model.LostReportAttributes;
import io.github.persona4j.mini.model.ModelTypes;
import io.github.persona4j.mini.model.Pet;
import io.github.persona4j.mini.model.PetStatus;
import io.github.persona4j.mini.model.SearchPage;
import io.github.persona4j.mini.operations.ClientOperations;
import io.github.persona4j.mini.operations.Pets;
import io.github.persona4j.request.JsonConverterFactory;
import io.github.persona4j.request.RequestOptions;
import io.github.persona4j.response.ApiResponse;
import io.github.persona4j.search.Search;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import okhttp3.ResponseBody;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import retrofit2.Call;
import retrofit2.Retrofit;

/** The operation classes of the mini description, which has every kind of argument. */
class MiniOperationsTest {
  private static final OffsetDateTime SINCE = OffsetDateTime.parse("2025-12-08T10:15Z");
  private static final LocalDate DAY = LocalDate.of(2025, 12, 9);
  private static final String PET = "{\"data\":{\"type\":\"pet/dog\",\"id\":\"1\"}}";

  private MockApi api;
  private Mini mini;
  private Pets pets;

  @BeforeEach
  void start() throws Exception {
    api = new MockApi();
    mini = new Mini(api.url());
    pets = mini.pets();
  }

  @AfterEach
  void stop() {
    api.close();
  }

  /** A client of the mini API. */
  private static final class Mini extends ClientOperations {
    private final Retrofit retrofit;

    Mini(String url) {
      super(new Waiting());
      retrofit =
          new Retrofit.Builder()
              .baseUrl(url + "/")
              .addConverterFactory(JsonConverterFactory.create(ModelTypes.ALL))
              .build();
    }

    @Override
    public <T> T api(Class<T> type) {
      return retrofit.create(type);
    }
  }

  /** Executes calls; those that open a file are for the tests of the client. */
  private static final class Waiting implements OperationRunner {
    @Override
    public <T> T run(Call<T> call) {
      try {
        return call.execute().body();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public <T> CompletableFuture<T> start(Call<T> call) {
      return CompletableFuture.completedFuture(run(call));
    }

    @Override
    public <T, R> CompletableFuture<R> start(
        Call<T> call, Function<? super T, ? extends R> result) {
      return CompletableFuture.completedFuture(result.apply(run(call)));
    }

    @Override
    public Download open(Call<ResponseBody> call) {
      throw new UnsupportedOperationException("no test here opens a file");
    }

    @Override
    public CompletableFuture<Download> startOpen(Call<ResponseBody> call) {
      throw new UnsupportedOperationException("no test here opens a file");
    }

    @Override
    public <T> ApiResponse<T> send(Call<T> call) {
      throw new UnsupportedOperationException("no test here needs a status");
    }

    @Override
    public ApiResponse<Download> sendOpen(Call<ResponseBody> call) {
      throw new UnsupportedOperationException("no test here opens a file");
    }
  }

  private static String body(RecordedRequest request) {
    return request.getBody() == null ? "" : request.getBody().utf8();
  }

  /** Returns null where the compiler would not allow it. */
  @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
  private static <T> T none() {
    return null;
  }

  // ---- what is published ----

  @Test
  void operationClass_hasEveryMethodOfItsInterface() {
    assertThat(Arrays.stream(Pets.class.getMethods()).map(Method::getName))
        .containsAll(Arrays.stream(PetsApi.class.getMethods()).map(Method::getName).toList());
    assertThat(pets.api()).isInstanceOf(PetsApi.class);
  }

  @Test
  void operationClass_isMadeByTheClientOnly() {
    assertThat(Pets.class.getDeclaredConstructors())
        .extracting(Constructor::getModifiers)
        .noneMatch(Modifier::isPublic);
  }

  @Test
  void file_isReturnedAsADownload() throws Exception {
    assertThat(mini.uploads().getClass().getMethod("print", String.class).getReturnType())
        .isEqualTo(Download.class);
  }

  @Test
  void optionalBodyThatNeedsAValueOfTheCaller_cannotBeOmitted() {
    assertThat(Pets.class.getMethods())
        .filteredOn(method -> method.getName().equals("rename"))
        .extracting(Method::getParameterCount)
        .containsExactlyInAnyOrder(2, 3, 2, 3);
  }

  // ---- what is sent ----

  @Test
  void requiredParameters_sent_areInTheQueryBesideTheOthers() throws Exception {
    api.respond(200, "{\"data\":[]}");
    PetsApi.ListVisitsQuery query = PetsApi.ListVisitsQuery.builder().filterVetId("vet 1").build();

    pets.listVisits("pet_1", PetStatus.NEEDS_REVIEW, SINCE, DAY, "s1", query);

    RecordedRequest request = api.request();
    assertThat(request.getTarget())
        .isEqualTo(
            "/api/v1/pets/pet_1/visits?filter%5Bstatus%5D=needs_review"
                + "&filter%5Bsince%5D=2025-12-08T10%3A15%3A00Z&day=2025-12-09"
                + "&filter%5Bvet-id%5D=vet%201");
    assertThat(request.getHeaders().get("Visit-Secret")).isEqualTo("s1");
  }

  @Test
  void operationWithOnlyRequiredParameters_sendsThem() throws Exception {
    api.respond(200, "{\"data\":[]}").respond(200, "{\"data\":[]}");

    pets.findVisits("pet 1&2");
    assertThat(api.request().getTarget())
        .isEqualTo("/api/v1/visits?filter%5Bpet-id%5D=pet%201%262");
    pets.findVisits("\ud83d\ude00");
    assertThat(api.request().getTarget())
        .isEqualTo("/api/v1/visits?filter%5Bpet-id%5D=%F0%9F%98%80");
  }

  @Test
  void optionalBody_omitted_isTheSmallestValidOne() throws Exception {
    api.respond(200, PET).respond(200, PET);

    pets.addTag("pet_1", "tag");
    assertThat(body(api.request())).isEqualTo("{}");
    pets.adopt("pet_1");
    assertThat(body(api.request()))
        .isEqualTo(
            "{\"kind\":\"adoption\",\"data\":{\"page\":{},\"scores\":{}},\"tags\":[],\"free\":{}}");
  }

  @Test
  void bodyFromFunctions_hasTheSetPartsInTheirPlaces() throws Exception {
    api.respond(200, PET).respond(200, PET).respond(200, PET);

    pets.create(a -> a.kind("dog").tags(List.of()), m -> m.upsertBy("kind"));
    assertThat(body(api.request()))
        .isEqualTo(
            "{\"data\":{\"attributes\":{\"kind\":\"dog\",\"tags\":[]}},"
                + "\"meta\":{\"upsert-by\":\"kind\"}}");
    pets.notifyOwner("pet_1", true);
    assertThat(body(api.request())).isEqualTo("{\"meta\":{\"by-mail\":true}}");
    mini.async().pets().reportLostPet(a -> a.place("park").finder(f -> f.name("Ada"))).join();
    assertThat(body(api.request()))
        .isEqualTo(
            "{\"data\":{\"type\":\"report/lost-pet\",\"attributes\":{\"place\":\"park\","
                + "\"finder\":{\"name\":\"Ada\"}}}}");
  }

  @Test
  void nestedFunction_calledAgain_buildsANewObject_andNullLeavesItOut() {
    LostReportAttributes attributes =
        LostReportAttributes.builder()
            .finder(f -> f.name("Ada"))
            .finder(f -> f.child(c -> c.name("Bob")))
            .build();
    Consumer<Check.Builder> nothing = none();

    assertThat(attributes.toJson()).isEqualTo("{\"finder\":{\"child\":{\"name\":\"Bob\"}}}");
    assertThat(attributes.toBuilder().finder(nothing).build().toJson()).isEqualTo("{}");
  }

  @Test
  void functionThatIsNull_isRefusedByName() {
    Consumer<CreatePetAttributes.Builder> attributes = none();
    Consumer<CreatePetMeta.Builder> meta = none();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> pets.create(attributes))
        .withMessage("attributes must not be null");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> pets.create(a -> a.kind("dog").tags(List.of()), meta))
        .withMessage("meta must not be null");
  }

  @Test
  void typedSearch_sent_isTheBody() throws Exception {
    api.respond(200, "{\"data\":[]}").respond(200, "{\"data\":[]}");
    Search<Pet> search =
        where(PetSearch.NAME.eq("Rex"), not(PetSearch.STATUS.eq(PetStatus.ALIVE)))
            .orderBy(PetSearch.CREATED_AT.descending());
    String sent =
        "{\"query\":{\"and\":["
            + "{\"attribute\":\"name\",\"value\":\"Rex\",\"operator\":\"eq\"},"
            + "{\"not\":{\"attribute\":\"status\",\"operator\":\"eq\",\"value\":\"alive\"}}]},"
            + "\"sort\":{\"attribute\":\"created_at\",\"direction\":\"desc\"}}";

    pets.search(search);
    assertThat(body(api.request())).isEqualTo(sent);
    pets.search(search, RequestOptions.builder().header("X-Own", "1").build());
    RecordedRequest request = api.request();
    assertThat(body(request)).isEqualTo(sent);
    assertThat(request.getTarget()).isEqualTo("/api/v1/pets/search");
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
    api.respond(200, PET);

    pets.setTag(value, "t");

    assertThat(api.request().getTarget()).isEqualTo("/api/v1/pets/" + segment + "/tags/t");
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
  void pathValueThatIsNone_isRefused(String value, String rule) {
    api.respondToAll(new MockResponse.Builder().code(404));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> pets.retrieve(value))
        .withMessage("petId (pet-id) " + rule);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> pets.setTag("pet_1", value))
        .withMessage("tag " + rule);
    assertThat(api.server().getRequestCount()).isZero();
  }

  @Test
  void requiredParameterThatIsNone_isRefused() {
    api.respondToAll(new MockResponse.Builder().code(404));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> pets.findVisits(none()))
        .withMessage("filterPetId (filter[pet-id]) must not be null");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> pets.findVisits(" "))
        .withMessage("filterPetId (filter[pet-id]) must not be blank");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> pets.findVisits("s3cret\ud83d"))
        .withMessage("filterPetId (filter[pet-id]) must not hold half of a surrogate pair");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> pets.listVisits("p", none(), SINCE, DAY, "s1"))
        .withMessage("filterStatus (filter[status]) must not be null");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> pets.listVisits("p", PetStatus.of(" "), SINCE, DAY, "s1"))
        .withMessage("filterStatus (filter[status]) must not be blank");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> pets.listVisits("p", PetStatus.ALIVE, SINCE, none(), "s1"))
        .withMessage("day must not be null");
    assertThat(api.server().getRequestCount()).isZero();
  }

  @Test
  void bodyFormOrQueryThatIsNull_isRefused() {
    api.respondToAll(new MockResponse.Builder().code(404));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> pets.create(MiniOperationsTest.<CreatePetRequest>none()))
        .withMessage("body must not be null");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> pets.retrieve("pet_1", MiniOperationsTest.<PetsApi.RetrieveQuery>none()))
        .withMessage("query must not be null");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> pets.addTag("pet_1", "tag", SearchPage.builder().build(), none()))
        .withMessage("options must not be null");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> mini.uploads().create(MiniOperationsTest.<UploadsApi.CreateForm>none()))
        .withMessage("form must not be null");
    assertThat(api.server().getRequestCount()).isZero();
  }

  @Test
  void requiredHeaderThatIsNull_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> pets.redact("pet_1", none(), "PrivateToken t"))
        .withMessage("petSecret (Pet-Secret) must not be null");
  }
}
