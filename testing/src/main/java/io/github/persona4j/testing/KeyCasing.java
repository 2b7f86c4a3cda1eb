package io.github.persona4j.testing;

import io.github.persona4j.testing.internal.json.Inflection;

/** The casing of the keys of a webhook, which is part of its configuration. */
public enum KeyCasing {
  /** {@code created-at} */
  KEBAB(Inflection.KEBAB),

  /** {@code createdAt} */
  CAMEL(Inflection.CAMEL),

  /** {@code created_at} */
  SNAKE(Inflection.SNAKE);

  private final Inflection inflection;

  KeyCasing(Inflection inflection) {
    this.inflection = inflection;
  }

  Inflection inflection() {
    return inflection;
  }
}
