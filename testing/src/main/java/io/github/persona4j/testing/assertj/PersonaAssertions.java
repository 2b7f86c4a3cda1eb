package io.github.persona4j.testing.assertj;

import io.github.persona4j.testing.FakePersona;
import org.jspecify.annotations.Nullable;

/** The entry to the assertions on a fake; import its method statically. */
public final class PersonaAssertions {
  private PersonaAssertions() {}

  /** Returns assertions on a fake. */
  public static FakePersonaAssert assertThat(@Nullable FakePersona actual) {
    return new FakePersonaAssert(actual);
  }
}
