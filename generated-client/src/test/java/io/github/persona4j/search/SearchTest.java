package io.github.persona4j.search;

import static io.github.persona4j.search.Condition.and;
import static io.github.persona4j.search.Condition.not;
import static io.github.persona4j.search.Condition.or;
import static io.github.persona4j.search.Search.where;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.persona4j.json.JsonType;
import io.github.persona4j.json.JsonValue;
import io.github.persona4j.mini.api.PetSearch;
import io.github.persona4j.mini.model.Pet;
import io.github.persona4j.mini.model.PetStatus;
import io.github.persona4j.model.Inquiry;
import io.github.persona4j.model.SearchRequest;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Searches as they are sent, and the conditions that are refused. */
class SearchTest {
  private static final OffsetDateTime TIME = OffsetDateTime.parse("2026-01-14T09:31Z");
  private static final Condition<Pet> DOG = PetSearch.NAME.eq("Rex");
  private static final long SEED = 20260114;

  private static String json(Condition<Pet> condition) {
    return condition.json().json();
  }

  private static String json(Search<Pet> search) {
    return search.as(JsonType.ANY).json();
  }

  private static String clause(String attribute, String operator, String value) {
    return "{\"attribute\":\"%s\",\"operator\":\"%s\",\"value\":%s}"
        .formatted(attribute, operator, value);
  }

  // ---- operators and values ----

  @ParameterizedTest
  @MethodSource("clauses")
  void clause_sent_hasAttributeOperatorAndValue(Condition<Pet> condition, String sent) {
    assertThat(json(condition)).isEqualTo(sent);
  }

  static Stream<Arguments> clauses() {
    return Stream.of(
        Arguments.of(
            PetSearch.STATUS.eq(PetStatus.NEEDS_REVIEW),
            clause("status", "eq", "\"needs_review\"")),
        Arguments.of(PetSearch.STATUS.eq(PetStatus.of("new")), clause("status", "eq", "\"new\"")),
        Arguments.of(PetSearch.NAME.eq("a\"b"), clause("name", "eq", "\"a\\\"b\"")),
        Arguments.of(PetSearch.TRAINED.eq(false), clause("trained", "eq", "false")),
        Arguments.of(PetSearch.LEGS.eq(4), clause("legs", "eq", "4")),
        Arguments.of(PetSearch.LEGS.gt(4L), clause("legs", "gt", "4")),
        Arguments.of(PetSearch.LEGS.gte(2.5), clause("legs", "gte", "2.5")),
        Arguments.of(PetSearch.LEGS.lt(2.5f), clause("legs", "lt", "2.5")),
        Arguments.of(PetSearch.LEGS.lte(new BigDecimal("1.10")), clause("legs", "lte", "1.10")),
        Arguments.of(
            PetSearch.LEGS.eq(BigInteger.TWO.pow(70)),
            clause("legs", "eq", "1180591620717411303424")),
        Arguments.of(
            PetSearch.BORN_ON.lt(LocalDate.of(2026, 1, 2)),
            clause("born_on", "lt", "\"2026-01-02\"")),
        Arguments.of(
            PetSearch.CREATED_AT.gte(TIME),
            clause("created_at", "gte", "\"2026-01-14T09:31:00Z\"")),
        Arguments.of(
            PetSearch.FIELDS.text("favorite-toy").eq("ball"),
            clause("fields.favorite-toy", "eq", "\"ball\"")),
        Arguments.of(PetSearch.FIELDS.number("age").lte(3), clause("fields.age", "lte", "3")),
        Arguments.of(PetSearch.FIELDS.bool("wild").eq(true), clause("fields.wild", "eq", "true")),
        Arguments.of(
            PetSearch.FIELDS.date("seen").eq(LocalDate.EPOCH),
            clause("fields.seen", "eq", "\"1970-01-01\"")),
        Arguments.of(
            PetSearch.FIELDS.dateTime("fed_at").gt(TIME),
            clause("fields.fed_at", "gt", "\"2026-01-14T09:31:00Z\"")),
        Arguments.of(
            Condition.<Pet>of("new", "in", JsonValue.ofJson("[1,\"a\"]")),
            clause("new", "in", "[1,\"a\"]")),
        Arguments.of(Condition.<Pet>of("new", "like", "a"), clause("new", "like", "\"a\"")),
        Arguments.of(Attribute.<Pet, String>of("new").eq("a"), clause("new", "eq", "\"a\"")));
  }

  @Test
  void combinations_sent_areNested() {
    String dog = clause("name", "eq", "\"Rex\"");
    assertThat(json(and(DOG, DOG))).isEqualTo("{\"and\":[" + dog + "," + dog + "]}");
    assertThat(json(or(DOG, not(DOG)))).isEqualTo("{\"or\":[" + dog + ",{\"not\":" + dog + "}]}");
    assertThat(json(and(List.of(DOG)))).isEqualTo("{\"and\":[" + dog + "]}");
    assertThat(json(or(List.of(DOG)))).isEqualTo("{\"or\":[" + dog + "]}");
  }

