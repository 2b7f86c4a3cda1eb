package io.github.persona4j.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.persona4j.model.Inquiry;
import org.junit.jupiter.api.Test;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.TypeHint;
import org.springframework.aot.hint.annotation.ReflectiveRuntimeHintsRegistrar;

class NativeHintsTest {
  static class Listener {
    @PersonaWebhook("inquiry.approved")
    void approved(Inquiry inquiry) {}

    void other() {}
  }

  @Test
  void webhookMethods_canBeInvokedInANativeImage() {
    RuntimeHints hints = new RuntimeHints();
    new ReflectiveRuntimeHintsRegistrar().registerRuntimeHints(hints, Listener.class);

    assertThat(
            hints
                .reflection()
                .typeHints()
                .flatMap(TypeHint::methods)
                .map(method -> method.getName() + " " + method.getMode()))
        .containsExactly("approved INVOKE");
  }
}
