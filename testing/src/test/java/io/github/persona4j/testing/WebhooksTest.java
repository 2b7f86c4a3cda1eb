package io.github.persona4j.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class WebhooksTest {
  @Test
  void invalidCounts_areRejected() {
    try (FakePersona persona = FakePersona.start()) {
      Webhooks webhooks = persona.webhooks();
      assertThatIllegalArgumentException().isThrownBy(() -> webhooks.duplicateNext(0));
      assertThatIllegalArgumentException().isThrownBy(() -> webhooks.reverseNext(0));
      assertThatIllegalArgumentException().isThrownBy(() -> webhooks.loseNextResponses(-1));
      assertThatIllegalArgumentException().isThrownBy(() -> webhooks.missignNext(0));
      assertThat(persona.deliveries()).isEmpty();
    }
  }
}
