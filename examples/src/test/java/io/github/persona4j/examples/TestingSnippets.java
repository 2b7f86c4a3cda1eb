package io.github.persona4j.examples;

import static io.github.persona4j.testing.assertj.PersonaAssertions.assertThat;

import io.github.persona4j.testing.FakePersona;
import io.github.persona4j.testing.Fault;
import io.github.persona4j.testing.RegisteredWebhook;
import io.github.persona4j.testing.junit.FakePersonaExtension;
import java.time.Duration;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The code of the guide to testing that is not in an example. */
final class TestingSnippets {
  // region assertions-and-junit-2
  @RegisterExtension
  static final FakePersonaExtension FAKE =
      FakePersonaExtension.with(builder -> builder.rateLimit(100));

  // endregion

  private TestingSnippets() {}

  static void emptyFake() {
    // region testing
    try (FakePersona fake = FakePersona.builder().events(0).inquiries(0).start()) {
      show(fake.ids("inquiry")); // none
    }
    // endregion
  }

  static void rules(FakePersona fake) {
    // region failures
    fake.faults().on("POST /inquiries").times(2).fail(Fault.status(503));
    fake.faults()
        .on("PATCH /accounts/{id}")
        .fail(Fault.status(422).error("invalid_value", "/data/attributes/birthdate"));
    fake.faults().onAny().probability(0.05).fail(Fault.status(500), Fault.truncatedBody());
    // endregion
  }

  static void webhooks(FakePersona fake) {
    // region webhooks
    RegisteredWebhook webhook =
        fake.webhooks().to("http://localhost:8080/persona").events("inquiry.approved").register();
    String secret = webhook.secret(); // for the receiver
    // endregion
    show(secret);
    // region webhooks-2
    fake.webhooks().await(); // until the deliveries that are due have ended
    show(fake.deliveries());
    fake.clock().advance(Duration.ofHours(1)); // makes the retries of that time
    // endregion
  }

  static void assertions(FakePersona fake) {
    // region assertions-and-junit
    assertThat(fake)
        .received("POST /inquiries")
        .once()
        .withHeader("Idempotency-Key")
        .withBodyValue("/meta/auto-create-account-reference-id", "\"user-17\"");
    assertThat(fake).receivedNo("DELETE /inquiries/{id}").delivered("inquiry.approved");
    // endregion
  }

  private static void show(Object value) {
    System.out.println(value);
  }
}
