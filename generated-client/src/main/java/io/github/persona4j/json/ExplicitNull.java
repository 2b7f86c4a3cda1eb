package io.github.persona4j.json;

/** Fills a slot for which {@code null} was sent, told apart from a slot that is absent. */
enum ExplicitNull {
  NULL
}
