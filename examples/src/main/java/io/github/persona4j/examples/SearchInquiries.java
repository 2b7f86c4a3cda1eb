package io.github.persona4j.examples;

import static io.github.persona4j.search.Condition.not;
import static io.github.persona4j.search.Search.where;

import io.github.persona4j.PersonaClient;
import io.github.persona4j.api.AccountSearch;
import io.github.persona4j.api.InquirySearch;
import io.github.persona4j.model.Account;
import io.github.persona4j.model.Inquiry;
import io.github.persona4j.model.InquiryStatus;
import io.github.persona4j.search.Search;
import java.time.LocalDate;
import java.util.List;

/** Searches with conditions on attributes and on fields that an organization has defined. */
final class SearchInquiries {
  private SearchInquiries() {}

  static List<Inquiry> openInquiries(PersonaClient persona, String referenceId) {
    // region search
    Search<Inquiry> search =
        where(
                InquirySearch.REFERENCE_ID.eq(referenceId),
                not(InquirySearch.STATUS.eq(InquiryStatus.EXPIRED)))
            .orderBy(InquirySearch.CREATED_AT.descending());
    // endregion
    return persona.inquiries().searchAll(search).stream().toList();
  }

  static List<Account> loyalAccounts(PersonaClient persona, LocalDate since) {
    // region fields-of-your-own
    Search<Account> search =
        where(
            AccountSearch.FIELDS.number("loyalty-level").gte(3),
            AccountSearch.FIELDS.date("member-since").lt(since));
    // endregion
    return persona.accounts().search(search.pageSize(100)).items();
  }
}
