package io.github.persona4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.persona4j.testing.FakePersona;
import io.github.persona4j.testing.Fault;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SmallExamplesTest {
  private final Terminal terminal = new Terminal();

  @Test
  void createInquiryWithoutKey_printsIdAndStatus() {
    assertThat(createInquiry(Map.of())).isZero();

    assertThat(terminal.outLines()).singleElement().asString().matches("inq_\\w+ created");
  }

  @Test
  void createInquiryWithKey_requiresATemplate() {
    try (FakePersona fake = FakePersona.start()) {
      assertThat(createInquiry(environment(fake))).isEqualTo(2);
      assertThat(fake.requests()).isEmpty();

      assertThat(createInquiry(environment(fake), "itmpl_mine")).isZero();
      assertThat(fake.requests()).hasSize(1);
    }

    assertThat(terminal.errLines())
        .containsExactly(
            "CreateInquiry: the only argument must be an inquiry template (itmpl_...)");
  }

  @Test
  void handleErrorsWithoutArgument_showsA404() {
    assertThat(handleErrors(Map.of())).isZero();

    assertThat(terminal.outLines())
        .singleElement()
        .asString()
        .startsWith("There is no such inquiry (request ");
  }

  @Test
  void handleErrors_distinguishesFailures() {
    try (FakePersona fake = FakePersona.start()) {
      // The client retries three times after a lost connection.
      fake.failNext(
          Fault.status(403),
          Fault.dropConnection(),
          Fault.dropConnection(),
          Fault.dropConnection(),
          Fault.dropConnection());
      assertThat(handleErrors(environment(fake))).isZero();
      assertThat(handleErrors(environment(fake))).isZero();
    }

    assertThat(terminal.outLines()).hasSize(2);
    assertThat(terminal.outLines().get(0)).startsWith("Rejected with status 403: ");
    assertThat(terminal.outLines().get(1)).startsWith("Connection failure: ");
  }

  private static Map<String, String> environment(FakePersona fake) {
    return Map.of("PERSONA_API_KEY", fake.apiKey(), "PERSONA_BASE_URL", fake.baseUrl());
  }

  private int createInquiry(Map<String, String> environment, String... arguments) {
    return CreateInquiry.run(List.of(arguments), environment, terminal.out, terminal.err);
  }

  private int handleErrors(Map<String, String> environment, String... arguments) {
    return HandleErrors.run(List.of(arguments), environment, terminal.out, terminal.err);
  }
}
