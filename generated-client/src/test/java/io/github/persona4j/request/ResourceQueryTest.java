package io.github.persona4j.request;

import static io.github.persona4j.request.ResourceQuery.fields;
import static io.github.persona4j.request.ResourceQuery.include;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.persona4j.mini.api.PetInclude;
import io.github.persona4j.mini.api.PetsApi;
import io.github.persona4j.mini.model.CreatePetRequest;
import io.github.persona4j.mini.model.Owner;
import io.github.persona4j.mini.model.Pet;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The query that operations share which return a resource. */
class ResourceQueryTest {
  private static final Include.To<Owner, Object> HOME = Include.to("home");

  private static String targetOf(ResourceQuery<Pet> query) throws Exception {
    try (MiniServer server = new MiniServer()) {
      server.respond("{\"data\":{\"type\":\"pet/dog\",\"id\":\"1\"}}");
      CreatePetRequest request = CreatePetRequest.fromJson("{\"data\":{}}");
      server.api(PetsApi.class).create(request, query, RequestOptions.none()).execute();
      return server.takeRequest().getTarget();
    }
  }

  // ---- what is sent ----

  @Test
  void include_sent_hasTheNamesOfTheApiSeparatedByCommas() throws Exception {
    assertThat(targetOf(include(PetInclude.OWNER, PetInclude.FORMER_OWNERS)))
        .isEqualTo("/api/v1/pets?include=owner%2Cformer-owners");
  }

  @Test
  void nestedInclude_sent_hasADot() throws Exception {
    assertThat(targetOf(include(PetInclude.FORMER_OWNERS.then(HOME))))
        .isEqualTo("/api/v1/pets?include=former-owners.home");
  }

  @Test
  void includeOfUnknownName_sent_isAsGiven() throws Exception {
    assertThat(targetOf(include(Include.of("vets.clinic"), PetInclude.OWNER)))
        .isEqualTo("/api/v1/pets?include=vets.clinic%2Cowner");
  }

  @Test
  void includeOfNothing_sent_isTheEmptyValue() throws Exception {
    assertThat(targetOf(include())).isEqualTo("/api/v1/pets?include=");
  }

  @Test
  void noParameters_sent_haveNoQueryString() throws Exception {
    assertThat(targetOf(ResourceQuery.none())).isEqualTo("/api/v1/pets");
  }

  @Test
  void fields_sent_areByType() throws Exception {
    assertThat(targetOf(fields("pet/dog", "status", "created-at")))
        .isEqualTo("/api/v1/pets?fields%5Bpet%2Fdog%5D=status%2Ccreated-at");
    ResourceQuery<Pet> both = include(PetInclude.OWNER);
    assertThat(targetOf(both.withFields("owner", "name").withFields("pet/dog")))
        .isEqualTo("/api/v1/pets?include=owner&fields%5Bowner%5D=name&fields%5Bpet%2Fdog%5D=");
  }

  // ---- the object ----

  @Test
  void with_leavesTheQueryAsItIs() {
    ResourceQuery<Pet> query = include(PetInclude.OWNER);

    ResourceQuery<Pet> limited = query.withFields("owner", "name");

    assertThat(query).isEqualTo(Map.of("include", "owner"));
    assertThat(limited).isEqualTo(Map.of("include", "owner", "fields[owner]", "name"));
    assertThat(limited.withFields("owner", "age")).containsEntry("fields[owner]", "age");
  }

  @Test
  void toBuilder_keepsWhatIsSet_andReplacesTheInclude() {
    ResourceQuery<Pet> query = fields("owner", "name");

    assertThat(query.toBuilder().build()).isEqualTo(query).hasSameHashCodeAs(query);
    assertThat(query.toBuilder().include(PetInclude.OWNER).include(PetInclude.BREEDER).build())
        .isEqualTo(Map.of("fields[owner]", "name", "include", "breeder"));
  }

  @Test
  void toString_hasNamesOnly() {
    ResourceQuery<Pet> query = include(PetInclude.OWNER);
    assertThat(query.withFields("owner", "s3cret")).hasToString("[include, fields[owner]]");
  }

  @Test
  void include_compared_isEqualByItsPath() {
    assertThat(Include.of("owner"))
        .isEqualTo(PetInclude.OWNER)
        .hasSameHashCodeAs(PetInclude.OWNER)
        .isNotEqualTo(PetInclude.BREEDER)
        .isNotEqualTo("owner")
        .hasToString("owner");
    assertThat(PetInclude.OWNER.then(HOME).path()).isEqualTo("owner.home");
  }

  // ---- invalid arguments ----

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a,b", "a b", "a\n", "\u00eb", "\ud800"})
  void includeWithInvalidName_isRefused(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Include.of(name))
        .withMessageStartingWith("path must ");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Include.to(name))
        .withMessageStartingWith("name must ");
  }

  @ParameterizedTest
  @MethodSource("nulls")
  void null_isRefusedByName(String name, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfAny(NullPointerException.class, IllegalArgumentException.class)
        .message()
        .startsWith(name);
  }

  @SuppressWarnings("NullAway") // what Java code without checks can pass
  static Stream<Arguments> nulls() {
    return Stream.of(
        argument("path must not be null", () -> Include.of(null)),
        argument("nested must not be null", () -> PetInclude.OWNER.then(null)),
        argument("include", () -> include(PetInclude.OWNER, null)),
        argument("include", () -> include((Include<Pet>[]) null)),
        argument("type", () -> fields(null, "a")),
        argument("fields[owner]", () -> fields("owner", "a", null)),
        argument("attributes", () -> fields("owner", (String[]) null)));
  }

  private static Arguments argument(String name, ThrowingCallable call) {
    return Arguments.of(name, call);
  }

  @Test
  void fieldsOfAnInvalidType_areRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> fields("a]", "status"))
        .withMessage("type must be visible ASCII without brackets");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ResourceQuery.none().withFields(""))
        .withMessage("type must not be empty");
  }
}
