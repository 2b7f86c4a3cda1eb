package io.github.persona4j.spring;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Explains a missing or invalid property when the application does not start. */
final class PersonaFailureAnalyzer extends AbstractFailureAnalyzer<PersonaPropertyException> {
  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, PersonaPropertyException cause) {
    return new FailureAnalysis(
        "The Persona client or webhook cannot be configured. " + cause.getMessage(),
        cause.action(),
        cause);
  }
}
