package io.github.persona4j.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.persona4j.request.JavaSource;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which searches the compiler accepts. */
class TypedSearchTest {
  private static final List<String> IMPORTS =
      List.of(
          "static io.github.persona4j.search.Condition.*",
          "static io.github.persona4j.search.Search.where",
          "io.github.persona4j.api.*",
          "io.github.persona4j.model.*",
          "io.github.persona4j.search.*",
          "java.time.*",
          "java.util.List");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Search<Inquiry> s = where(InquirySearch.REFERENCE_ID.eq(\"u\"),"
            + " not(InquirySearch.STATUS.eq(InquiryStatus.EXPIRED)))"
            + ".orderBy(InquirySearch.CREATED_AT.descending());",
        "Search<Case> s = where(or(CaseSearch.RESOLVED_AT.gte(OffsetDateTime.MIN),"
            + " CaseSearch.FIELDS.number(\"risk\").gt(3)));",
        "Search<Account> s = where(AccountSearch.FIELDS.date(\"since\").lt(LocalDate.MIN),"
            + " Condition.of(\"new\", \"in\", \"a\"));",
        "Search<Account> s = where(Condition.of(\"new\", \"in\", 1));",
        "Search<Account> s = where(and(List.of(AccountSearch.TYPE.eq(\"person\"))));",
        "Search<Account> s = Search.<Account>all().orderBy(Order.of(\"new\", \"asc\"));",
      })
  void searchOfTheResource_compiles(String statement) {
    assertThat(JavaSource.errors(IMPORTS, statement)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Search<Inquiry> s = where(AccountSearch.TYPE.eq(\"person\"));",
        "where(InquirySearch.REFERENCE_ID.eq(\"u\"), AccountSearch.TYPE.eq(\"person\"));",
        "where(not(InquirySearch.REFERENCE_ID.eq(\"u\")), AccountSearch.TYPE.eq(\"person\"));",
        "where(InquirySearch.REFERENCE_ID.eq(\"u\")).orderBy(CaseSearch.CREATED_AT.ascending());",
        "InquirySearch.STATUS.eq(\"expired\");",
        "InquirySearch.CREATED_AT.gt(\"2026-01-01\");",
        "AccountSearch.FIELDS.number(\"risk\").gt(\"3\");",
        "Condition<Inquiry> c = AccountSearch.FIELDS.bool(\"vip\").eq(true);",
      })
  void searchOfAnotherResourceOrType_doesNotCompile(String statement) {
    assertThat(JavaSource.errors(IMPORTS, statement))
        .isNotEmpty()
        .allMatch(
            error ->
                error.startsWith("compiler.err.cant.apply")
                    || error.startsWith("compiler.err.prob.found.req"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "InquirySearch.STATUS.gt(InquiryStatus.EXPIRED);",
        "InquirySearch.REFERENCE_ID.descending();",
        "AccountSearch.FIELDS.text(\"plan\").lt(\"a\");",
        "AccountSearch.FIELDS.bool(\"vip\").lt(true);",
      })
  void operatorThatTheApiDoesNotHave_doesNotCompile(String statement) {
    assertThat(JavaSource.errors(IMPORTS, statement))
        .hasSize(1)
        .allMatch(error -> error.startsWith("compiler.err.cant.resolve"));
  }
}
