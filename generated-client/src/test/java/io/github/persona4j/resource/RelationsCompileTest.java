package io.github.persona4j.resource;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.persona4j.request.JavaSource;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What compiles with relationships, and what does not. */
class RelationsCompileTest {
  /** Returns the errors of a statement with an inquiry and a response. */
  private static List<String> errors(String statement) {
    return JavaSource.errors(
        List.of("io.github.persona4j.model.*", "io.github.persona4j.resource.*", "java.util.*"),
        "InquiryResponse response = null; Inquiry inquiry = null; " + statement);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Optional<Account> a = response.related(inquiry.account());",
        "Optional<Resource> r = response.related(inquiry.reviewer());",
        "List<Verification> v = response.related(inquiry.verifications());",
        "List<GovernmentIdVerification> v ="
            + " response.related(inquiry.verifications(), GovernmentIdVerification.class);",
        "Resource r = response.related(inquiry.verifications()).get(0);",
        "for (ToOne<Verification> v : inquiry.verifications()) { response.related(v); }",
      })
  void targetOfTheRelationship_compiles(String statement) {
    assertThat(errors(statement)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Optional<Transaction> t = response.related(inquiry.account());",
        "List<Report> r = response.related(inquiry.verifications());",
        "response.related(inquiry.verifications(), Account.class);",
        "response.related(inquiry.verifications(), WatchlistReport.class);",
        "response.related(inquiry);",
        "ToOne<Report> r = inquiry.account();",
      })
  void anotherResource_doesNotCompile(String statement) {
    assertThat(errors(statement)).isNotEmpty();
  }
}
