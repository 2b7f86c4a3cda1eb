package io.github.persona4j.json;

/** The content of a slot whose property is {@code null}, as opposed to absent. */
enum ExplicitNull {
  NULL
}
