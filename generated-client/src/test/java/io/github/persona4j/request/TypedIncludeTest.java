package io.github.persona4j.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which includes the compiler accepts. */
class TypedIncludeTest {
  private static final List<String> IMPORTS =
      List.of(
          "static io.github.persona4j.request.ResourceQuery.include",
          "io.github.persona4j.api.*",
          "io.github.persona4j.model.*",
          "io.github.persona4j.request.*");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ResourceQuery<Inquiry> q = include(InquiryInclude.ACCOUNT, InquiryInclude.VERIFICATIONS);",
        "ResourceQuery<Inquiry> q = include();",
        "ResourceQuery<Inquiry> q = include(Include.of(\"new\"), InquiryInclude.ACCOUNT);",
        "ResourceQuery<Inquiry> q ="
            + " include(InquiryInclude.ACCOUNT.then(AccountInclude.ACCOUNT_TYPE));",
        "var q = include(InquiryInclude.ACCOUNT); ResourceQuery<Inquiry> same = q;",
        "ResourceQuery<Verification> q = include(VerificationInclude.DOCUMENT);",
        // A member of the union has the relationships of the union.
        "ResourceQuery<GovernmentIdVerification> q = include(VerificationInclude.DOCUMENT);",
        "ResourceQuery<Inquiry> q = ResourceQuery.<Inquiry>builder()"
            + ".include(InquiryInclude.ACCOUNT).fields(\"account\", \"tags\").build();",
        "ConnectApi.RetrieveShareTokenQuery q ="
            + " ConnectApi.RetrieveShareTokenQuery.builder().include(ShareTokenInclude.SOURCE).build();",
      })
  void includeOfTheResource_compiles(String statement) {
    assertThat(JavaSource.errors(IMPORTS, statement)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ResourceQuery<Inquiry> q = include(AccountInclude.ACCOUNT_TYPE);",
        "ResourceQuery<Inquiry> q = include(InquiryInclude.ACCOUNT, AccountInclude.ACCOUNT_TYPE);",
        "var q = include(InquiryInclude.ACCOUNT, AccountInclude.ACCOUNT_TYPE);",
        "ResourceQuery<Inquiry> q = include(InquiryInclude.ACCOUNT.then(CaseInclude.ACCOUNTS));",
        "ResourceQuery<Inquiry> q = include(\"account\");",
        "ResourceQuery<Document> q = include(VerificationInclude.DOCUMENT);",
        "ResourceQuery<Account> q = include(InquiryInclude.ACCOUNT.then(AccountInclude.ACCOUNT_TYPE));",
        "ResourceQuery.<Inquiry>builder().include(AccountInclude.ACCOUNT_TYPE);",
        "ConnectApi.RetrieveShareTokenQuery.builder().include(InquiryInclude.ACCOUNT);",
        // Three levels.
        "InquiryInclude.SESSIONS.then(InquirySessionInclude.INQUIRY.then(InquiryInclude.ACCOUNT));",
      })
  void includeOfAnotherResource_doesNotCompile(String statement) {
    assertThat(JavaSource.errors(IMPORTS, statement))
        .isNotEmpty()
        .allMatch(
            error ->
                error.startsWith("compiler.err.cant.apply")
                    || error.startsWith("compiler.err.prob.found.req"));
  }
}
