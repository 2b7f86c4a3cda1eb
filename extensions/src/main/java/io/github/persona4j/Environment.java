package io.github.persona4j;

/**
 * The environments of an organization at Persona. The API key selects the environment: it begins
 * with {@code persona_sandbox_} or {@code persona_production_}. Both use the same host.
 */
public enum Environment {
  /** Test data and simulated checks. */
  SANDBOX("persona_sandbox_"),

  /** Data of real persons, and checks that are charged. */
  PRODUCTION("persona_production_");

  private final String keyPrefix;

  Environment(String keyPrefix) {
    this.keyPrefix = keyPrefix;
  }

  /** Whether a key belongs to this environment by its prefix. Access tokens have no prefix. */
  boolean isOf(String key) {
    return key.startsWith(keyPrefix);
  }
}
