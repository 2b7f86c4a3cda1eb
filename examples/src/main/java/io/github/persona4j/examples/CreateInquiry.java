package io.github.persona4j.examples;

import io.github.persona4j.model.CreateInquiryAttributes;
import io.github.persona4j.model.CreateInquiryData;
import io.github.persona4j.model.CreateInquiryRequest;
import io.github.persona4j.model.Inquiry;
import io.github.persona4j.request.RequestOptions;
import io.github.persona4j.request.ResourceQuery;
import io.github.persona4j.testing.FakePersona;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Creates an inquiry and prints its ID and status. The argument is an inquiry template. */
public final class CreateInquiry {
  private static final String FAKE_TEMPLATE = "itmpl_example";

  private CreateInquiry() {}

  /** Creates an inquiry of the template in the only argument, which is optional for the fake. */
  public static void main(String[] args) {
    ExitStatus.exit(run(List.of(args), System.getenv(), System.out, System.err));
  }

  static int run(
      List<String> arguments, Map<String, String> environment, PrintStream out, PrintStream err) {
    return ExitStatus.of(
        "CreateInquiry",
        err,
        () -> {
          try (ApiAccess api = ApiAccess.open(environment, FakePersona.builder(), err)) {
            if (arguments.size() != 1 && !(arguments.isEmpty() && api.isFake())) {
              throw new UsageException("the only argument must be an inquiry template (itmpl_...)");
            }
            String template = arguments.isEmpty() ? FAKE_TEMPLATE : arguments.get(0);
            CreateInquiryAttributes attributes =
                CreateInquiryAttributes.builder().inquiryTemplateId(template).build();
            CreateInquiryRequest request =
                CreateInquiryRequest.builder()
                    .data(CreateInquiryData.builder().attributes(attributes).build())
                    .build();
            // With a stored key, the call can be retried without creating a second inquiry.
            RequestOptions options =
                RequestOptions.builder().idempotencyKey(UUID.randomUUID().toString()).build();
            Inquiry inquiry =
                api.client().inquiries().create(request, ResourceQuery.none(), options).data();
            out.println(inquiry.id() + " " + inquiry.attributes().status());
          }
        });
  }
}