  // ---- the search ----

  @Test
  void search_sent_hasQuerySortAndPage() {
    String dog = clause("name", "eq", "\"Rex\"");
    assertThat(json(Search.all())).isEqualTo("{}");
    assertThat(json(where(DOG))).isEqualTo("{\"query\":" + dog + "}");
    assertThat(json(where(DOG, DOG))).isEqualTo("{\"query\":{\"and\":[" + dog + "," + dog + "]}}");
    assertThat(
            json(
                Search.<Pet>all()
                    .orderBy(PetSearch.LEGS.ascending())
                    .orderBy(PetSearch.CREATED_AT.descending())
                    .pageSize(25)))
        .isEqualTo(
            "{\"sort\":{\"attribute\":\"created_at\",\"direction\":\"desc\"},"
                + "\"page\":{\"size\":25}}");
    assertThat(json(Search.<Pet>all().orderBy(PetSearch.LEGS.ascending())))
        .contains("\"direction\":\"asc\"");
  }

  @Test
  void cursors_set_replaceEachOther() {
    Search<Pet> search = Search.all();

    Search<Pet> after = search.pageSize(10).pageAfter("a");

    assertThat(json(after)).isEqualTo("{\"page\":{\"size\":10,\"after\":\"a\"}}");
    assertThat(json(after.pageBefore("b"))).isEqualTo("{\"page\":{\"size\":10,\"before\":\"b\"}}");
    assertThat(json(after.pageBefore("b").pageAfter("c")))
        .isEqualTo("{\"page\":{\"size\":10,\"after\":\"c\"}}");
    assertThat(json(search)).isEqualTo("{}");
  }

  @Test
  void search_asBody_isASearchRequest() {
    Search<Inquiry> search =
        where(
                io.github.persona4j.api.InquirySearch.REFERENCE_ID.eq("user-42"),
                not(Condition.of("status", "newer_than", "expired")))
            .orderBy(io.github.persona4j.api.InquirySearch.CREATED_AT.descending());

    SearchRequest request = search.as(SearchRequest.TYPE);

    assertThat(request)
        .isEqualTo(
            SearchRequest.fromJson(
                "{\"query\":{\"and\":["
                    + clause("reference_id", "eq", "\"user-42\"")
                    + ",{\"not\":"
                    + clause("status", "newer_than", "\"expired\"")
                    + "}]},\"sort\":{\"attribute\":\"created_at\",\"direction\":\"desc\"}}"));
  }

  @Test
  void toString_hasNoValuesAndNames() {
    Condition<Pet> condition = and(DOG, PetSearch.FIELDS.text("s3cret").eq("s3cret"));
    assertThat(condition).hasToString("Condition{2 clauses}");
    assertThat(DOG).hasToString("Condition{1 clause}");
    assertThat(where(condition).pageAfter("s3cret")).hasToString("Search[query, page]");
  }

  // ---- the limits ----

