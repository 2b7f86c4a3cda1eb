package io.github.persona4j;

/**
 * The two halves of an organization's data at Persona. The key selects one of them: it begins with
 * {@code persona_sandbox_} or {@code persona_production_}; the host is the same.
 */
public enum Environment {
  /** Invented data, simulated checks. */
  SANDBOX("persona_sandbox_"),

  /** Real persons, real checks, real bills. */
  PRODUCTION("persona_production_");

  private final String keyPrefix;

  Environment(String keyPrefix) {
    this.keyPrefix = keyPrefix;
  }

  /** Whether a key is known to be one of this environment; access tokens tell nothing. */
  boolean isOf(String key) {
    return key.startsWith(keyPrefix);
  }
}
