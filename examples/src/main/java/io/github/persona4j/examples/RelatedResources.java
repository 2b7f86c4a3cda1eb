package io.github.persona4j.examples;

import static io.github.persona4j.request.ResourceQuery.include;

import io.github.persona4j.PersonaClient;
import io.github.persona4j.api.InquiryInclude;
import io.github.persona4j.model.Account;
import io.github.persona4j.model.GovernmentIdVerification;
import io.github.persona4j.model.Inquiry;
import io.github.persona4j.model.InquiryResponse;
import io.github.persona4j.model.Verification;
import io.github.persona4j.resource.ToOne;
import io.github.persona4j.testing.FakePersona;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Prints the account and the verifications of an inquiry. The argument is the inquiry. */
public final class RelatedResources {
  private RelatedResources() {}

  /** Prints what is related to the inquiry in the only argument, which is optional for the fake. */
  public static void main(String[] args) {
    ExitStatus.exit(run(List.of(args), System.getenv(), System.out, System.err));
  }

  static int run(
      List<String> arguments, Map<String, String> environment, PrintStream out, PrintStream err) {
    return ExitStatus.of(
        "RelatedResources",
        err,
        () -> {
          FakePersona.Builder settings = FakePersona.builder().inquiries(20);
          try (ApiAccess api = ApiAccess.open(environment, settings, err)) {
            if (arguments.size() != 1 && !(arguments.isEmpty() && api.isFake())) {
              throw new UsageException("the only argument must be an inquiry (inq_...)");
            }
            String id = arguments.isEmpty() ? anyInquiry(api.client()) : arguments.get(0);
            print(api.client(), id, out);
          }
        });
  }

  private static String anyInquiry(PersonaClient persona) {
    return persona.inquiries().list().items().get(0).id();
  }

  static void print(PersonaClient persona, String id, PrintStream out) {
    // region relations
    InquiryResponse response =
        persona
            .inquiries()
            .retrieve(id, include(InquiryInclude.ACCOUNT, InquiryInclude.VERIFICATIONS));
    Inquiry inquiry = response.data();
    Optional<Account> account = response.related(inquiry.account());
    List<GovernmentIdVerification> ids =
        response.related(inquiry.verifications(), GovernmentIdVerification.class);
    List<Verification> all = response.related(inquiry.verifications());
    // endregion

    out.println("account: " + account.map(Account::id).orElse("none"));
    out.println("verifications: " + all.size() + ", of government IDs: " + ids.size());
    for (ToOne<Verification> missing : response.missing(inquiry.verifications())) {
      out.println("not included: " + missing.id());
    }
  }

  /** Finds the account of an inquiry, with a request of its own where it is not included. */
  static Optional<Account> account(PersonaClient persona, InquiryResponse response) {
    Inquiry inquiry = response.data();
    // region fetch
    return response.related(inquiry.account()).or(() -> persona.fetch(inquiry.account()));
    // endregion
  }
}
