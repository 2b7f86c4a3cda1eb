package io.github.persona4j.spring;

import java.util.Locale;

/** The properties whose values are secrets. */
final class Secrets {
  private Secrets() {}

  /**
   * Returns whether the value of a property is a secret.
   *
   * @param name in any form, such as {@code persona.api-key}, {@code persona.apiKey} or {@code
   *     PERSONA_WEBHOOK_SECRETS_0}
   */
  static boolean isSecret(String name) {
    String letters = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
    return letters.equals("personaapikey") || letters.startsWith("personawebhooksecret");
  }
}
