package io.github.persona4j.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.persona4j.mini.api.PetInclude;
import io.github.persona4j.mini.api.PetsApi;
import io.github.persona4j.mini.model.Pet;
import io.github.persona4j.mini.model.PetStatus;
import io.github.persona4j.model.SearchPage;
import io.github.persona4j.model.SearchRequest;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.stream.Stream;
import mockwebserver3.RecordedRequest;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Query objects in the URL of a request. */
class QueryTest {
  private static final String PET = "{\"data\":{\"type\":\"pet/dog\",\"id\":\"1\"}}";

  private MiniServer server;
  private PetsApi pets;

  @BeforeEach
  void start() throws Exception {
    server = new MiniServer();
    pets = server.api(PetsApi.class);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private String targetOf(PetsApi.ListQuery query) throws Exception {
    server.respond("{\"data\":[]}");
    pets.list(query, RequestOptions.none()).execute();
    return server.takeRequest().getTarget();
  }

  private String targetOf(PetsApi.RetrieveQuery query) throws Exception {
    server.respond(PET);
    pets.retrieve("pet_1", query, RequestOptions.none()).execute();
    return server.takeRequest().getTarget();
  }

  @Test
  void everyParameter_sent_hasItsBracketedNameAndIsEncodedOnce() throws Exception {
    PetsApi.ListQuery query =
        PetsApi.ListQuery.builder()
            .pageSize(25)
            .pageAfter("pet_a b+c/%2F&d=e")
            .filterStatus(PetStatus.CASE_STATUS_UPDATED)
            .filterOwnerId("owner_1", "owner,2", "Zo\u00eb")
            .filterCreatedAtStart(OffsetDateTime.parse("2025-12-08T10:15:30.120+05:30"))
            .filterBornOn(LocalDate.of(2020, 2, 29))
            .fields("pet/dog", "status", "created-at")
            .fields("owner")
            .build();

    assertThat(targetOf(query))
        .isEqualTo(
            "/api/v1/pets?page%5Bsize%5D=25&page%5Bafter%5D=pet_a%20b%2Bc%2F%252F%26d%3De"
                + "&filter%5Bstatus%5D=case.status-updated"
                + "&filter%5Bowner-id%5D=owner_1%2Cowner%2C2%2CZo%C3%AB"
                + "&filter%5Bcreated-at-start%5D=2025-12-08T10%3A15%3A30.12%2B05%3A30"
                + "&filter%5Bborn-on%5D=2020-02-29"
                + "&fields%5Bpet%2Fdog%5D=status%2Ccreated-at&fields%5Bowner%5D=");
  }

  @Test
  void timestamps_sent_alwaysHaveSecondsAndTheirOffset() throws Exception {
    assertThat(
            targetOf(
                PetsApi.ListQuery.builder()
                    .filterCreatedAtStart(OffsetDateTime.parse("2025-12-08T10:15Z"))
                    .build()))
        .endsWith("?filter%5Bcreated-at-start%5D=2025-12-08T10%3A15%3A00Z");
  }

  @Test
  void emptyQuery_sent_hasNoQueryString() throws Exception {
    assertThat(targetOf(PetsApi.ListQuery.none())).isEqualTo("/api/v1/pets");
  }

  @Test
  void include_withAndWithoutNames_isAListOrEmpty() throws Exception {
    assertThat(
            targetOf(
                PetsApi.RetrieveQuery.builder()
                    .include(PetInclude.OWNER, PetInclude.FORMER_OWNERS)
                    .build()))
        .isEqualTo("/api/v1/pets/pet_1?include=owner%2Cformer-owners");
    assertThat(targetOf(PetsApi.RetrieveQuery.builder().include().build()))
        .isEqualTo("/api/v1/pets/pet_1?include=");
    assertThat(targetOf(PetsApi.RetrieveQuery.builder().peekData(false).build()))
        .isEqualTo("/api/v1/pets/pet_1?peek-data=false");
  }

  @Test
  void nullParameter_sent_isLeftOut() throws Exception {
    PetsApi.ListQuery query =
        PetsApi.ListQuery.builder().pageAfter("a").pageSize(5).filterBornOn(null).build();

    assertThat(targetOf(query.toBuilder().pageAfter(null).pageSize(null).build()))
        .isEqualTo("/api/v1/pets");
    assertThat(targetOf(query)).isEqualTo("/api/v1/pets?page%5Bafter%5D=a&page%5Bsize%5D=5");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 101, Integer.MAX_VALUE, Integer.MIN_VALUE})
  void pageSize_outOfRange_namesTheArgument(int size) {
    assertThatThrownBy(() -> PetsApi.ListQuery.builder().pageSize(size))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("pageSize must be 1 to 100, not " + size);
    assertThatThrownBy(() -> PetsApi.ListQuery.none().withPageSize(size))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void cursors_set_replaceEachOther() {
    PetsApi.ListQuery query =
        PetsApi.ListQuery.builder().pageAfter("a").pageSize(100).filterOwnerId("o").build();

    PetsApi.ListQuery back = query.withPageBefore("b");
    assertThat(back.pageBefore()).isEqualTo("b");
    assertThat(back.pageAfter()).isNull();
    assertThat(back.pageSize()).isEqualTo(100);
    assertThat(back).containsEntry("filter[owner-id]", "o");
    assertThat(back.withPageAfter("c").pageBefore()).isNull();
    assertThat(back.withPageAfter("c").withPageSize(1).pageSize()).isEqualTo(1);
    assertThat(query.pageAfter()).isEqualTo("a");
  }

  @ParameterizedTest
  @CsvSource({
    "100, 100",
    "2147483648, 2147483647",
    "9223372036854775807, 2147483647",
    "-9223372036854775808, 0"
  })
  void pageSizeOfABody_thatIsNoInt_isTheNearestOneThatIsNotNegative(long size, int expected) {
    SearchRequest body =
        SearchRequest.builder().page(SearchPage.builder().size(size).build()).build();

    assertThat(body.pageSize()).isEqualTo(expected);
    assertThat(SearchRequest.builder().build().pageSize()).isNull();
  }

  @Test
  void query_compared_isEqualByItsParameters() {
    PetsApi.ListQuery query = PetsApi.ListQuery.builder().pageAfter("a").build();

    assertThat(query).isEqualTo(PetsApi.ListQuery.builder().pageAfter("a").build());
    assertThat(query).hasSameHashCodeAs(PetsApi.ListQuery.builder().pageAfter("a").build());
    assertThatThrownBy(() -> query.put("x", "y")).isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(query::clear).isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void query_toString_hasOnlyNames() {
    assertThat(PetsApi.ListQuery.builder().pageAfter("s3cret").filterOwnerId("s3cret").build())
        .hasToString("[page[after], filter[owner-id]]");
  }

  @Test
  void fields_withoutType_areRejected() {
    assertThatThrownBy(() -> PetsApi.ListQuery.builder().fields(""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("type must not be empty");
  }

  @Test
  void fields_ofAnInvalidType_areRejected() {
    for (String type : List.of("a\r\nb", "a b", "a]", "[a", "a\u00eb", "a\0", "a\u202eb")) {
      assertThatThrownBy(() -> PetsApi.ListQuery.builder().fields(type, "status"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("type must be visible ASCII without brackets");
    }
  }

  @Test
  void pathValues_sent_areEncodedOnce() throws Exception {
    server.respond(PET);
    pets.setTag("pet/1 ?", "a%2Fb#\u00eb", RequestOptions.none()).execute();

    RecordedRequest request = server.takeRequest();
    assertThat(request.getMethod()).isEqualTo("PUT");
    assertThat(request.getTarget()).isEqualTo("/api/v1/pets/pet%2F1%20%3F/tags/a%252Fb%23%C3%AB");
  }

  @ParameterizedTest
  @MethodSource("nullItems")
  void nullAmongSeveralValues_isRefusedByName(String name, ThrowingCallable set) {
    assertThatThrownBy(set).isInstanceOf(NullPointerException.class).hasMessage(name);
  }

  @SuppressWarnings("NullAway") // what Java code without checks can pass
  static Stream<Arguments> nullItems() {
    return Stream.of(
        nullItem("include", () -> PetsApi.RetrieveQuery.builder().include(PetInclude.OWNER, null)),
        nullItem("include", () -> PetsApi.RetrieveQuery.builder().include((Include<Pet>[]) null)),
        nullItem("filter[owner-id]", () -> PetsApi.ListQuery.builder().filterOwnerId("a", null)),
        nullItem("fields[owner]", () -> PetsApi.ListQuery.builder().fields("owner", "a", null)),
        nullItem(
            "fields[owner]", () -> PetsApi.ListQuery.builder().fields("owner", (String[]) null)));
  }

  private static Arguments nullItem(String name, ThrowingCallable set) {
    return Arguments.of(name, set);
  }
}
