package io.github.persona4j.spring;

import java.util.Objects;

/** A property is missing or has an invalid value, which the message does not contain. */
final class PersonaPropertyException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  private final String property;
  private final String action;

  /**
   * Creates an exception.
   *
   * @param property the name of the property
   * @param problem what is wrong with it, without its value
   * @param action what to do about it
   */
  PersonaPropertyException(String property, String problem, String action) {
    super(property + ": " + problem);
    this.property = Objects.requireNonNull(property, "property");
    this.action = Objects.requireNonNull(action, "action");
  }

  String property() {
    return property;
  }

  String action() {
    return action;
  }
}
