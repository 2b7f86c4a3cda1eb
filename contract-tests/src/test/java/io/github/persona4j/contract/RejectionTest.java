package io.github.persona4j.contract;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import okhttp3.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Requests and responses that are not in the description fail a call. */
@ExtendWith(RunningPrism.class)
class RejectionTest {
  @Test
  void unknownPath_failsWithItsName(PrismServer prism) {
    Request request = new Request.Builder().url(prism.baseUrl() + "/no-such-path").build();

    assertThatThrownBy(() -> new CaseContext(Contract.RUN, prism).http().newCall(request).execute())
        .isInstanceOf(ContractViolation.class)
        .hasMessageStartingWith("GET /no-such-path: ")
        .hasMessageContaining("NO_PATH_MATCHED");
  }

  @Test
  void unknownStatus_failsTheCall(PrismServer prism) {
    assumeTrue(Contract.RUN.isOfOurs(), "another description may have a default for any status");
    Operation operation = Contract.RUN.shared().get(0);
    Request request =
        new BrokenRequest(operation, "", true, null, null, "")
            .request(prism)
            .header("Prefer", "code=418")
            .build();

    assertThatThrownBy(() -> new CaseContext(Contract.RUN, prism).http().newCall(request).execute())
        .isInstanceOf(ContractViolation.class)
        .hasMessageStartingWith(operation.id() + ": ")
        .hasMessageContaining("418");
  }
}