  @Test
  void twentyClauses_areAccepted_andOneMoreIsRefused() {
    Condition<Pet> ten = or(Collections.nCopies(10, DOG));

    assertThat(and(ten, ten)).isNotNull();
    assertThat(where(ten, ten)).isNotNull();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> and(ten, ten, DOG))
        .withMessage("conditions must have at most 20 clauses in total, not 21");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> where(ten, ten, DOG))
        .withMessage("conditions must have at most 20 clauses in total, not 21");
  }

  @Test
  void twoLevels_areAccepted_andOneMoreIsRefused() {
    Condition<Pet> two = or(DOG, not(DOG));

    assertThat(where(two)).isNotNull();
    assertThat(where(DOG, or(DOG, DOG), not(DOG))).isNotNull();
    String message = "conditions must be nested at most 2 levels of and, or and not deep, not 3";
    List<ThrowingCallable> deeper =
        List.of(() -> not(two), () -> and(two), () -> or(DOG, two), () -> where(two, DOG));
    for (ThrowingCallable call : deeper) {
      assertThatIllegalArgumentException().isThrownBy(call).withMessage(message);
    }
  }

  /** Random conditions: refused exactly if they have more than 20 clauses or 2 levels. */
  @Test
  void randomConditions_areRefusedExactlyBeyondTheLimits() {
    Random random = new Random(SEED);
    int accepted = 0;
    int refused = 0;
    for (int i = 0; i < 3000; i++) {
      Shape shape = Shape.random(random, 3);
      boolean isWithin = shape.clauses() <= 20 && shape.levels() <= 2;
      try {
        Condition<Pet> built = shape.build();
        assertThat(isWithin).as("seed %d, no. %d: %s", SEED, i, shape).isTrue();
        assertThat(json(built)).isEqualTo(shape.json());
        accepted++;
      } catch (IllegalArgumentException e) {
        assertThat(isWithin).as("seed %d, no. %d: %s: %s", SEED, i, shape, e).isFalse();
        refused++;
      }
    }
    assertThat(accepted).isGreaterThan(500);
    assertThat(refused).isGreaterThan(500);
  }

  /** A condition to build: a clause has no name. */
  private record Shape(String name, List<Shape> parts) {
    static Shape random(Random random, int levels) {
      int kind = levels == 0 ? 3 : random.nextInt(4);
      if (kind == 3) {
        return new Shape("", List.of());
      } else if (kind == 2) {
        return new Shape("not", List.of(random(random, levels - 1)));
      }
      List<Shape> parts = new ArrayList<>();
      for (int i = random.nextInt(8); i >= 0; i--) {
        parts.add(random(random, levels - 1));
      }
      return new Shape(kind == 0 ? "and" : "or", parts);
    }

    int clauses() {
      return name.isEmpty() ? 1 : parts.stream().mapToInt(Shape::clauses).sum();
    }

    int levels() {
      return name.isEmpty() ? 0 : 1 + parts.stream().mapToInt(Shape::levels).max().orElseThrow();
    }

    Condition<Pet> build() {
      List<Condition<Pet>> built = parts.stream().map(Shape::build).toList();
      return switch (name) {
        case "" -> DOG;
        case "not" -> not(built.get(0));
        case "and" -> and(built);
        default -> or(built);
      };
    }

    String json() {
      List<String> built = parts.stream().map(Shape::json).toList();
      return switch (name) {
        case "" -> clause("name", "eq", "\"Rex\"");
        case "not" -> "{\"not\":" + built.get(0) + "}";
        default -> "{\"" + name + "\":[" + String.join(",", built) + "]}";
      };
    }
  }

  // ---- invalid arguments ----

  @ParameterizedTest
  @MethodSource("invalid")
  void invalidArgument_isRefusedByName(String message, ThrowingCallable call) {
    assertThatIllegalArgumentException().isThrownBy(call).withMessage(message);
  }

  @SuppressWarnings("NullAway") // what Java code without checks can pass
  static Stream<Arguments> invalid() {
    return Stream.of(
        refused("conditions must not be empty", () -> where()),
        refused("conditions must not be empty", () -> and()),
        refused("conditions must not be empty", () -> or(List.<Condition<Pet>>of())),
        refused("conditions must not be null", () -> where((Condition<Pet>) null)),
        refused("conditions must not be null", () -> where(DOG, null)),
        refused("conditions must not be null", () -> where((Condition<Pet>[]) null)),
        refused("conditions must not be null", () -> and((Condition<Pet>[]) null)),
        refused("conditions must not be null", () -> or(DOG, null)),
        refused("condition must not be null", () -> not(null)),
        refused("value must not be null", () -> PetSearch.NAME.eq(null)),
        refused("value must not be null", () -> PetSearch.LEGS.lt(null)),
        refused("value must be a finite number", () -> PetSearch.LEGS.lt(Double.NaN)),
        refused(
            "value of java.util.concurrent.atomic.AtomicInteger is not a number of java.lang or"
                + " java.math",
            () -> PetSearch.LEGS.lt(new AtomicInteger(1))),
        refused(
            "value must be a string, open value, number, boolean, date, timestamp or JsonValue,"
                + " not java.lang.Object",
            () -> Condition.of("a", "eq", new Object())),
        refused("attribute must not be blank", () -> Condition.of(" ", "eq", "a")),
        refused("operator must not be blank", () -> Condition.of("a", "", "a")),
        refused("name must not be null", () -> Attribute.of(null)),
        refused("name must not be blank", () -> OrderedAttribute.of("")),
        refused("prefix must not be blank", () -> FieldAttributes.of("")),
        refused("key must not be null", () -> PetSearch.FIELDS.text(null)),
        refused("key must not be blank", () -> PetSearch.FIELDS.number(" ")),
        refused("attribute must not be null", () -> Order.of(null, "asc")),
        refused("direction must not be blank", () -> Order.of("a", "")),
        refused("order must not be null", () -> Search.all().orderBy(null)),
        refused("cursor must not be null", () -> Search.all().pageAfter(null)),
        refused("cursor must not be blank", () -> Search.all().pageBefore("")));
  }

  private static Arguments refused(String message, ThrowingCallable call) {
    return Arguments.of(message, call);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 101})
  void pageSizeOutOfRange_isRefused(int size) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Search.all().pageSize(size))
        .withMessage("size must be 1 to 100, not " + size);
  }
}
