package io.github.persona4j.spring;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Applies properties to builders, whose messages name the rule and not the value. */
final class Setting {
  private Setting() {}

  /**
   * Passes a value to a setter, unless it is null.
   *
   * @param property its name, without {@code persona.}
   * @throws PersonaPropertyException if the setter refuses it
   */
  static <T> void apply(String property, @Nullable T value, Consumer<? super T> setter) {
    if (value == null) {
      return;
    }
    try {
      setter.accept(value);
    } catch (IllegalArgumentException e) {
      throw invalid(property, String.valueOf(e.getMessage()));
    }
  }

  /**
   * Returns an exception for an invalid value.
   *
   * @param property its name, without {@code persona.}
   * @param problem the rule that it breaks
   */
  static PersonaPropertyException invalid(String property, String problem) {
    String name = "persona." + property;
    return new PersonaPropertyException(name, problem, "Correct the value of " + name + ".");
  }
}
