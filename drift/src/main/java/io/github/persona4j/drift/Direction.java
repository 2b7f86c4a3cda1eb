package io.github.persona4j.drift;

/** Whether the client sends something or receives it. */
enum Direction {
  REQUEST,
  RESPONSE
}
